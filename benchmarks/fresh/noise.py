"""What stands around and inside real articles and is not of them: one kind a page.

Written from memory of public pages, without a look at how the extraction reads; not fitted to it.
"""

# ruff: noqa: E501 - markup and sentences on one line each

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from benchmarks.fresh.parts import Dress, head, json_ld, menu, tail
from benchmarks.fresh.shell import C_MARKS, Printed, flat_url, marked_lead
from benchmarks.fresh.story import Story

_A = "/lang-chieu-dinh-yen-vao-vu-lon-nhat-nam-a235901.html"
_B = "/cho-noi-mua-nuoc-ve-muon-hon-moi-nam-a235902.html"
_C = "/hon-300-ho-dan-cu-lao-co-nuoc-sach-a235903.html"


@dataclass(frozen=True)
class Noise:
    """Markup at a *place*: ``head`` (title and text between), ``first``, ``middle``, ``last`` (in
    the text's box), ``signed`` (under the byline), ``after`` (under the text's box). `⟦…⟧` marks
    text that must not be in the body.
    """

    name: str
    place: str
    html: str


NOISES: tuple[Noise, ...] = (
    # lists of others, without a class that says so
    Noise(
        "label-and-paragraphs",
        "last",
        f'<p><strong>⟦TIN LIÊN QUAN:⟧</strong></p><p><a href="{_A}">⟦Làng chiếu Định Yên vào vụ lớn nhất năm⟧</a></p><p><a href="{_B}">⟦Chợ nổi mùa nước về muộn hơn mọi năm⟧</a></p>',
    ),
    Noise(
        "label-and-breaks",
        "signed",
        f'<p><b>⟦Các tin khác⟧</b><br>- <a href="{_A}">⟦Làng chiếu Định Yên vào vụ lớn nhất năm⟧</a> (12/02)<br>- <a href="{_B}">⟦Chợ nổi mùa nước về muộn hơn mọi năm⟧</a> (11/02)</p>',
    ),
    Noise(
        "bare-list",
        "signed",
        f'<ul><li><a href="{_A}">⟦Làng chiếu Định Yên vào vụ lớn nhất năm⟧</a></li><li><a href="{_B}">⟦Chợ nổi mùa nước về muộn hơn mọi năm⟧</a></li></ul>',
    ),
    Noise(
        "cards",
        "after",
        f'<div class="row"><div class="col-4"><a href="{_A}"><img src="/files/t1.jpg" width="300"><h4>⟦Làng chiếu Định Yên vào vụ lớn nhất năm⟧</h4></a></div><div class="col-4"><a href="{_B}"><img src="/files/t2.jpg" width="300"><h4>⟦Chợ nổi mùa nước về muộn hơn mọi năm⟧</h4></a></div><div class="col-4"><a href="{_C}"><img src="/files/t3.jpg" width="300"><h4>⟦Hơn 300 hộ dân cù lao có nước sạch⟧</h4></a></div></div>',
    ),
    Noise(
        "cards-with-sapo",
        "after",
        f'<div class="stream"><div><h3><a href="{_A}">⟦Làng chiếu Định Yên vào vụ lớn nhất năm⟧</a></h3><p>⟦Mỗi ngày, làng nghề trăm tuổi làm ra hơn hai ngàn đôi chiếu các loại.⟧</p></div><div><h3><a href="{_B}">⟦Chợ nổi mùa nước về muộn hơn mọi năm⟧</a></h3><p>⟦Nhiều thương hồ neo ghe chờ con nước, mong phiên chợ cuối năm đông khách.⟧</p></div></div>',
    ),
    Noise(
        "one-card-inside",
        "middle",
        f'<div class="insert"><a href="{_A}"><img src="/files/t1.jpg" width="180" height="110"></a><div><a href="{_A}"><b>⟦Làng chiếu Định Yên vào vụ lớn nhất năm⟧</b></a><p>⟦Mỗi ngày, làng nghề trăm tuổi làm ra hơn hai ngàn đôi chiếu các loại.⟧</p></div></div>',
    ),
    Noise(
        "one-link-inside",
        "middle",
        f'<p class="rel"><a href="{_A}">⟦» Làng chiếu Định Yên vào vụ lớn nhất năm⟧</a></p>',
    ),
    Noise(
        "read-more-inside",
        "middle",
        f'<div><em>⟦Đọc thêm:⟧ <a href="{_A}">⟦Làng chiếu Định Yên vào vụ lớn nhất năm⟧</a></em></div>',
    ),
    Noise(
        "numbered-popular",
        "after",
        "<section><h2>⟦Đọc nhiều⟧</h2><ol>"
        + "".join(
            f'<li><span>{n}</span><a href="/tin-doc-nhieu-so-{n}-trong-tuan-a23591{n}.html">⟦Tin đọc nhiều số {n} trong tuần⟧</a></li>'
            for n in range(1, 6)
        )
        + "</ol></section>",
    ),
    Noise(
        "aside-in-text",
        "middle",
        f'<aside><h4>⟦Có thể bạn quan tâm⟧</h4><p><a href="{_A}">⟦Làng chiếu Định Yên vào vụ lớn nhất năm⟧</a></p></aside>',
    ),
    Noise(
        "list-in-table",
        "signed",
        f'<table width="100%"><tr><td colspan="2"><b>⟦Tin cùng chuyên mục⟧</b></td></tr><tr><td width="10"><img src="/images/bullet.gif"></td><td><a href="{_A}">⟦Làng chiếu Định Yên vào vụ lớn nhất năm⟧</a> <i>(12/02/2026)</i></td></tr><tr><td width="10"><img src="/images/bullet.gif"></td><td><a href="{_B}">⟦Chợ nổi mùa nước về muộn hơn mọi năm⟧</a> <i>(11/02/2026)</i></td></tr></table>',
    ),
    Noise(
        "next-and-previous",
        "after",
        f'<div class="pn"><div><span>⟦Bài trước⟧</span><a href="{_A}">⟦Làng chiếu Định Yên vào vụ lớn nhất năm⟧</a></div><div><span>⟦Bài tiếp theo⟧</span><a href="{_B}">⟦Chợ nổi mùa nước về muộn hơn mọi năm⟧</a></div></div>',
    ),
    # what readers are asked for, and what they wrote
    Noise(
        "comments",
        "after",
        '<div class="cmt-box"><h3>⟦Bình luận (2)⟧</h3><div class="item"><b>⟦Nguyễn Văn Năm⟧</b><p>⟦Bài viết rất hay, cảm ơn tòa soạn đã nói lên tiếng nói của bà con vùng sâu chúng tôi.⟧</p><span>⟦2 giờ trước⟧</span><a>⟦Trả lời⟧</a></div><div class="item"><b>⟦Út Sen⟧</b><p>⟦Quê tôi giờ đổi khác nhiều quá, đi xa về nhìn mà không nhận ra bến sông cũ.⟧</p></div></div>',
    ),
    Noise(
        "comment-form",
        "after",
        "<div class='f'><p>⟦Ý kiến của bạn⟧</p><form><input placeholder='Họ tên'><textarea></textarea><p>⟦Nội dung bình luận phải viết bằng tiếng Việt có dấu.⟧</p><button>Gửi</button></form></div>",
    ),
    Noise(
        "login-to-comment",
        "after",
        "<div class='f'><h4>⟦Gửi bình luận⟧</h4><p>⟦Vui lòng đăng nhập để gửi bình luận của bạn về bài viết này nhé.⟧</p></div>",
    ),
    Noise(
        "rating",
        "signed",
        "<div class='st'><span>⟦Đánh giá bài viết:⟧</span> <span>★★★★☆</span> <span>⟦4.5/5 (12 lượt)⟧</span></div>",
    ),
    Noise(
        "newsletter",
        "after",
        "<div class='nl'><h4>⟦Đăng ký nhận tin⟧</h4><p>⟦Nhận những tin tức mới nhất của chúng tôi qua thư điện tử mỗi sáng.⟧</p><input type='email'><button>Đăng ký</button></div>",
    ),
    Noise(
        "follow",
        "signed",
        "<p><em>⟦Theo dõi Báo Đồng Tháp trên Google News để cập nhật tin tức nhanh nhất.⟧</em></p>",
    ),
    Noise(
        "share-words",
        "head",
        "<div class='s'><span>⟦Chia sẻ⟧</span><a href='https://www.facebook.com/sharer/sharer.php?u=x'>⟦Facebook⟧</a><a href='https://zalo.me/share?u=x'>⟦Zalo⟧</a><a href='#'>⟦Sao chép liên kết⟧</a></div>",
    ),
    Noise(
        "audio",
        "head",
        "<div class='au'><button>▶</button><span>⟦Nghe đọc bài⟧</span><span>⟦00:00 / 03:12⟧</span><span>⟦Giọng nữ⟧</span></div>",
    ),
    Noise(
        "font-size",
        "head",
        "<div class='fs'><span>⟦Cỡ chữ:⟧</span><a href='#'>A-</a><a href='#'>A+</a><span>⟦In bài viết⟧</span></div>",
    ),
    Noise(
        "views",
        "head",
        "<div class='v'><i class='fa fa-eye'></i> <span>⟦1.245 lượt xem⟧</span></div>",
    ),
    Noise("reading-time", "head", "<div class='rt'>⟦3 phút đọc⟧</div>"),
    # advertisements
    Noise(
        "ad-slot",
        "middle",
        "<div id='div-gpt-ad-1689-0' style='min-height:250px'><span>⟦Quảng cáo⟧</span><ins class='adsbygoogle'></ins></div>",
    ),
    Noise(
        "ad-picture",
        "middle",
        "<div class='bn'><a href='https://shop.example/mua' target='_blank' rel='nofollow sponsored'><img src='https://shop.example/banner.jpg' width='728' height='90'></a></div>",
    ),
    Noise(
        "ad-script",
        "middle",
        "<div class='zone'><script>document.write('x')</script><noscript><p>⟦Trình duyệt của bạn không hỗ trợ JavaScript.⟧</p></noscript></div>",
    ),
    Noise(
        "ad-in-list",
        "after",
        "<div class='sp'><span>⟦Tài trợ⟧</span><ul><li><a href='https://shop.example/1'>⟦Đất nền ven sông chỉ từ 900 triệu đồng⟧</a></li><li><a href='https://shop.example/2'>⟦Vay nhanh không cần thế chấp⟧</a></li></ul></div>",
    ),
    # who wrote it, again
    Noise(
        "author-bio",
        "after",
        "<div class='bio'><img src='/avatar/9.jpg' width='80' height='80'><div><h4><a href='/tac-gia/mt'>⟦Minh Tâm⟧</a></h4><p>⟦Minh Tâm viết về nông nghiệp và đời sống nông thôn, cộng tác với báo từ năm 2012.⟧</p></div></div>",
    ),
    Noise(
        "tags-words",
        "signed",
        "<p>⟦Từ khóa:⟧ <a href='/tag/a'>⟦cù lao xanh⟧</a>, <a href='/tag/b'>⟦nước sạch nông thôn⟧</a></p>",
    ),
    Noise(
        "hash-tags",
        "after",
        "<div class='t'><a href='/tag/a'>⟦#cù lao xanh⟧</a> <a href='/tag/b'>⟦#nước sạch nông thôn⟧</a></div>",
    ),
    Noise(
        "contact",
        "after",
        "<div class='ct'><p>⟦Đường dây nóng: 0277 3851 344⟧</p><p>⟦Email: toasoan@baodongthap.vn⟧</p></div>",
    ),
    Noise(
        "copyright",
        "after",
        "<div class='cp'>⟦© Báo Đồng Tháp. Ghi rõ nguồn khi phát hành lại thông tin từ trang này.⟧</div>",
    ),
    Noise(
        "back",
        "signed",
        "<p><a href='javascript:history.back()'>⟦« Quay lại⟧</a> <a href='#top'>⟦Lên đầu trang⟧</a></p>",
    ),
    # parts that a script fills or shows
    Noise(
        "contents",
        "first",
        "<div class='toc'><p>⟦Nội dung chính⟧</p><ul><li><a href='#m1'>⟦Mục lục một của bài⟧</a></li><li><a href='#m2'>⟦Mục lục hai của bài⟧</a></li></ul></div>",
    ),
    Noise(
        "popup",
        "after",
        "<div class='modal fade' id='m1'><div class='modal-dialog'><h5>⟦Báo lỗi bài viết⟧</h5><p>⟦Hãy cho chúng tôi biết nội dung nào của bài viết chưa đúng.⟧</p></div></div>",
    ),
    Noise("noscript-picture", "first", '<noscript><img src="/files/h9.jpg" alt="x"></noscript>'),
    Noise(
        "weather",
        "after",
        "<div class='wt'><p>⟦Cao Lãnh 31°C⟧</p><p>⟦Trời nhiều mây, có lúc có mưa rào và dông vài nơi trong tỉnh.⟧</p></div>",
    ),
    Noise(
        "gold",
        "after",
        "<table class='gold'><tr><th>⟦Loại⟧</th><th>⟦Mua⟧</th><th>⟦Bán⟧</th></tr><tr><td>⟦SJC⟧</td><td>⟦88,5⟧</td><td>⟦90,2⟧</td></tr></table>",
    ),
    Noise("empty-things", "middle", "<p>&nbsp;</p><p>.</p><p>***</p><p><br></p><p>\u200b</p><hr>"),
)


