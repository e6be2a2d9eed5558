"""Patterns of boilerplate: words, classes and addresses around an article.

No pattern decides alone. A class shows what its author meant; the words and links inside confirm
it (`containers`). A line is boilerplate only as a whole: a paragraph that mentions "bình luận của
bạn" or "quảng cáo" is text, and a public scraper of this paper that matched the words anywhere lost
real paragraphs (docs/site.md §11).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache


class ClassPattern:
    """A pattern of classes and ids. Answers are cached: every page of a site has the same few."""

    def __init__(self, pattern: str) -> None:
        search = re.compile(pattern, re.I).search
        self.search: Callable[[str], bool] = lru_cache(maxsize=2048)(
            lambda classes: bool(classes) and search(classes) is not None
        )


#: Letters at either end of an address that are searched.
_END = 250


class AddressPattern:
    """A pattern of addresses. Boxes in boxes ask it of the same links again and again.

    Of an address longer than any of the paper's, both ends are looked at.
    """

    def __init__(self, pattern: str) -> None:
        search = re.compile(pattern, re.I).search
        self._search = lru_cache(maxsize=2048)(lambda address: search(address) is not None)

    def search(self, address: str) -> bool:
        """Whether the pattern is in *address*."""
        if len(address) > 2 * _END:
            address = address[:_END] + address[-_END:]
        return self._search(address)


def _words(words: str) -> ClassPattern:
    """Whole parts of a class or id: ``related`` in ``box-related`` and ``related_news``, not in
    ``correlated``.
    """
    return ClassPattern(rf"(?:^|[\s_-])(?:{words})(?=$|[\s_\d-])")


#: Classes and ids of boxes beside the text.
BOILERPLATE_CLASSES = _words(
    r"related|relate|relative|lien-?quan|tin-?(?:lien-?quan|khac|moi|cung-chuyen-muc)|other(?:s|-?news)?|othernews|same-?cate(?:gory)?"
    r"|share|sharing|social|socials|shares?-?(?:bar|box|button|buttons)|addthis|fb|facebook|zalo|twitter|like|google-?news|ggnews|follow"
    r"|comments?|binh-?luan|ykien|y-kien|feedback|disqus|rating|vote|print|tools?|toolbar|btn|button|breadcrumbs?|bread|menu|nav"
    r"|navigation|sidebar|side|widget|banners?|ads?|adv|advert|advertisement|adsense|adsbygoogle|qc|quang-?cao|sponsor|sponsored|popup|modal"
    r"|subscribe|newsletter|paging|pagination|pager|hotline|footer|copyright|most-?(?:read|view|viewed)|doc-?nhieu|xem-?nhieu|tin-?doc-?nhieu"
    r"|trending|recommend|recommended|suggest|more-?news|readmore|read-?more|next-?prev|ticker|clock|weather|poll|login|search|tts|audio-?player"
    r"|font-?size|fontsize|view-?count|viewer|luot-?xem|back|goback|trove"
)
AD_CLASSES = _words(
    r"banners?|ads?|adv|advert|advertisement|adsense|adsbygoogle|qc|quang-?cao|sponsor|sponsored"
)
COMMENT_CLASSES = _words(r"comments?|binh-?luan|ykien|y-kien|feedback|disqus")
FOOT_CLASSES = _words(r"footer|foot|copyright|bottom")
COUNTER_CLASSES = _words(
    r"views?(?:-?counts?|er)?|counts?|counter|hits?|luot(?:-?xem)?|numbers?|paging|pagination|pager|pages?"
)
TAG_CLASSES = _words(r"tags?|tag-?list|keywords?|tu-?khoa|hashtag")
CRUMB_CLASSES = _words(
    r"breadcrumbs?|bread|brmenu|crumbs?|path|parent_cate|cate-?path|duong-?dan|navigator|chuyen-?muc"
)
#: Classes of the box that holds the text (docs/site.md §11 and §15).
CONTENT_CLASSES = _words(
    r"content|contentview|contents|newscontents?|content-?fck(?:-font-size)?|post-?content|singular-?content|article-?(?:body|content)|entry-?content"
    r"|detail-?content|content-?detail|news-?content|td-post-content|fck(?:_detail)?|noi-?dung|articlebody|content-?body|body-?content|maincontent|pagelistleft|sapo"
)
#: The lead's own box in the third generation's sister papers.
LEAD_CLASSES = _words(
    r"sapo|lead|chapeau|summary|detail-?desc|desc|description|intro|tom-?tat|trich-?dan|abstract|excerpt"
)
CAPTION_CLASSES = ClassPattern(
    r"(?:^|[\s_-])(?:(?:\w{0,30}caption(?:-?text)?)|note|chu-?thich|img-?note|legend|(?:img|image|photo|pic|picture|anh)[-_]?(?:desc|note|text|title|cap|info)|p-?cap|cap|desc-?img)(?=$|[\s_\d-])"
)
AUTHOR_CLASSES = ClassPattern(
    r"(?:^|[\s_-])(?:\w{0,30}authors?|\w{0,30}byline|tac-?gia|writer|reporter|nguoi-?viet|signature|pen-?name|but-?danh|source|nguon)(?=$|[\s_\d-])"
)
KICKER_CLASSES = ClassPattern(
    r"(?:^|[\s_-])(?:kicker|over-?(?:title|line)|pre-?title|sur-?title|sub-?ti?t(?:le)?|sup-?title|tit-?(?:phu|dan|nho|sub)|top-?title|title-?top|eyebrow|headline-?(?:sub|top)|\w{0,30}kicker\w{0,30}|\w{0,30}tit-?(?:sub|kick|phu)\w{0,30})(?=$|[\s_\d-])"
)
TITLE_CLASSES = ClassPattern(
    r"(?:^|[\s_-])(?:\w{0,30}title|\w{0,30}-?tit|headline|tieu-?de|tit\w{0,30}|fw700)(?=$|[\s_\d-])"
)
DATE_CLASSES = ClassPattern(
    r"date|time|stamp|ngay|current-date|pubdate|posted|publish(?:ed)?|cap-?nhat"
)
SITE_HEAD_CLASSES = _words(
    r"header|top|topbar|top-?bar|masthead|ticker|clock|logo|head-?site|site-?header|banner|date-?now|today|current-?time|now"
)
CLOCK_CLASSES = _words(r"ticker|clock|date-now|today|current-?time|now")

#: A whole line that belongs to the page, not to the article; `Paper.line` knows the paper's own.
LINE = re.compile(
    r"(?:[<«‹←|·•.,\-–—*/\\_=~#>›»:;!?()\[\]\s\d+]*"
    r"|(?:chia\s+sẻ|share)(?:\s*(?:bài(?:\s+viết)?|tin|lên|qua|trên|:|facebook|zalo|twitter|này|với\s+bạn\s+bè))*\s*:?"
    r"|in(?:\s+(?:bài|trang|tin|ấn))(?:\s+(?:viết|này))*|print|gửi\s+(?:e-?mail|cho\s+bạn(?:\s+bè)?|bài(?:\s+viết)?|tin)(?:\s+này)?|email"
    r"|(?:lưu|copy|sao\s+chép)\s+(?:bài|tin|link|liên\s+kết).{0,12}|copy"
    r"|(?:lượt|số\s+l(?:ượt|ần))\s+(?:xem|đọc|truy\s+cập)\s*+:?\s*+[\d.,]*+(?:\s+theo\s+dõi\b[^.]{0,60})?|[\d.,]+\s+(?:(?:lượt|lần|người)\s+(?:xem|đọc|truy\s+cập)|bình\s+luận|views?|hits?)"
    r"|đã\s+xem\s*+:?\s*+[\d.,]*"
    # Counters and their kind: "Đã đọc: 1.234 lần", "Xem: 1.234", "Page views: 1.2k".
    r"|(?:(?:số\s+)?(?:lượt|lần|người)\s+|(?:đã|được)\s+)(?:xem|đọc|truy\s+cập)\s*+:?\s*+\d[\d.,]*+\s*+[kKmM]?(?:\s*+(?:lượt|lần|người)(?:\s+(?:xem|đọc))?)?"
    r"|(?:xem|đọc|truy\s+cập|bình\s+luận|chia\s+sẻ|thích|likes?|shares?|comments?|(?:page\s*+)?views?|hits?|reads?|counter)\s*+[:(]\s*+\d[\d.,]*+\s*+[kKmM]?(?:\s*+(?:lượt|lần|người|views?))?\)?"
    r"|(?:cỡ|kích\s+cỡ|phông)\s+chữ\s*:?.{0,12}|a\s*[-+]+(?:\s*a(?:\s*[-+]+)?)*|(?:tăng|giảm)\s+cỡ\s+chữ"
    r"|(?:nghe|đọc)\s+(?:đọc\s+)?(?:bài|tin)(?:\s+(?:viết|này|báo))*|giọng\s+(?:nam|nữ|đọc).{0,20}|[\d:]+\s*/\s*[\d:]+"
    r"|facebook|zalo|twitter|x|tweet|google\s*\+?|google\s+news|google-news|linkedin|pinterest|youtube|tiktok|messenger|thích|like|g\+|lotus|viber|telegram|instagram|threads|whatsapp"
    r"|quảng\s+cáo|advertisements?|ads?|tài\s+trợ|sponsored|qc"
    r"|xem\s+(?:thêm|tiếp|chi\s+tiết)|đọc\s+tiếp|chi\s+tiết|xem\s+tất\s+cả|tải\s+thêm"
    r"|trang\s+(?:chủ|nhất)|home|về\s+trang\s+(?:chủ|trước)|quay\s+(?:lại|về).{0,14}|trở\s+(?:về|lại).{0,20}|(?:lên\s+)?đầu\s+trang|back"
    r"|đọc\s+báo\s+in|tải\s+ứng\s+dụng|(?:mời\s+)?(?:(?:quý\s+)?(?:vị|bạn\s+đọc|độc\s+giả)\s+)?theo\s+dõi\s+(?:báo|chúng\s+tôi|kênh|trên|baodongthap)\b[^.]{0,60}|theo\s+dõi"
    r"|quét\s+mã\s+qr\b[^.]{0,60}"
    # The address a print view or a wire copy ends with.
    r"|nguồn\s*:\s*(?:https?://|www\.)\S+"
    r"|đăng\s+nhập|đăng\s+ký|tìm\s+kiếm|hotline\s*+:?+[\s\d.]*+|tiếng\s+việt\s*\|\s*english|email\s*:?"
    r"|theo\s+dõi\b.{0,60}?\b(?:trên|tại|qua)\s+(?:google|facebook|fanpage|zalo|youtube|tiktok|telegram|viber)\b[^.]{0,60}\.?"
    r"|\d{1,3}\s+phút\s+đọc|(?:thời\s+gian\s+)?đọc(?:\s*+:)?\s+\d{1,3}\s+phút|[★☆⭐\s]+"
    r"|(?:bình\s+chọn|đánh\s+giá)(?:\s+bài(?:\s+viết)?)?(?:\s*+:)?[\s★☆⭐]*+(?:\d++(?:[.,]\d++)?/\d++\s*+)?(?:\(?\d++(?:[.,]\d++)?\s*+(?:điểm|sao|lượt)\)?)?|!?\[\]\s*+\(?\)?\s*+\|?)",
    re.I,
)
#: Reads as boilerplate by itself, and may be text where it stands: a figure, a subhead.
#: A number, a score, a day, a telephone number, ``(1)``; `PAGES` looks like one and is none.
FIGURE = re.compile(r"[(+]?\d[\d.,;/()\s+–-]*")
PAGES = re.compile(r"\d{1,2}(?:\s+\d{1,2}){2,}")
MAY_HEAD_TEXT = re.compile(
    r"chi\s+tiết|mới\s+nhất|mới\s+cập\s+nhật|tiêu\s+điểm|đánh\s+giá|(?:tên\s+)?tác\s+giả|bút\s+danh",
    re.I,
)
#: Reads as the end of the article, and may be a subhead where text follows.
MAY_HEAD_REPLIES = re.compile(r"bình\s+luận|ý\s+kiến(?:\s+(?:bạn\s+đọc|độc\s+giả))?\s*:?", re.I)
#: Opens a box of other articles.
RELATED = re.compile(
    r"\A[>»›\-–*\s]*+(?:mời\s+(?:(?:quý\s+)?(?:bạn\s+đọc|độc\s+giả)\s+)?)?(?:(?:các\s+|những\s+)?(?:tin|bài|bài\s+viết|tin\s+bài|tin\s+tức|bài\s+báo|video|clip|ảnh|nội\s+dung)\s*(?:,\s*bài\s*)?(?:viết\s+)?"
    r"(?:liên\s+quan|cùng\s+(?:chuyên\s+mục|mục|chủ\s+đề|loại)|khác|đã\s+(?:đưa|đăng)|mới(?:\s+(?:nhất|hơn|đăng|cập\s+nhật))?|cũ(?:\s+hơn)?|nổi\s+bật|đọc\s+nhiều|xem\s+nhiều|tiếp\s+theo|nên\s+đọc|hay)"
    r"|cùng\s+chuyên\s+mục|cùng\s+chủ\s+đề|đọc\s+(?:thêm|nhiều(?:\s+nhất)?|tiếp)|xem\s+(?:thêm|nhiều(?:\s+nhất)?)|(?:có\s+thể\s+)?bạn\s+(?:có\s+thể\s+)?quan\s+tâm|liên\s+quan|mới\s+nhất|mới\s+cập\s+nhật|tiêu\s+điểm"
    r"|tin\s+mới|nhiều\s+người\s+đọc|đang\s+được\s+quan\s+tâm|related(?:\s+news)?)\s*[:.…>»]*",
    re.I,
)
#: Ends the article for good (docs/site.md §8).
TAIL = re.compile(
    r"\A[<«‹←\s]*+(?:(?:trở\s+về|quay\s+lại)\s+trang\s+trước|(?:gửi|viết|để\s+lại)\s+(?:bình\s+luận|ý\s+kiến|phản\s+hồi)(?:\s+(?:của\s+)?(?:bạn|bạn\s+đọc))?"
    r"|(?:các\s+)?(?:bình\s+luận|ý\s+kiến)(?:\s+(?:của\s+)?(?:bạn|bạn\s+đọc|độc\s+giả))?(?:\s*+(?:\(\s*+\d*+\s*+\)|\d+))?|\d+\s+bình\s+luận"
    r"|thông\s+tin\s+(?:bạn\s+đọc|độc\s+giả)"
    # SEEN: "Mọi phản ánh, ý kiến, tin, bài xin gửi về …" (docs/site.md §17); an appeal for help
    # names other things to send, or another place.
    r"|mọi\s+(?:(?:phản\s+ánh|ý\s+kiến|thông\s+tin|góp\s+ý|thắc\s+mắc|tin|bài|ảnh|đóng\s+góp|bài\s+viết|cộng\s+tác|của|bạn\s+đọc|độc\s+giả|và|,)\s*)+"
    r"(?:xin\s+|vui\s+lòng\s+|xin\s+vui\s+lòng\s+)?(?:gửi|liên\s+hệ)\s+(?:về|đến|tới|theo)?.{0,12}(?:tòa\s+soạn|toà\s+soạn|ban\s+biên\s+tập|báo|e-?mail|hotline|đường\s+dây\s+nóng)\b.{0,60})\s*[:.…]*",
    re.I,
)
#: The page's foot: publisher and licence. Asked of every paragraph; most are known not
#: to be one by their first letter.
FOOT = re.compile(
    r"\A\s*+(?=[©®bcgpt])(?:©|®|copyright|bản\s+quyền\s+(?:thuộc|©|của)|giấy\s+phép\s+(?:số\s*:?\s*\d|hoạt\s+động\s+báo\s+chí|xuất\s+bản\s+số|báo\s+chí)|cơ\s+quan\s+chủ\s+quản\s*:|cơ\s+quan\s+(?:ngôn\s+luận\s+)?của\s+đảng\s+bộ|tổng\s+biên\s+tập\s*:|phó\s+tổng\s+biên\s+tập\s*:"
    r"|tòa\s+soạn\s*:|toà\s+soạn\s*:|trụ\s+sở\s*:|chịu\s+trách\s+nhiệm\s+(?:nội\s+dung|xuất\s+bản)|báo\s+đồng\s+tháp\s+online\s*[-–|©]|powered\s+by|thiết\s+kế\s+bởi|ghi\s+rõ\s+nguồn)",
    re.I,
)
#: Words of an imprint that is a sentence: a text may open like one ("Ghi rõ nguồn
#: gốc là yêu cầu …", "Giấy phép số 12/GP-UBND đã hết hạn.").
IMPRINT = re.compile(
    r"©|®|@|GP-?(?:BTTTT|BC|CBC|TTĐT|XB)|bộ\s+thông\s+tin|tổng\s+biên\s+tập|giữ\s+bản\s+quyền"
    r"|(?:điện\s+thoại|\b(?:đt|tel|fax|hotline|email|website))\s*:|điện\s+thoại\s*[\d(]"
    r"|(?:báo|tin\s+tức|tỉnh\s+(?:ủy|uỷ))\s+đồng\s+tháp|cơ\s+quan\s+(?:ngôn\s+luận\s+)?của\s+đảng\s+bộ"
    r"|\bkhi\s+(?:phát\s+hành|trích|sao\s+chép|đăng\s+(?:lại|tải)|sử\s+dụng\s+(?:lại\s+)?(?:tin|thông\s+tin|bài|nội\s+dung))",
    re.I,
)
# "Tòa soạn: Cảm ơn ông đã dành thời gian." in an interview, "Tòa soạn: Ngày 5-11, Báo Đồng Tháp có
# đăng …" over a correction.
_EDITORS = re.compile(r"\A\s*+t(?:òa|oà)\s+soạn\s*:[^@]{10,}[.!?…”]", re.I)
_SAYS = re.compile(
    r"\b(?:chúng\s+tôi|c[ảá]m\s+ơn|xin|đã|được|sẽ|có|mong|nhận|đăng|những|các|ông|bà|anh|chị)\b",
    re.I,
)
_REACHES = re.compile(
    r"©|®|(?:điện\s+thoại|\b(?:đt|tel|fax|hotline|email|website))\s*[:.\d(]|GP-?\w", re.I
)
#: The last line of a serial's part.
TO_BE_CONTINUED = re.compile(r"\A[(\[]?\s*+(?:còn\s+(?:tiếp|nữa)|hết)\s*+[.…]*+\s*+[)\]]?", re.I)
TAGS = re.compile(
    r"\A\s*+(?:tags?|từ\s+kh[óo][aáà]|từ\s+khoá|thẻ|hashtag|keywords?|chủ\s+đề)\s*(?::|$)", re.I
)


def is_editors_reply(text: str) -> bool:
    """Whether *text*, which may open like an imprint, is a statement of the editors."""
    return (
        _EDITORS.fullmatch(text) is not None
        and _SAYS.search(text) is not None
        and _REACHES.search(text) is None
    )


@lru_cache(maxsize=2048)
def read_line(text: str) -> str:
    """The kind of boilerplate that the line *text* is: ``tail``, ``tags``, ``line``; else empty.

    The same few lines stand about every article of a site.
    """
    if TAIL.fullmatch(text):
        return "tail"
    if "|" in text and len(text) < 100 and all(map(read_line, map(str.strip, text.split("|")))):
        return "line"
    if len(text) < 100 and TAGS.match(text):
        return "tags"
    return "line" if RELATED.fullmatch(text) or LINE.fullmatch(text) else ""


#: An address of an article rather than of a section or a file, on whatever site: a slug of four
#: words, or a number of five digits and more in its last part or its query.
ARTICLE_LINK = AddressPattern(
    # Three hyphens with something before each, from the left: an address of a thousand hyphens
    # (the fuzzer's) took hours where each piece could be any letters.
    r"/(?:[^/?#][^-_/?#]*[-_]){3}[^/?#]+/?(?:index\.html?)?(?:[?#]|$)"
    r"|[-_./](?:[a-z]{1,4}\d{4,}|\d{5,})(?:\.[a-z]{3,5})?/?(?:index\.html?)?(?:[?#]|$)"
    r"|/[0-9a-f]{9,}/[^/?#]+\.[a-z]{3,5}$|[?&](?:[a-z]*id|p)=\d{4,}"
)
FILE_LINK = AddressPattern(
    r"\.(?:jpe?g|png|gif|webp|bmp|pdf|docx?|xlsx?|pptx?|zip|rar|mp[34]|m4a|wav|flv)(?:[?#]|$)"
)
#: Where a bar of buttons under a text leads.
SHARE_LINK = AddressPattern(
    r"//(?:[\w-]+\.)*(?:facebook|fb|messenger|zalo|twitter|x|linkedin|pinterest|telegram|t|tiktok|youtube"
    r"|whatsapp|viber|google|addthis|lotus)\.|^mailto:\?|/shar"
)
#: Where the name in an author's box leads.
AUTHOR_LINK = AddressPattern(r"/(?:tac-?gia|authors?|phong-?vien|nha-?bao)/")
MEDIA_LINK = AddressPattern(r"\.(?:mp3|mp4|m4a|wav|flv|wma|m3u8|ogg|webm|avi|mov)(?:[?#]|$)")
BARE_MEDIA_URL = re.compile(
    r"https?://\S{1,400}\.(?:mp3|mp4|m4a|wav|flv|wma|m3u8|ogg|webm|avi|mov)(?:\?\S*)?", re.I
)
#: Pictures of the page's own: icons, logos, buttons.
ICON = re.compile(
    r"(?:^|[/_\-.])(?:icons?|ico|logo\w*|btn|button|spacer|blank|pixel|print|email|mail|share|facebook|fb|zalo|twitter|youtube|arrow|bullet|loading|spinner|avatar-default|no-?image|emoji|smiley|rss|play|pen|pencil|stars?|rating|banners?|qc|ads?)(?=[/_\-.\d]|$)",
    re.I,
)
#: Folders of the paper's own pictures (docs/site.md §12), where logo-dai-hoi.jpg is not an icon.
PICTURE_TREE = re.compile(
    r"/(?:database/image/|dataimages/|image/(?:news|ckeditor|upload)|\d{4}/\d{2})|fckimage", re.I
)
#: Folders of advertisements and of writers' portraits.
AD_PATH = re.compile(r"/(?:qc|ads?|adv|banners?|quang-?cao|advert\w*|avatars?)/", re.I)
#: Addresses of frames that play something; a map does not.
EMBED = re.compile(
    r"^(?!.*(?:/maps\b|\bmaps\.|openstreetmap)).*(?:youtube|youtu\.be|vimeo|dailymotion|tiktok|facebook\.com/plugins/video|player|embed|video|audio|soundcloud|\.mp[34])",
    re.I,
)
