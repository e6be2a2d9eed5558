# ruff: noqa: E501 — markup as a page prints it is not broken to fit a column.
"""Everything on a page that is not the article: scripts, styles, hidden state, adverts, forms, footers.

All of it is invented and seeded. It is here because real pages are 40 to 80 KB of this around 3 KB of
text, and a reader that is right only on clean pages is not right.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from random import Random

_WORDS = [
    "menu",
    "slider",
    "banner",
    "popup",
    "sticky",
    "scroll",
    "lazy",
    "video",
    "weather",
    "comment",
    "share",
    "search",
    "mobile",
    "topbar",
    "gallery",
    "player",
    "zone",
    "track",
    "ticker",
    "footer",
    "header",
    "vote",
    "login",
    "toggle",
    "resize",
    "cookie",
]
_PROPERTIES = (
    "margin:0 auto",
    "padding:6px 12px",
    "float:left",
    "font:700 14px/20px Arial,Helvetica,sans-serif",
    "color:#0b5a9d",
    "background:#f5f5f5 url(/Content/images/bg.png) repeat-x",
    "border-bottom:1px solid #ddd",
    "width:100%",
    "display:block",
    "text-decoration:none",
    "position:relative",
    "overflow:hidden",
)

_TOWNS = (
    *("Cao Lãnh", "Sa Đéc", "Hồng Ngự", "Tháp Mười", "Mỹ Tho", "Gò Công", "Cai Lậy"),
    *("Lai Vung", "Lấp Vò", "Tam Nông", "Thanh Bình", "Châu Thành", "Cái Bè", "Chợ Gạo"),
)
_GOODS = (
    *("Xoài cát Chu", "Xoài Hòa Lộc", "Nhãn xuồng", "Quýt hồng", "Cam xoàn", "Chanh", "Ổi"),
    *("Mít Thái", "Sầu riêng", "Thanh long", "Vú sữa", "Sen lấy hạt", "Ớt chỉ thiên", "Ấu"),
    *("Cá tra", "Cá lóc", "Cá điêu hồng", "Ếch", "Tôm càng xanh", "Lươn", "Vịt thịt", "Heo hơi"),
    *("Lúa OM 18", "Lúa IR 50404", "Nếp", "Đài thơm 8", "Khoai lang", "Khoai môn"),
)
_PROVINCES = (
    *("An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Điện Biên"),
    *("Đồng Nai", "Gia Lai", "Hà Tĩnh", "Hải Phòng", "Hưng Yên", "Khánh Hòa", "Lai Châu"),
    *("Lạng Sơn", "Lào Cai", "Lâm Đồng", "Nghệ An", "Ninh Bình", "Phú Thọ", "Quảng Ngãi"),
    *("Quảng Ninh", "Quảng Trị", "Sơn La", "Tây Ninh", "Thái Nguyên", "Thanh Hóa"),
    *("Tuyên Quang", "Vĩnh Long"),
)

#: The site sells text links in its footer (SEEN); none of these hosts exists.
SPAM_HOSTS = ("nha-cai-vui", "vay-nhanh-24h", "giay-re-sieu-cap", "xem-bong-da", "tai-game-hot")


@lru_cache
def hidden_state(seed: str, size: int) -> str:
    """The fields with which WebForms carries its state through every page."""
    random = Random(seed)
    state = base64.b64encode(random.randbytes(size)).decode()
    check = base64.b64encode(random.randbytes(180)).decode()
    return (
        '<div class="aspNetHidden">\n<input type="hidden" name="__EVENTTARGET" id="__EVENTTARGET" value="" />\n'
        f'<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{state}" />\n'
        f'<input type="hidden" name="__EVENTVALIDATION" id="__EVENTVALIDATION" value="{check}" />\n</div>'
    )


@lru_cache
def scripts(seed: str, count: int) -> str:
    """Inline scripts, with markup and dates inside their strings."""
    random = Random(seed)
    lines = []
    for number in range(count):
        one, two, three = random.sample(_WORDS, 3)
        lines.append(
            f"function {one}{two.title()}{number}(e){{var t=document.getElementById('{three}-{number}');"
            f"if(!t||t.getAttribute('data-{one}')==='1'){{return false;}}"
            f"t.innerHTML='<p class=\"{two}\">Cập nhật ngày: 01/01/20{number % 20:02d} 00:00:00<\\/p>';"
            f"window.setTimeout(function(){{{two}.init({{speed:{random.randrange(200, 900)},auto:true}});}},"
            f"{random.randrange(1000, 9000)});return e;}}"
        )
    code = "\n".join(lines)
    return f'<script type="text/javascript">\n//<![CDATA[\n{code}\n//]]>\n</script>'


def foot_scripts(style: int) -> str:
    """The scripts at the end of a page: on some pages few, on others several times as many."""
    return scripts("foot", 12 + style % 5 * 16)


@lru_cache
def styles(seed: str, count: int) -> str:
    """An inline style sheet."""
    random = Random(seed)
    rules = "\n".join(
        f".{random.choice(_WORDS)}-{number} .{random.choice(_WORDS)} a:hover,#{random.choice(_WORDS)}{number} li"
        f"{{{';'.join(random.sample(_PROPERTIES, 4))}}}"
        for number in range(count)
    )
    return f"<style>\n{rules}\n</style>"


def head(title: str, description: str, *, seed: str, extra: str = "") -> str:
    """The head of a page."""
    shown, summary = escape(title), escape(description)
    return (
        f"<head>\n{extra}<title>{shown} - Báo Đồng Tháp Online</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1" />\n'
        f'<meta name="description" content="{summary}" />\n'
        f'<meta property="og:title" content="{shown}" />\n<meta property="og:type" content="article" />\n'
        f'<meta property="og:description" content="{summary}" />\n'
        '<meta property="fb:app_id" content="1022334455667788" />\n'
        '<link rel="shortcut icon" href="/favicon.ico" />\n'
        '<link rel="stylesheet" href="/Content/css/style.css?v=20190312" />\n'
        f"{styles(seed, 28)}\n{scripts(seed, 9)}\n</head>"
    )


def advert(name: str) -> str:
    """One advertising zone."""
    return (
        f'<div class="adv" id="zone-{name}"><a href="https://{SPAM_HOSTS[len(name) % 5]}.example/?utm={name}"'
        f' rel="nofollow" target="_blank"><img src="/Uploads/quangcao/{name}.gif" alt="Quảng cáo" /></a>'
        f"<p>Liên hệ quảng cáo: 02773 000 000</p></div>"
    )


SHARE = (
    '<div class="share-bar"><a class="fb" href="https://www.facebook.com/sharer/sharer.php?u=">Facebook</a>'
    '<a class="tw" href="https://twitter.com/share">Twitter</a><a class="zl" href="https://zalo.me/share">Zalo</a>'
    '<a href="javascript:window.print();"><img src="/Content/images/icon-print.gif" alt="" />Bản in</a><a href="mailto:?subject=Chia%20se">Gửi email</a>'
    '<div class="fb-like" data-layout="button_count" data-share="true"></div><span>Chia sẻ</span></div>'
)


def comment_form(heading: str) -> str:
    """The form under an article. No reader's comment was ever seen."""
    return (
        f'<div class="comment-box" id="comment"><h3>{heading}</h3>\n'
        '<input type="text" name="txtName" placeholder="Họ và tên" />'
        '<input type="text" name="txtEmail" placeholder="Email" />\n'
        '<textarea name="txtContent" rows="5">Nhập nội dung bình luận (có dấu)</textarea>'
        '<img src="/captcha.ashx" alt="Mã bảo vệ" /><input type="submit" value="Gửi bình luận" />'
        "<p>Bình luận sẽ được duyệt trước khi đăng. Báo Đồng Tháp không đăng những ý kiến thiếu văn hóa.</p></div>"
    )