def parts_of(noise: Noise) -> tuple[str, list[str]]:
    """Its markup without the marks, and the texts that were marked."""
    foreign = [piece.partition("⟧")[0] for piece in noise.html.split("⟦")[1:]]
    return noise.html.replace("⟦", "").replace("⟧", ""), foreign


class Figures(Dress):
    def sub(self, text: str) -> str:
        return f"<h2>{escape(text)}</h2>"

    def pic(self, number: int, caption: str) -> str:
        note = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
        return f"<figure>{self.image(number)}{note}</figure>"


_plain, _figures = Dress(), Figures()


def _placed(story: Story, noise: Noise, dress: Dress) -> dict[str, str]:
    html, foreign = parts_of(noise)
    story.foreign += foreign
    places = dict.fromkeys(("head", "first", "last", "signed", "after"), "")
    text = dress.flow(story)
    if noise.place == "middle":
        lines = text.split("\n")
        at = len(lines) // 2
        text = "\n".join([*lines[:at], html, *lines[at:]])
    else:
        places[noise.place] = html
    return {**places, "text": text}


def family(story: Story, noise: Noise) -> Printed:
    """The page of today's generation."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    put = _placed(story, noise, _plain)
    signed = f'<p class="author ignore">{escape(story.byline)}</p>' if story.byline else ""
    html = f"""<!DOCTYPE html><html lang="vi">{head(story, url, json_ld(story, url))}<body>{menu(story)}
