"""All texts of the interface, in Vietnamese and in English. Templates contain no text of their own.

A key ending in ``.one`` is the English singular. The caller fills placeholders such as ``{name}``.
"""

TRANSLATIONS: dict[str, tuple[str, str]] = {
    # -- every page
    "skip": ("Chuyển đến nội dung", "Skip to content"),
    "motto": (
        "Kho lưu trữ Báo Đồng Tháp Online",
        "The archive of Báo Đồng Tháp Online",
    ),
    "nav": ("Các trang", "Pages"),
    "nav.search": ("Tìm kiếm", "Search"),
    "nav.trends": ("Xu hướng", "Trends"),
    "nav.coverage": ("Mức độ thu thập", "Coverage"),
    "nav.questions": ("Câu hỏi mẫu", "Saved questions"),
    "nav.data": ("Dữ liệu", "Data"),
    "nav.guide": ("Hướng dẫn", "Guide"),
    "other.code": ("en", "vi"),
    "other.name": ("English", "Tiếng Việt"),
    "theme.light": ("Nền sáng", "Light"),
    "theme.dark": ("Nền tối", "Dark"),
    "footer.snapshot": ("Bản chụp dữ liệu lúc {when} · {name}", "Snapshot of {when} · {name}"),
    "footer.rights": (
        "Bài viết thuộc bản quyền của tờ báo và tác giả; kho này phục vụ nghiên cứu và trích dẫn.",
        "The articles belong to the newspaper and their authors; this archive serves research and"
        " quotation.",
    ),
    "undated": ("không ghi ngày", "undated"),
    "download": ("Tải về:", "Download:"),
    "download.excel": ("CSV cho Excel", "CSV for Excel"),
    "error": ("Có lỗi", "Something went wrong"),
    "error.404": ("Không có trang này", "There is no such page"),
    "error.article": ("Trong kho không có bài {name}.", "The archive has no article {name}."),
    "error.version": (
        "Bài {name} không có phiên bản {number}; phiên bản mới nhất là {last}.",
        "The article {name} has no version {number}; the newest is version {last}.",
    ),
    "error.path": ("Không có gì ở địa chỉ {path}.", "There is nothing at {path}."),
    "error.busy": (
        "Phòng đọc đang quá tải. Bạn thử lại sau vài giây nhé.",
        "The reading room is busy. Please try again in a few seconds.",
    ),
    "error.slow": (
        "Trang này cần nhiều thời gian hơn mức cho phép nên đã dừng. Hãy thu hẹp câu hỏi, chẳng hạn"
        " bằng khoảng ngày hoặc chuyên mục.",
        "This page took longer than allowed and was stopped. Narrow the question, for example by"
        " dates or by section.",
    ),
    "error.elsewhere": (
        "Yêu cầu này đến từ một trang web khác nên không được thực hiện. Nếu bạn muốn chạy câu SQL"
        " trong địa chỉ, hãy chép địa chỉ đó rồi mở trong một thẻ mới.",
        "Another site sent this request through your browser, so it was refused. To run the SQL in"
        " this address, copy the address and open it in a new tab.",
    ),
    "error.arguments": (
        "Địa chỉ này có quá nhiều tham số; tối đa là {most}.",
        "This address has too many parameters; {most} are allowed.",
    ),
    "error.data": (
        "Trang dữ liệu không hiểu các tham số trong địa chỉ này.",
        "The data pages do not understand the parameters of this address.",
    ),
    "error.hint": (
        "Địa chỉ có thể đã gõ sai. Bạn có thể tìm trong kho:",
        "The address may be mistyped. You can search the archive:",
    ),
    # -- numbers and their nouns
    "n.articles": ("{n} bài", "{n} articles"),
    "n.articles.one": ("{n} bài", "{n} article"),
    "n.versions": ("{n} phiên bản", "{n} versions"),
    "n.versions.one": ("{n} phiên bản", "{n} version"),
    "n.rows": ("{n} dòng", "{n} rows"),
    "n.rows.one": ("{n} dòng", "{n} row"),
    "n.words": ("{n} chữ", "{n} words"),
    "n.words.one": ("{n} chữ", "{n} word"),
    "n.images": ("{n} ảnh", "{n} images"),
    "n.images.one": ("{n} ảnh", "{n} image"),
    # -- the front page
    "front.title": ("Trang nhất", "Front page"),
    "front.empty": (
        "Kho chưa có bài nào. Chạy khobao crawl hoặc khobao demo.",
        "The archive has no articles yet. Run khobao crawl or khobao demo.",
    ),
    "search.label": ("Tìm trong kho báo", "Search the archive"),
    "search.placeholder": ("Tìm: dan van, “mùa nước nổi”, …", "Search: dan van, “mùa nước nổi”, …"),
    "search.go": ("Tìm", "Search"),
    "search.hint": (
        "Gõ không dấu để tìm mọi cách viết; gõ có dấu để tìm đúng như vậy.",
        "Type without marks to find every spelling; type with marks to find exactly that.",
    ),
    "search.how": ("Cách tìm", "How search works"),
    "state": ("Kho hiện có", "In the archive"),
    "state.articles": ("bài báo", "articles"),
    "state.versions": ("phiên bản", "versions"),
    "state.images": ("ảnh trong bài", "images in the articles"),
    "state.authors": ("tác giả", "authors"),
    "state.captures": ("bản lưu trang", "captures"),
    "growth.title": (
        "Số bài mỗi tháng, từ {first} đến {last}; nhiều nhất {most} bài.",
        "Articles per month, {first} to {last}; at most {most}.",
    ),
    "growth.caption": (
        "Số bài theo tháng ghi trên báo; tháng nhiều nhất có {most} bài. Chỗ trống là tháng chưa có"
        " bài nào trong kho.",
        "Articles by the month they are dated; the fullest month has {most}. Gap = no articles"
        " archived that month.",
    ),
    "growth.table": ("Xem bảng số", "See the numbers"),
    "crawl.last": ("Lần thu thập gần nhất: {when}.", "Last crawl: {when}."),
    "crawl.open": ("Chưa kết thúc.", "It has not finished."),
    "crawl.failed": ("Kết thúc với mã {code}. {reason}", "It ended with code {code}. {reason}"),
    "crawl.counts": (
        "{new} bài mới, {revised} bài sửa, {gone} bài mất, {failed} trang lỗi.",
        "{new} new, {revised} revised, {gone} gone, {failed} failed.",
    ),
    "crawl.log": ("Nhật ký", "Log"),
    "latest": ("Bài mới nhất", "Latest articles"),
    "latest.all": ("Tất cả bài, mới nhất trước", "All articles, newest first"),
    "edits": ("Bài đã sửa", "Edited articles"),
    # -- search
    "facets": ("Lọc", "Narrow"),
    "facet.year": ("Năm", "Year"),
    "facet.section": ("Chuyên mục", "Section"),
    "facet.author": ("Tác giả", "Author"),
    "facet.source": ("Nguồn", "Source"),
    "facet.kind": ("Loại bài", "Kind"),
    "facet.anysection": ("Từng thuộc chuyên mục", "Seen in section"),
    "facet.tag": ("Từ khóa", "Tag"),
    "facet.since": ("Từ ngày", "From"),
    "facet.until": ("Đến ngày", "To"),
    "facet.undated": ("không ghi ngày: {n}", "undated: {n}"),
    "facet.remove": ("bỏ lọc", "remove"),
    "results": ("Kết quả", "Results"),
    "results.phrase": ("{n} bài có nguyên cụm từ", "{n} with the words together"),
    "results.none": (
        "Không có bài nào. Thử gõ không dấu, bớt từ, hoặc bỏ bộ lọc.",
        "No article. Try without marks, fewer words, or without the filters.",
    ),
    "results.unfiltered": ("Bỏ hết bộ lọc: {n}", "Without the filters: {n}"),
    "results.trend": ("Vẽ xu hướng", "Plot the trend"),
    "sort": ("Thứ tự", "Order"),
    "sort.best": ("Phù hợp nhất", "Best"),
    "sort.recent": ("Mới nhất", "Newest"),
    "sort.oldest": ("Cũ nhất", "Oldest"),
    "pager": ("Các trang kết quả", "Pages of results"),
    "pager.back": ("Trước", "Back"),
    "pager.on": ("Sau", "Next"),
    "pager.at": ("Trang {page} / {pages}", "Page {page} of {pages}"),
    "understood": ("Hiểu là:", "Understood as:"),
    "understood.words": ("đủ các từ", "all of the words"),
    "understood.phrase": ("nguyên cụm", "the phrase"),
    "understood.without": ("không có", "without"),
    "understood.or": ("hoặc", "or"),
    "reading": ("Cách hiểu", "Reading"),
    "reading.phrase": ("Nguyên cụm", "Together"),
    "reading.words": ("Đủ các từ", "All words"),
    "reading.typed": (
        "như đã gõ: có dấu thì đúng dấu, không dấu thì mọi dấu",
        "as typed: the marks you typed, and any where you typed none",
    ),
    "reading.exact": ("đúng từng chữ", "letter by letter"),
    "reading.tone": ("kể cả dấu đặt chỗ khác (hòa, hoà)", "either tone placement (hòa, hoà)"),
    "reading.plain": ("không kể dấu", "without marks"),
    "place.title": ("trong tiêu đề", "in the title"),
    "place.kicker": ("trong tít dẫn", "in the kicker"),
    "place.lead": ("trong sapo", "in the lead"),
    "place.body": ("trong bài", "in the text"),
    "place.captions": ("trong chú thích ảnh", "in a caption"),
    "place.byline": ("trong dòng tên tác giả", "in the byline"),
    "note.stray-quote": (
        "Bỏ qua một dấu ngoặc kép không có đôi.",
        "An unmatched quotation mark was ignored.",
    ),
    "note.bad-date": (
        "“{value}” không phải là ngày nên bị bỏ qua; hãy viết 2018, 03/2018 hoặc 3/1/2018.",
        "“{value}” is not a date and was ignored; write 2018, 03/2018 or 2018-01-03.",
    ),
    "note.too-long": (
        "Câu tìm quá dài; chỉ dùng những từ đầu.",
        "The query is too long; only its first words were used.",
    ),
    "note.no-words": ("Không có từ nào để tìm.", "There is no searchable word in it."),
    "note.empty-filter": (
        "“{value}” không có giá trị nên bị bỏ qua.",
        "“{value}” has no value and was ignored.",
    ),
    "note.unknown-name": ("Trong kho không có {value}.", "The archive has no {value}."),
    "note.known-names": ("Trong kho có: {other}.", "It has {other}."),
    "note.one-word-field": (
        "{value} chỉ nhận một từ; nhiều từ thì đặt trong ngoặc kép.",
        "{value} takes one word; put several in quotation marks.",
    ),
    "note.empty-period": (
        "Ngày kết thúc đứng trước ngày bắt đầu: {value}.",
        "The end date is before the start date: {value}.",
    ),
    "note.cut": (
        "Câu tìm quá dài; chỉ đọc phần đầu.",
        "The query is too long; only its beginning was read.",
    ),
    "note.operator": (
        '{value} được hiểu là toán tử; muốn tìm chữ này, hãy viết trong ngoặc kép: "{value}".',
        "{value} was read as an operator; to search for the word, put it in quotation marks:"
        ' "{value}".',
    ),
    "note.no-operator": (
        "“{value}” được tìm như một từ; muốn dùng làm toán tử, hãy viết hoa.",
        "“{value}” was searched as a word; write an operator in capitals.",
    ),
    "note.no-field": (
        "Không có trường “{value}:”, nên nó được tìm như một từ.",
        "There is no field “{value}:”, so it was searched as a word.",
    ),
    "note.like-field": (
        "Không có trường “{value}:”, nên nó được tìm như một từ. Ý bạn là {other}: ?",
        "There is no field “{value}:”, so it was searched as a word. Did you mean {other}: ?",
    ),
    "note.wildcard": (
        "Kho tìm trọn từng chữ; dấu trong “{value}” bị bỏ qua.",
        "Search finds whole words; the sign in “{value}” was ignored.",
    ),
    "note.sign": (
        "Dấu {value} bị bỏ qua; kho hiểu OR, AND và dấu -.",
        "The sign {value} was ignored; use OR, AND and -.",
    ),
    "note.brackets": (
        "Ngoặc đơn không gom nhóm: các từ nằm giữa hai chữ OR đi với nhau.",
        "Brackets do not group; words between two OR belong together.",
    ),
    "note.negative-date": (
        "Không thể loại trừ theo ngày; “{value}” bị bỏ qua.",
        "Dates cannot be excluded; “{value}” was ignored.",
    ),
    "note.whole-name": (
        "{value} là tên đầy đủ nên chỉ tính đúng tên này. Tên này còn nằm trong: {other}.",
        "{value} is a complete name, so only this name is matched. Others contain it: {other}.",
    ),
    "note.unknown-article": (
        "Trong kho không có bài {value}.",
        "The archive has no article {value}.",
    ),
    "note.article-number": (
        "{value} cũng là số của bài {other}; bài này đứng đầu.",
        "{value} is the number of the article {other}, which comes first.",
    ),
    "note.parameter": (
        "Trang này không dùng tham số “{value}” trong địa chỉ; nó bị bỏ qua.",
        "This page ignores the parameter “{value}” of the address.",
    ),
    "note.terms": (
        "Chỉ vẽ {value} dòng đầu.",
        "Only the first {value} lines are drawn.",
    ),
    "note.coarser": (
        "Khoảng thời gian này quá dài để tính theo {value}, nên đã tính theo {other}. Muốn chi tiết"
        " hơn, hãy chọn khoảng ngắn hơn, hoặc tải CSV.",
        "This period is too long to show by {value}; it is shown by {other}. For more detail choose"
        " a shorter time, or download the CSV.",
    ),
    "note.refused": ("Không vẽ được: {value}.", "It cannot be drawn: {value}."),
    # -- an article
    "kind.article": ("bài viết", "article"),
    "kind.photo": ("phóng sự ảnh", "photo essay"),
    "kind.video": ("video", "video"),
    "kind.podcast": ("podcast", "podcast"),
    "kind.infographic": ("đồ họa", "infographic"),
    "kind.emagazine": ("e-magazine", "e-magazine"),
    "kind.longform": ("bài dài", "longform"),
    "role.text": ("viết", "text"),
    "role.photo": ("ảnh", "photos"),
    "role.text+photo": ("bài, ảnh", "text and photos"),
    "role.editor": ("biên tập", "editor"),
    "source": ("nguồn {name}", "source: {name}"),
    "image": ("Ảnh {n}", "Image {n}"),
    "image.address": ("địa chỉ ảnh gốc", "address of the image"),
    "article.empty": (
        "Trang này không có phần chữ; mở bản lưu trang để xem.",
        "The page has no text; see its capture.",
    ),
    "gone": (
        "Bài này không còn trên trang báo: mất khoảng {when} ({how}). Ghi nhận lần cuối {seen}.",
        "This article is no longer on the newspaper's site: missing since about {when} ({how})."
        " Last seen {seen}.",
    ),
    "gone.badge": ("không còn trên mạng", "no longer online"),
    "how.404": ("lỗi 404", "404 not found"),
    "how.410": ("lỗi 410", "410 gone"),
    "how.redirect-home": ("chuyển về trang chủ", "sent to the home page"),
    "how.soft-404": ("trang báo không tìm thấy", "a page that says not found"),
    "how.empty-shell": ("trang rỗng", "an empty page"),
    "version": ("Phiên bản {n}", "Version {n}"),
    "versions": ("Các phiên bản", "Versions"),
    "version.old": ("Đây là phiên bản {n} trong {of}.", "This is version {n} of {of}."),
    "version.newest": ("Xem phiên bản mới nhất", "See the newest"),
    "version.compare": ("So với phiên bản mới nhất", "Compare with the newest"),
    "version.changes": ("Xem chỗ sửa", "See the changes"),
    "seen": ("ghi nhận {when}", "seen {when}"),
    "origin": ("nhập từ {name}", "imported from {name}"),
    "origin.wayback": ("Wayback Machine", "the Wayback Machine"),
    "origin.commoncrawl": ("Common Crawl", "Common Crawl"),
    "origin.conflict": (
        "Bản lưu trang nhập từ {name} ({when}) khác với nội dung đã lấy trực tiếp từ trang báo"
        " nên không được tính là một phiên bản.",
        "The page imported from {name} ({when}) differs from what was read on the live site, so it"
        " is not counted as a version.",
    ),
    "changed": ("Sửa:", "Changed:"),
    "edit.stamped": ("sửa, có đổi giờ cập nhật", "edited and restamped"),
    "edit.silent": ("sửa lặng lẽ", "silent edit"),
    "edit.bump": ("chỉ đổi giờ", "new stamp only"),
    "field.title": ("tiêu đề", "title"),
    "field.kicker": ("tít dẫn", "kicker"),
    "field.lead": ("sapo", "lead"),
    "field.body": ("nội dung", "text"),
    "field.byline": ("dòng tên tác giả", "byline"),
    "field.authors": ("tác giả", "authors"),
    "field.source": ("nguồn", "source"),
    "field.images": ("ảnh, chú thích", "images, captions"),
    "field.captions": ("chú thích ảnh", "captions"),
    "field.updated_at": ("giờ cập nhật", "stamp"),
    "field.updated_text": ("giờ cập nhật", "stamp"),
    "field.published_at": ("giờ đăng", "publication time"),
    "duplicates": ("Bài trùng hoặc gần trùng", "Same or similar articles"),
    "duplicate.exact": ("trùng nguyên văn", "same text"),
    "duplicate.near": ("giống {share}%", "{share}% alike"),
    "cite": ("Trích dẫn", "Cite this"),
    "cite.plain": ("Văn bản", "Plain text"),
    "cite.why": (
        "Trích dẫn ghi cả phiên bản và mã băm của bản lưu trang, để nhiều năm sau vẫn kiểm được.",
        "The citation names the version and the digest of its capture, so that it can be checked"
        " years from now.",
    ),
    "cite.version": ("phiên bản {n}", "version {n}"),
    "copy": ("Sao chép", "Copy"),
    "copied": ("Đã sao chép", "Copied"),
    "record": ("Thông tin lưu trữ", "Record"),
    "record.key": ("Mã bài", "Key"),
    "record.address": ("Địa chỉ", "Address"),
    "record.addresses": ("Mọi địa chỉ", "All addresses"),
    "record.seen": ("Có trên trang báo", "Seen online"),
    "record.size": ("Độ dài", "Length"),
    "record.capture": ("Bản lưu trang", "Capture"),
    "record.at": ("từ byte {offset}, dài {length}", "from byte {offset}, {length} long"),
    "record.captures": ("Số bản lưu trang", "Captures"),
    "record.layout": ("Mẫu trang", "Layout"),
    "record.flags": ("Cảnh báo", "Warnings"),
    "record.row": ("Dòng dữ liệu", "Row"),
    # -- two versions
    "diff": ("Chỗ sửa giữa hai phiên bản", "Changes between two versions"),
    "diff.from": ("Từ phiên bản", "From version"),
    "diff.to": ("đến phiên bản", "to version"),
    "diff.show": ("So sánh", "Compare"),
    "diff.none": ("Hai phiên bản giống nhau.", "The two versions are the same."),
    "diff.removed": ("bỏ", "removed"),
    "diff.added": ("thêm", "added"),
    "diff.back": ("Về bài báo", "Back to the article"),
    "diff.numbers": ("Con số", "Numbers"),
    "diff.names": ("Tên riêng", "Names"),
    "diff.title": ("Tiêu đề đã đổi", "The headline changed"),
    # -- trends
    "trends.intro": (
        "Mỗi dòng là một đường trên biểu đồ. Gõ như khi tìm kiếm; tối đa sáu dòng.",
        "Each line you type is one line of the chart. Type as you would search; six at most.",
    ),
    "trends.terms": ("Từ, cụm từ (mỗi dòng một)", "Terms (one per line)"),
    "trends.by": ("Theo", "By"),
    "trends.by.auto": ("tự chọn", "what fits"),
    "trends.by.day": ("ngày", "day"),
    "trends.by.week": ("tuần", "week"),
    "trends.by.month": ("tháng", "month"),
    "trends.by.year": ("năm", "year"),
    "trends.since": ("Từ ngày", "From"),
    "trends.until": ("Đến ngày", "To"),
    "trends.date": ("2018 hoặc 3/2018", "2018 or 2018-03"),
    "trends.draw": ("Vẽ", "Draw"),
    "trends.measure": ("Đơn vị", "Measure"),
    "trends.base": ("Tỷ lệ tính trên: {base}.", "Shares are of: {base}."),
    "trends.base.each": (
        "Tỷ lệ của mỗi đường tính trên số bài khớp với bộ lọc của nó.",
        "Each line is a share of the articles that its own filters select.",
    ),
    "trends.base.all": ("mọi bài trong kho", "all articles in the archive"),
    "trends.small": (
        "Dấu ~: kỳ có dưới {n} bài; một bài thêm bớt cũng làm tỷ lệ đổi nhiều, nên đừng kết luận từ"
        " đó.",
        "~ marks a period of fewer than {n} articles: one article more or less changes the share a"
        " lot, so"
        " it is not a basis for conclusions.",
    ),
    "trends.without": ("trừ", "without"),
    "trends.files": ("Tải hình:", "Download the figure:"),
    "chart.share": ("phần trăm số bài", "share of the articles"),
    "chart.count.day": ("số bài mỗi ngày", "articles a day"),
    "chart.count.week": ("số bài mỗi tuần", "articles a week"),
    "chart.count.month": ("số bài mỗi tháng", "articles a month"),
    "chart.count.year": ("số bài mỗi năm", "articles a year"),
    "chart.partial": ("thu thập một phần", "partly collected"),
    "chart.none": ("chưa thu thập", "not collected"),
    "chart.small": ("chấm nhỏ: kỳ có dưới 20 bài", "small dot: fewer than 20 articles"),
    "chart.equal": ("trùng đường {number}", "= line {number}"),
    "chart.base": ("Tính trên {total} bài ({said})", "Base: {total} articles ({said})"),
    "chart.bases": (
        "Mỗi đường tính trên số bài khớp với bộ lọc của nó",
        "Each line is a share of the articles that its own filters select",
    ),
    "chart.point": (
        "{term}: {count} trong {total} bài",
        "{term}: {count} of {total}",
    ),
    "chart.source": (
        "Nguồn: Báo Đồng Tháp Online, lưu trong Kho Báo đến {when}.",
        "Source: Báo Đồng Tháp Online, as archived until {when}.",
    ),
    "trends.share": ("Phần trăm số bài", "Share of articles"),
    "trends.count": ("Số bài", "Articles"),
    "trends.total": ("Tổng số bài", "All articles"),
    "trends.period": ("Kỳ", "Period"),
    "trends.state": ("Thu thập", "Collected"),
    "trends.state.collected": ("đủ", "yes"),
    "trends.state.partial": ("một phần", "partly"),
    "trends.state.none": ("chưa", "no"),
    "trends.about": (
        "Nền xám: kỳ chưa thu thập, đường biểu đồ ngắt ở đó, không xuống 0. Nền gạch chéo: kỳ thu"
        " thập một phần.",
        "Grey: a period that was not collected; the line has a gap there and does not fall to zero."
        " Hatched: a period collected in part.",
    ),
    "trends.chart": (
        "Biểu đồ: {terms}. Phím mũi tên trái, phải để đọc từng kỳ.",
        "Chart: {terms}. Left and right arrow keys read it period by period.",
    ),
    "trends.hint": (
        "Đưa chuột vào biểu đồ, chạm, hoặc dùng phím mũi tên để đọc số của từng kỳ.",
        "Point at the chart, touch it, or use the arrow keys to read the numbers of a period.",
    ),
    "trends.apart": (
        "Với {words}, biểu đồ tính {total} bài có đủ các từ, dù đứng cách nhau; trong đó {together}"
        " bài có nguyên cụm.",
        "For {words} the chart counts {total} articles with all of the words, wherever they stand;"
        " {together} of them have the words together.",
    ),
    "trends.phrase": ("Chỉ tính nguyên cụm:", "To count the phrase only:"),
    "trends.table": ("Bảng số", "The numbers"),
    "trends.undated": (
        "Không tính {n} bài không ghi ngày.",
        "{n} undated articles are not counted.",
    ),
    "trends.nothing": ("Kho chưa có bài nào ghi ngày.", "The archive has no dated article."),
    # -- coverage
    "coverage.intro": (
        "Mỗi ô là một ngày: báo có bao nhiêu bài và kho giữ được bao nhiêu. Ô trống là ngày mà kho"
        " không biết có bài nào; báo ra hằng ngày, nên đó thường là ngày chưa thu thập.",
        "Each square is a day: how many articles are known, and how many are stored. Empty = no"
        " known article; since the paper is published daily, the day was probably not collected.",
    ),
    "coverage.section": ("Chuyên mục", "Section"),
    "coverage.unnamed": ("không rõ chuyên mục", "section unknown"),
    "coverage.all": ("mọi chuyên mục", "all sections"),
    "coverage.show": ("Xem", "Show"),
    "coverage.listed": ("Đã biết", "Known"),
    "coverage.stored": ("Đã lưu", "Stored"),
    "coverage.failed": ("Lỗi", "Failed"),
    "coverage.blocked": ("Bị chặn", "Blocked"),
    "coverage.gone": ("Đã mất", "Gone"),
    "coverage.due": ("Chờ tải", "Due"),
    "calendar.empty": ("không biết có bài", "no known article"),
    "calendar.few": ("ít", "few"),
    "calendar.many": ("nhiều", "many"),
    "calendar.missing": ("có bài chưa lưu được", "some not stored"),
    "coverage.day": (
        "{day}: biết {listed}, lưu {stored}, lỗi {failed}, chặn {blocked}, mất {gone}, chờ {due}",
        "{day}: {listed} known, {stored} stored, {failed} failed, {blocked} blocked, {gone} gone,"
        " {due} due",
    ),
    "coverage.read": ("ngày:{time}", "date:{time}"),
    "coverage.nothing": ("{day}: không biết có bài", "{day}: no known article"),
    "coverage.calendar": ("Lịch năm {year}", "Calendar of {year}"),
    "coverage.undated": (
        "Không năm nào tính {n} bài không ghi ngày.",
        "{n} undated articles are in no year.",
    ),
    "coverage.undated.one": (
        "Không năm nào tính {n} bài không ghi ngày.",
        "{n} undated article is in no year.",
    ),
    "coverage.month": ("Tháng", "Month"),
    "coverage.empty": ("Ngày trống", "Empty days"),
    "coverage.gaps": ("Khoảng trống dài nhất", "Longest gaps"),
    "coverage.days": ("{n} ngày", "{n} days"),
    "coverage.days.one": ("{n} ngày", "{n} day"),
    "coverage.runs": ("Lần thu thập không trọn", "Crawls that did not end well"),
    "coverage.code": ("mã {code}", "code {code}"),
    "coverage.numbers": ("Dãy số bài của trang báo", "The site's own numbers"),
    "coverage.numbers.about": (
        "Kho có {known} số bài trong khoảng {first}–{last}.",
        "{known} article numbers between {first} and {last} are in the archive.",
    ),
    "coverage.numbers.one": ("Chỉ biết số {number}.", "Only the number {number} is known."),
    "coverage.number": ("{first}–{last}: thiếu {n} số", "{first}–{last}: {n} missing"),
    # -- saved questions
    "questions.intro": (
        "Những câu hỏi hay gặp, viết sẵn bằng SQL: mở ra, đọc bảng, tải CSV, hoặc sửa lại.",
        "Questions that come up often, ready as SQL: open, read, download as CSV, or change.",
    ),
    "question.articles_per_year": ("Mỗi năm bao nhiêu bài?", "How many articles each year?"),
    "question.articles_per_year.about": (
        "Số bài, số chữ, số ảnh và số bài lấy từ nguồn khác, theo năm ghi trên bài.",
        "Articles, words, images and reprints by the year they are dated.",
    ),
    "question.sections_by_year": (
        "Các chuyên mục thay đổi thế nào qua các năm?",
        "How have the sections changed over the years?",
    ),
    "question.sections_by_year.about": (
        "Số bài của từng chuyên mục mỗi năm.",
        "Articles of each section, year by year.",
    ),
    "question.articles_by_author": ("Một tác giả đã viết gì?", "What has an author written?"),
    "question.articles_by_author.about": (
        "Mọi bài đứng tên một người, với vai trò ghi trên báo.",
        "Every article under a name, with the role that was printed.",
    ),
    "question.busiest_authors": ("Ai viết nhiều nhất?", "Who has written most?"),
    "question.busiest_authors.about": (
        "Tác giả theo số bài, bài đầu và bài cuối. Tên viết tắt được giữ nguyên như trên báo.",
        "Authors by articles, first and last. Initials are kept as printed.",
    ),
    "question.silent_edits": (
        "Bài nào bị sửa mà không đổi giờ?",
        "Which articles were changed without a new stamp?",
    ),
    "question.silent_edits.about": (
        "Chữ đã đổi nhưng giờ cập nhật vẫn như cũ.",
        "The text changed, the stamp did not.",
    ),
    "question.gone_articles": ("Bài nào đã biến mất?", "Which articles have disappeared?"),
    "question.gone_articles.about": (
        "Bài còn trong kho nhưng không còn trên trang báo, và mất theo cách nào.",
        "Articles that are no longer on the newspaper's site, and how they disappeared.",
    ),
    "question.reprints": ("Báo lấy bài từ đâu?", "Whose articles does the paper reprint?"),
    "question.reprints.about": (
        "Các nguồn được ghi, số bài, lần đầu và lần cuối.",
        "The sources credited, with counts, first and last.",
    ),
    "question.captions_with": (
        "Chú thích ảnh nào có những từ này?",
        "Which captions have these words?",
    ),
    "question.captions_with.about": (
        "Mọi ảnh có cụm từ trong chú thích, không kể dấu.",
        "Every image with the phrase in its caption, with or without marks.",
    ),
    "question.duplicates_found": ("Bài nào trùng nhau?", "Which articles are duplicates?"),
    "question.duplicates_found.about": (
        "Từng cặp bài trùng hoặc gần trùng; không bài nào bị xóa.",
        "Pairs of the same or nearly the same text; none is ever deleted.",
    ),
    "question.failed_pages": ("Trang nào chưa lấy được?", "Which pages could not be fetched?"),
    "question.failed_pages.about": (
        "Địa chỉ đã biết mà lỗi, bị chặn hoặc đã mất, và vì sao.",
        "Known addresses that failed, were blocked or are gone, and why.",
    ),
    "question.crawl_log": ("Các lần thu thập đã chạy ra sao?", "How did the crawls go?"),
    "question.crawl_log.about": (
        "Mỗi lần chạy một dòng, với số đếm và mã kết thúc.",
        "One row per run, with its counts and exit code.",
    ),
    "parameter.author": ("Tác giả", "Author"),
    "parameter.words": ("Từ trong chú thích", "Words in the caption"),
    # -- tables and SQL
    "data.intro": (
        "Mọi bảng đều đọc, lọc và tải về được. Tệp archive.db mở được bằng sqlite3, R, pandas hay"
        " DB Browser.",
        "Every table can be read, filtered and downloaded. The file archive.db opens in sqlite3, R,"
        " pandas or DB Browser.",
    ),
    "data.database": ("Cả cơ sở dữ liệu:", "The whole database:"),
    "data.tables": ("Các bảng", "Tables"),
    "data.table": ("Bảng", "Table"),
    "data.rows": ("Số dòng", "Rows"),
    "data.about": ("Gồm", "Holds"),
    "data.hidden": (
        "và {n} bảng phụ cho tìm kiếm và trang này",
        "and {n} tables that serve the search and these pages",
    ),
    "table.articles": (
        "mỗi bài một dòng, ở phiên bản mới nhất",
        "one row per article, as it is now",
    ),
    "table.articles_flat": (
        "một dòng mỗi bài, cột dễ đọc, cho bảng tính",
        "one wide row per article, for spreadsheets",
    ),
    "table.article_urls": ("mọi địa chỉ của từng bài", "every address of an article"),
    "table.article_authors": (
        "bài nào của ai, vai trò gì",
        "the authors of each article, with their roles",
    ),
    "table.article_sections": ("bài trong chuyên mục nào", "which sections an article was in"),
    "table.article_tags": ("từ khóa của từng bài", "keywords of an article"),
    "table.articles_exact": ("chỉ mục tìm có dấu", "search index, marks kept"),
    "table.articles_plain": ("chỉ mục tìm không dấu", "search index, marks removed"),
    "table.authors": ("tên người ký bài", "names that signed articles"),
    "table.captures": (
        "mỗi lần tải trang một dòng, chỉ vào tệp WARC",
        "one row per fetch, pointing into the WARC files",
    ),
    "table.coverage": (
        "mỗi ngày và chuyên mục: liệt kê, lưu, lỗi, mất",
        "per day and section: listed, stored, failed, gone",
    ),
    "table.crawls": ("mỗi lần thu thập một dòng", "one row per crawl"),
    "table.duplicates": ("các cặp bài trùng", "pairs of duplicates"),
    "table.frontier": ("mọi địa chỉ đã biết và tình trạng", "every known address and its state"),
    "table.images": ("ảnh, chú thích, vị trí trong bài", "images, captions, places in the text"),
    "table.redirects": ("địa chỉ chuyển đi đâu", "addresses that lead to another"),
    "table.statements": (
        "từng trang tự nói gì, trước khi gộp thành phiên bản",
        "the extraction of each capture, before versions were made of them",
    ),
    "table.warc_files": ("các tệp WARC đã ghi đủ", "the WARC files that are complete"),
    "table.revisions": ("mọi phiên bản của mọi bài", "every version of every article"),
    "table.sections": ("các chuyên mục", "the sections"),
    "table.snapshot": ("về bản chụp dữ liệu này", "about this snapshot"),
    "table.tags": ("các từ khóa", "the keywords"),
    "table.search": (
        "Lọc ở đây theo từng cột. Để tìm chữ trong bài, có hay không dấu:",
        "Filter by column here. To find words in the articles, with or without marks:",
    ),
    "table.definition": ("Cấu trúc bảng", "Definition"),
    "filter.column": ("cột", "column"),
    "filter.how": ("điều kiện", "condition"),
    "filter.value": ("giá trị", "value"),
    "filter.remove": ("bỏ điều kiện", "remove"),
    "filter.go": ("Lọc", "Apply"),
    "lookup.exact": ("bằng", "is"),
    "lookup.not": ("khác", "is not"),
    "lookup.contains": ("chứa", "contains"),
    "lookup.notcontains": ("không chứa", "does not contain"),
    "lookup.startswith": ("bắt đầu bằng", "starts with"),
    "lookup.endswith": ("kết thúc bằng", "ends with"),
    "lookup.isnull": ("trống", "is empty"),
    "lookup.notnull": ("có giá trị", "has a value"),
    "lookup.isblank": ("trống hoặc rỗng", "is blank"),
    "lookup.notblank": ("không rỗng", "is not blank"),
    "rows.none": ("Không có dòng nào.", "No rows."),
    "rows.many": ("nhiều dòng", "many rows"),
    "row.links": ("Dòng liên quan ở bảng khác", "Related rows in other tables"),
    "sql.bounds": (
        "Chỉ đọc. Mỗi câu chạy tối đa một giây và trả tối đa 1.000 dòng; muốn nhiều hơn, hãy tải"
        " tệp về.",
        "Read only. A query may run for one second and return 1,000 rows; for more, download the"
        " file.",
    ),
    "sql.slow": (
        "Câu hỏi chạy quá một giây nên đã dừng. Hãy thêm điều kiện, hoặc tải cơ sở dữ liệu về.",
        "The query ran for more than a second and was stopped. Narrow it, or download the"
        " database.",
    ),
    "sql.run": ("Chạy", "Run"),
    "sql.keys": ("Shift + Enter để chạy", "Shift + Enter runs it"),
    "sql.edit": ("Sửa câu SQL", "Edit the SQL"),
    "sql.show": ("hiện SQL", "show SQL"),
    "sql.hide": ("ẩn SQL", "hide SQL"),
    "sql.cut": ("(còn nữa: chỉ hiện phần đầu)", "(there are more: only the first are shown)"),
    # -- the guide
    "guide.search": ("Tìm", "Searching"),
    "guide.search.intro": (
        "Gõ gì cũng được: không có câu nào sai. Trang kết quả nói kho đã hiểu câu hỏi thế nào và"
        " mỗi"
        " cách hiểu có bao nhiêu bài.",
        "Every query is valid. The page shows how it was understood, and how many articles each"
        " reading has.",
    ),
    "guide.typed": ("Gõ", "Typed"),
    "guide.means": ("Tìm thấy", "Finds"),
    "guide.plain": (
        "không dấu: mọi cách viết có dấu, kể cả đ",
        "without marks: every marked form, đ too",
    ),
    "guide.exact": (
        "có dấu: đúng như thế; hòa và hoà là một",
        "with marks: exactly that; hòa and hoà are one",
    ),
    "guide.words": (
        "nhiều từ: bài có nguyên cụm đứng trước, rồi bài có đủ các từ",
        "several words: first articles with the phrase, then those with all the words",
    ),
    "guide.phrase": ("chỉ nguyên cụm", "the phrase only"),
    "guide.without": ("bài không có từ ấy", "articles without the word"),
    "guide.or.typed": ("lũ HOẶC hạn", "lũ OR hạn"),
    "guide.place.typed": ("tiêuđề:lúa", "title:lúa"),
    "guide.name.typed": ('tácgiả:"Mỹ Lý"', 'author:"Mỹ Lý"'),
    "guide.date.typed": ("từ:03/2018 đến:2019", "since:03/2018 until:2019"),
    "guide.or": ("một trong hai", "either"),
    "guide.place": (
        "chỉ trong tiêu đề; cũng thế: chúthích:, sapo:, nộidung:, títdẫn:",
        "only in the title; also caption:, lead:, body:, kicker:",
    ),
    "guide.name": (
        "theo tác giả; cũng thế: chuyênmục:, nguồn:, loại:",
        "by author; also section:, source:, kind:",
    ),
    "guide.date": (
        "theo ngày ghi trên bài; cũng thế: năm:2018",
        "by the date of the article; also year:2018",
    ),
    "guide.read": ("Đọc", "Reading"),
    "guide.stamp": (
        "“Cập nhật ngày” là giờ cập nhật cuối do báo ghi, không phải giờ đăng. Điều gì trang báo"
        " không nói thì kho để trống.",
        "The stamp “Cập nhật ngày” is when the paper last updated the page, not when it published"
        " it."
        " A field that the page does not state stays empty.",
    ),
    "guide.versions": (
        "Mỗi lần báo sửa bài là một phiên bản mới; phiên bản cũ vẫn còn. “Sửa lặng lẽ” nghĩa là chữ"
        " đổi mà giờ cập nhật không đổi. Đổi giao diện hay địa chỉ không tính là sửa.",
        "Each time the paper edits an article there is a new version, and the old one stays. A"
        " silent"
        " edit changed the text but not the stamp. A new design or address is not an edit.",
    ),
    "guide.gaps": (
        "Số 0 có thể là “báo không đăng” hoặc “kho không có”. Trang Mức độ thu thập và nền xám"
        " trong biểu đồ cho biết là trường hợp nào.",
        "A zero may mean that nothing was printed, or that nothing was collected. The coverage"
        " page and"
        " the grey of the charts say which.",
    ),
    "guide.images": (
        "Ảnh không nằm trong kho; chú thích, tác giả ảnh và chỗ của ảnh trong bài thì có.",
        "The pictures are not kept; their captions, credits and places in the text are.",
    ),
    "guide.take": ("Tải dữ liệu", "Taking data away"),
    "guide.csv": (
        "Nút CSV tải đúng những gì trang đang hiện, đủ mọi dòng. “CSV cho Excel” mở thẳng trong"
        " Excel"
        " với chữ Việt nguyên vẹn và không có công thức nào chạy.",
        "The CSV link downloads what the page shows, with every row. “CSV for Excel” opens in Excel"
        " with Vietnamese intact and no live formulas.",
    ),
    "guide.sql": (
        "Trang Dữ liệu nhận câu SQL và có nút tải cả cơ sở dữ liệu.",
        "The Data page takes SQL, and has the whole database to download.",
    ),
    "guide.cite": (
        "Mỗi bài có mã không đổi và trích dẫn ghi rõ phiên bản và bản lưu trang. Lệnh khobao"
        " verify kèm mã bài sẽ đối chiếu mã băm trong trích dẫn với chính những gì máy chủ"
        " của báo đã gửi.",
        "Each article has a lasting key and a citation that names the version and the capture."
        " khobao verify, with the key, checks the digest in a citation against the very bytes that"
        " the newspaper's server sent.",
    ),
    "guide.rights": ("Bản quyền", "Rights"),
}