@lru_cache
def widgets(seed: str) -> str:
    """Weather, prices, lottery, a calendar, partners and a poll, as sidebars carry them.

    Hundreds of small cells: a page of such a CMS has a thousand elements and more.
    """
    random = Random(seed)
    return (
        f'<div class="box weather"><h3>Thời tiết</h3><table>{_weather(random)}</table></div>\n'
        f'<div class="box rates"><h3>Giá vàng - Ngoại tệ</h3><p class="date">Cập nhật: 08:30 01/06/2024</p>'
        f"<table>{_rates(random)}</table></div>\n"
        f'<div class="box market"><h3>Giá nông sản</h3><table>{_market(random)}</table></div>\n'
        f'<div class="box lottery"><h3>Kết quả xổ số</h3><table>{_lottery(random)}</table></div>\n'
        f'<div class="box calendar"><h3>Lịch</h3><table>{_calendar(random)}</table></div>\n'
        '<div class="box poll"><h3>Thăm dò ý kiến</h3><p>Bạn thường đọc Báo Đồng Tháp Online vào lúc nào?</p>'
        '<label><input type="radio" name="poll" /> Sáng</label><label><input type="radio" name="poll" /> Trưa</label>'
        '<label><input type="radio" name="poll" /> Tối</label><input type="button" value="Biểu quyết" /></div>\n'
        f'<div class="box partners"><h3>Liên kết website</h3><ul>{_partners()}</ul></div>'
    )