<div class="detail-title"><h1>{escape(story.title)}</h1></div><div class="pubdate">{story.day()}, {story.moment:%d/%m/%Y, %H:%M} (GMT+7)</div>{put["head"]}
<div class="detail-desc"><p>{lead}</p></div><div id="newscontents"><div class="content-fck">{put["first"]}{put["text"]}{put["last"]}{signed}{put["signed"]}</div></div>{put["after"]}{tail(story)}</body></html>"""
    return Printed(url, html, mark, section=False)


def modern(story: Story, noise: Noise) -> Printed:
    """`article` with names that nobody knows."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    put = _placed(story, noise, _figures)
    signed = f'<p class="x-by">{escape(story.byline)}</p>' if story.byline else ""
    html = f"""<!DOCTYPE html><html lang="vi">{head(story, url, json_ld(story, url))}<body><header>{menu(story)}</header><main><article class="x-story">
<h1>{escape(story.title)}</h1><p class="x-dek">{lead}</p><p class="x-when"><time datetime="{story.moment:%Y-%m-%dT%H:%M}:00+07:00">{story.moment:%d/%m/%Y %H:%M}</time></p>{put["head"]}
<div class="x-text">{put["first"]}{put["text"]}{put["last"]}{signed}{put["signed"]}</div>{put["after"]}</article></main>{tail(story)}</body></html>"""
    return Printed(url, html, mark, section=False)


def flat(story: Story, noise: Noise) -> Printed:
    """Everything in one `div`, no box about the text."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    put = _placed(story, noise, _plain)
    signed = (
        f'<p style="text-align:right"><strong>{escape(story.byline)}</strong></p>'
        if story.byline
        else ""
    )
    html = f"""<html>{head(story, url)}<body><div id="w">{menu(story)}<h1>{escape(story.title)}</h1><p class="d">{story.moment:%d/%m/%Y - %H:%M}</p>{put["head"]}
<p><strong>{lead}</strong></p>{put["first"]}{put["text"]}{put["last"]}{signed}{put["signed"]}{put["after"]}{tail(story)}</div></body></html>"""
    return Printed(url, html, mark, section=False)


SHELLS = (("noise-family", family), ("noise-modern", modern), ("noise-flat", flat))