def _row(cells: Iterable[object]) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>\n"


def _weather(random: Random) -> str:
    return "".join(
        _row((town, f"{random.randrange(23, 27)}°C", f"{random.randrange(30, 36)}°C", "Có mây"))
        for town in _TOWNS
    )


def _rates(random: Random) -> str:
    return "".join(
        _row((name, *(f"{random.randrange(5, 99)}.{random.randrange(100, 999)}" for _ in range(2))))
        for name in (
            "SJC 1L",
            "Nhẫn 9999",
            "Nữ trang 99%",
            "USD",
            "EUR",
            "JPY",
            "THB",
            "CNY",
            "SGD",
        )
    )


def _market(random: Random) -> str:
    return "".join(
        _row(
            (
                f'<a href="#{number}">{name}</a>',
                "kg",
                *(f"<b>{random.randrange(4, 90)}.{random.randrange(10)}00</b>" for _ in range(2)),
                random.choice(('<i class="up"></i>', '<i class="down"></i>', "-")),
            )
        )
        for number, name in enumerate(_GOODS)
    )


def _lottery(random: Random) -> str:
    counts = (1, 1, 3, 6, 4, 7, 1, 1, 1)
    prizes = ("G.Tám", "G.Bảy", "G.Sáu", "G.Năm", "G.Tư", "G.Ba", "G.Nhì", "G.Nhất", "ĐB")
    return "".join(
        _row(
            (
                prize,
                *(
                    "".join(f"<b>{random.randrange(1000, 99999)}</b>" for _ in range(count))
                    for _ in range(3)
                ),
            )
        )
        for prize, count in zip(prizes, counts)
    )


def _calendar(random: Random) -> str:
    first = random.randrange(7)
    days = ["", *range(1, 31)]
    weeks = (days[max(0, start) : start + 7] for start in range(1 - first, 31, 7))
    head = _row(("T2", "T3", "T4", "T5", "T6", "T7", "CN"))
    return head + "".join(
        _row(f'<a href="#{day}">{day}</a>' if day else "" for day in week) for week in weeks
    )


@lru_cache
def _partners() -> str:
    return "\n".join(
        f'<li><i></i><a href="https://bao{number}.example/">Báo {name}</a></li>'
        for number, name in enumerate(_PROVINCES)
    )


@lru_cache
def footer() -> str:
    """The imprint, with the text links that the site sells."""
    spam = "\n".join(
        f'<li><span>|</span><a href="https://{host}.example/{page}.html">{host.replace("-", " ")} {page}</a></li>'
        for page in range(1, 7)
        for host in SPAM_HOSTS
    )
    return (
        '<div id="footer-content" class="footer"><p><strong>BÁO ĐỒNG THÁP ONLINE</strong></p>'
        "<p>Cơ quan của Đảng bộ Đảng Cộng sản Việt Nam tỉnh Đồng Tháp - Tiếng nói của Đảng bộ, chính quyền"
        " và nhân dân</p><p>Tổng Biên tập: Ông Nguyễn Văn Mẫu - Tòa soạn: Đường 30 Tháng 4, phường Cao Lãnh</p>"
        '<p>Điện thoại: 02773 000 000 - Email: <a href="mailto:toasoan@baodongthap.example">toasoan</a></p>'
        "<p>Ghi rõ nguồn “Báo Đồng Tháp Online” khi phát hành lại thông tin từ website này</p>"
        f'<div class="text-links" style="font-size:10px"><ul>{spam}</ul></div></div>'
    )
