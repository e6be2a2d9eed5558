"""Pages that stand where an article or a list should, and odd pages that are articles all the same.

Written from what servers, caches, hosts and content systems send; none was in front of the rules
when they were written down first.
"""

from __future__ import annotations

ARTICLE = "https://baodongthap.vn/xa-hoi/cho-noi-cai-be-vao-mua-nuoc-noi-71001.aspx"
HEADLINE = "Chợ nổi Cái Bè vào mùa nước nổi"

_SECTIONS = ("chinh-tri", "kinh-te", "xa-hoi", "van-hoa", "phap-luat", "giao-duc", "the-thao")
MENU = (
    "<nav>"
    + "".join(f"<a href='/{s}'>{s.replace('-', ' ').title()}</a> " for s in _SECTIONS)
    + "</nav>"
)
_OTHERS = (
    ("khanh-thanh-cau-kenh-xang-84085", "Khánh thành cầu Kênh Xáng nối hai xã"),
    ("gia-lua-he-thu-tang-84086", "Giá lúa hè thu tăng trở lại"),
    ("le-hoi-hoa-sa-dec-84087", "Lễ hội hoa Sa Đéc thu hút du khách"),
    ("bao-tri-cau-my-thuan-84088", "Bảo trì cầu Mỹ Thuận trong ba đêm"),
    ("khai-giang-nam-hoc-moi-84089", "Khai giảng năm học mới ở vùng lũ"),
)
SIDEBAR = (
    "<aside><h3>Tin mới</h3><ul>"
    + "".join(f"<li><a href='/xa-hoi/{slug}.aspx'>{name}</a></li>" for slug, name in _OTHERS)
    + "</ul><div>Thời tiết: 31°C, có mưa rào</div><div>Giá vàng SJC mua vào 82,5 bán ra 84,5</div>"
    "<div>Xổ số Đồng Tháp: 012345</div></aside>"
)
#: The sidebar lists the article that was asked for, with its opening.
SIDEBAR_WITH_IT = (
    f"<aside><div class='box'><h2><a href='{ARTICLE}'>{HEADLINE}</a></h2><span>05/08/2019 05:14</span>"
    "<p>Mỗi sáng, hàng trăm ghe xuồng chở trái cây về chợ nổi Cái Bè, nơi nước lên từng ngày.</p></div>"
    f"</aside>{SIDEBAR}"
)
FOOTER = "<footer>Cơ quan chủ quản: Tỉnh ủy Đồng Tháp. Giấy phép số 123/GP-BTTTT. Điện thoại: 0277 3851 234</footer>"
FIRST = "Mỗi sáng, hàng trăm ghe xuồng chở trái cây từ các vườn về chợ nổi Cái Bè, nơi nước lên từng ngày một."
SECOND = "Bà Nguyễn Thị Sáu, 62 tuổi, bán hàng ở đây đã bốn mươi năm, cho biết năm nay cá linh về sớm hơn mọi năm."
CLOCK = "<div class='clock'>Thứ Hai, 30/11/2026 03:17:22</div>"


def site(
    inside: str, title: str = "Báo Đồng Tháp Online", *, head: str = "", sidebar: str = SIDEBAR
) -> str:
    """*inside* in the dress of the paper: menu, sidebar and footer."""
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>"
        f"{CLOCK}{MENU}<main>{inside}</main>{sidebar}{FOOTER}</body></html>"
    )


def bare(inside: str, title: str = "", *, head: str = "") -> str:
    """*inside* without anything of the paper's."""
    return f"<html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>{inside}</body></html>"


BLOCKED, GONE, FAILED = "blocked", "gone", "failed"

#: name → (page, what it may be at an article's address). None is an article, none is gone but
#: those that say so.
TROUBLE: dict[str, tuple[str, set[str]]] = {
    # Servers
    "nginx": (
        bare(
            "<h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working. Further configuration is required.</p>",
            "Welcome to nginx!",
        ),
        {BLOCKED},
    ),
    "apache": (bare("<h1>It works!</h1>"), {BLOCKED}),
    "iis": (
        bare(
            "<div id='container'><a href='http://go.microsoft.com/fwlink/?linkid=66138'><img src='iisstart.png' alt='IIS' width='960'></a></div>",
            "IIS Windows Server",
        ),
        {BLOCKED},
    ),
    "index-of": (
        bare(
            "<h1>Index of /</h1><ul><li><a href='cgi-bin/'>cgi-bin/</a></li><li><a href='old/'>old/</a> 2019-08-05 05:14</li></ul>",
            "Index of /",
        ),
        {BLOCKED},
    ),
    "cpanel-default": (
        bare(
            "<h1>Sorry!</h1><p>If you are the owner of this website, please contact your hosting provider: webmaster@baodongthap.vn</p><p>It is possible you have reached this page because: the IP address has changed, there has been a server misconfiguration, the site may have moved to a different server.</p>",
            "Default Web Site Page",
        ),
        {BLOCKED},
    ),
    "suspended": (
        bare(
            "<h1>Account Suspended</h1><p>This Account has been suspended. Contact your hosting provider for more information.</p>",
            "Account Suspended",
        ),
        {BLOCKED},
    ),
    "suspended-vi": (
        bare(
            "<h1>Website tạm khóa</h1><p>Tên miền này đã hết hạn hoặc chưa thanh toán phí duy trì. Vui lòng liên hệ nhà cung cấp dịch vụ.</p>",
            "Thông báo",
        ),
        {BLOCKED},
    ),
    "database": (bare("<h1>Error establishing a database connection</h1>"), {BLOCKED}),
    "mysql-warning": (
        bare(
            "<br><b>Warning</b>: mysqli_connect(): (HY000/2002): Connection refused in <b>/var/www/html/db.php</b> on line <b>12</b><br>Connection failed"
        ),
        {BLOCKED},
    ),
    "php-fatal": (
        bare(
            "<b>Fatal error</b>: Uncaught Error: Call to undefined function get_header() in /home/bdt/public_html/index.php:17 Stack trace: #0 {main} thrown in <b>/home/bdt/public_html/index.php</b>"
        ),
        {BLOCKED},
    ),
    "runtime-error": (
        bare(
            "<h1>Server Error in '/' Application.</h1><h2><i>Runtime Error</i></h2><b>Description:</b> An application error occurred on the server. The current custom error settings for this application prevent the details of the application error from being viewed remotely.<p><b>Details:</b> To enable the details of this specific error message to be viewable on remote machines, please create a &lt;customErrors&gt; tag within a web.config file.</p>",
            "Runtime Error",
        ),
        {BLOCKED},
    ),
    "yellow-screen": (
        bare(
            "<h1>Server Error in '/' Application.</h1><h2><i>Timeout expired. The timeout period elapsed prior to completion of the operation or the server is not responding.</i></h2><b>Exception Details: </b>System.Data.SqlClient.SqlException: Timeout expired.<pre>[SqlException (0x80131904): Timeout expired]</pre>",
            "Timeout expired.",
        ),
        {BLOCKED},
    ),
    "laravel": (
        bare(
            "<div class='flex-center'><div class='code'>500</div><div class='message'>Server Error</div></div>",
            "Server Error",
        ),
        {BLOCKED},
    ),
    "loi-he-thong": (
        bare("<h1>Lỗi hệ thống</h1><p>Vui lòng quay lại sau ít phút.</p>", "Lỗi hệ thống"),
        {BLOCKED},
    ),
    "loi-trong-trang": (
        site(
            "<h1>Đã xảy ra lỗi</h1><p>Hệ thống gặp sự cố trong quá trình xử lý yêu cầu của bạn.</p>",
            "Lỗi",
        ),
        {BLOCKED, FAILED},
    ),
    "loi-ket-noi": (
        site("<div class='box'>Không thể kết nối cơ sở dữ liệu. Vui lòng thử lại sau.</div>"),
        {BLOCKED, FAILED},
    ),
    "one-word": (bare("OK"), {BLOCKED}),
    "dot": (bare("<p>.</p>"), {BLOCKED}),
    "json": (
        '<html><body><pre>{"status":"error","code":500,"message":"upstream timed out"}</pre></body></html>',
        {BLOCKED},
    ),
    "empty-body": (bare("", "Báo Đồng Tháp"), {BLOCKED, FAILED}),
    # Maintenance
    "bao-tri": (
        bare("<h1>Hệ thống đang bảo trì</h1><p>Mời bạn đọc quay lại sau.</p>", "Thông báo"),
        {BLOCKED},
    ),
    "bao-tri-without-marks": (bare("<center>HE THONG DANG NANG CAP</center>"), {BLOCKED}),
    "bao-tri-with-clock-and-stamp": (
        bare(
            f"{CLOCK}<h1>Thông báo</h1><div>Cập nhật ngày: 30/11/2026 02:00:00</div><p>Trang thông tin điện tử Báo Đồng Tháp tạm ngừng hoạt động từ 22 giờ ngày 29/11 đến 6 giờ ngày 30/11/2026 để nâng cấp máy chủ và đường truyền.</p><p>Rất mong quý bạn đọc thông cảm.</p><p align=right><b>Ban Biên tập</b></p>",
            "Thông báo",
        ),
        {BLOCKED},
    ),
    "bao-tri-in-dress": (
        site(
            "<h1>Thông báo bảo trì</h1><p>Báo Đồng Tháp Online đang bảo trì máy chủ, dự kiến đến 06:00 ngày 30/11/2026.</p>",
            "Thông báo bảo trì",
        ),
        {BLOCKED},
    ),
    "coming-soon": (
        bare(
            "<h1>Coming Soon</h1><p>Our website is under construction. Stay tuned!</p><div id='countdown'>10 days</div>",
            "Coming soon",
        ),
        {BLOCKED},
    ),
    "site-moves": (
        bare(
            "<h2>Chúng tôi đang chuyển sang giao diện mới</h2><p>Xin quý độc giả quay lại sau 24 giờ.</p>",
            "Báo Đồng Tháp",
        ),
        {BLOCKED},
    ),
    "mourning": (
        bare("<img src='/quoc-tang.jpg' alt=''><p>Trang tạm dừng cập nhật.</p>", "Báo Đồng Tháp"),
        {BLOCKED},
    ),
    # Challenges
    "cookie-challenge": (
        "<html><head><script>document.cookie='D1N=4f3c2b;path=/;max-age=3600';window.location.reload();</script></head><body></body></html>",
        {BLOCKED},
    ),
    "cookie-challenge-noscript": (
        "<html><body><noscript>Please enable JavaScript to view the page content.</noscript><script>var a=toNumbers('f655ba'),b=toNumbers('983427');document.cookie='__test='+toHex(slowAES.decrypt(c,2,a,b))+'; path=/';location.href='/?i=1';</script></body></html>",
        {BLOCKED},
    ),
    "eval-challenge": (
        "<html><head><meta charset='utf-8'></head><body><script>eval(function(p,a,c,k,e,d){return p}('0 1=2;',3,3,'var|x|5'.split('|')))</script></body></html>",
        {BLOCKED},
    ),
    "cloudflare": (
        bare(
            "<h1>baodongthap.vn</h1><h2>Verifying you are human. This may take a few seconds.</h2><script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'></script>",
            "Just a moment...",
        ),
        {BLOCKED},
    ),
    "captcha": (
        bare(
            "<form><label>Nhập mã captcha để tiếp tục truy cập</label><input name='c'><button>Gửi</button></form>",
            "Xác thực",
        ),
        {BLOCKED},
    ),
    "captcha-in-dress": (
        site(
            "<h1>Xác nhận bạn không phải là người máy</h1><form><input name=c></form>", "Xác nhận"
        ),
        {BLOCKED},
    ),
    "waf": (
        bare(
            "<h1>Request Rejected</h1>The requested URL was rejected. Please consult with your administrator. Your support ID is: 1234567890",
            "Request Rejected",
        ),
        {BLOCKED},
    ),
    "rate-limit": (
        bare(
            "<h1>Bạn đã truy cập quá nhiều lần</h1><p>Vui lòng thử lại sau 60 giây.</p>",
            "Thông báo",
        ),
        {BLOCKED},
    ),
    "ip-block": (
        bare(
            "<h3>Địa chỉ IP của bạn đã bị chặn</h3><p>Liên hệ quản trị để được hỗ trợ.</p>",
            "Chặn truy cập",
        ),
        {BLOCKED},
    ),
    "age-wall": (
        bare(
            "<h1>Cookie</h1><p>Chúng tôi sử dụng cookie. Bạn phải đồng ý để tiếp tục.</p><button>Đồng ý</button>",
            "Báo Đồng Tháp",
        ),
        {BLOCKED},
    ),
    # Logins
    "login": (
        bare(
            "<form method=post><h1>Đăng nhập</h1><input name=user><input type=password name=pw><a href='/quen'>Quên mật khẩu?</a></form>",
            "Đăng nhập hệ thống",
        ),
        {BLOCKED},
    ),
    "login-form-only": (
        bare(
            "<form method=post>Tên truy cập <input name=u> Mật khẩu <input type=password name=p> <button>Vào</button></form>",
            "Báo Đồng Tháp",
        ),
        {BLOCKED},
    ),
    "captive-portal": (
        bare(
            "<h1>Chào mừng đến với Wi-Fi miễn phí</h1><p>Bấm nút để kết nối Internet.</p><form action='http://10.0.0.1/login' method=post><button>Kết nối</button></form>",
            "WiFi",
        ),
        {BLOCKED},
    ),
    "paywall": (
        bare(
            "<h1>Nội dung dành cho thuê bao</h1><p>Đăng nhập hoặc đăng ký gói để đọc tiếp.</p>",
            "Báo Đồng Tháp",
        ),
        {BLOCKED},
    ),
    # Domains
    "parked": (bare("<h1>This domain is for sale</h1><p>Buy this domain.</p>", "x"), {BLOCKED}),
    "parked-frame": (
        "<html><head><title>baodongthap.vn</title></head><frameset rows='100%,*'><frame src='http://ww1.parking.example/?d=baodongthap.vn'></frameset></html>",
        {BLOCKED},
    ),
    "parked-links": (
        bare(
            "<h1>baodongthap.vn</h1><ul>"
            + "".join(
                f"<li><a href='http://ads.example/{n}'>Vé máy bay giá rẻ {n}</a></li>"
                for n in range(12)
            )
            + "</ul><p>Related searches. The domain owner maintains no relation with third party advertisers. Privacy policy</p>",
            "baodongthap.vn - Related links",
        ),
        {BLOCKED},
    ),
    "parked-vi": (
        bare(
            "<h1>Tên miền đang được rao bán</h1><p>Liên hệ 0900 000 000 để mua tên miền này.</p>",
            "Bán tên miền",
        ),
        {BLOCKED},
    ),
    "registrar": (
        bare(
            "<p>Tên miền <b>baodongthap.vn</b> đã được đăng ký tại nhà đăng ký và chưa trỏ về máy chủ nào.</p>",
            "Tên miền đã đăng ký",
        ),
        {BLOCKED},
    ),
    "casino": (
        bare(
            "<h1>Nhà cái uy tín số 1 - Nạp rút 24/7</h1>"
            + "<p>Đăng ký ngay để nhận thưởng 100% cho lần nạp đầu tiên, chơi tài xỉu, bắn cá, lô đề trực tuyến với tỷ lệ cược cao nhất thị trường.</p>"
            * 12
            + "<a href='https://casino.example/dk'>ĐĂNG KÝ</a>",
            "Nhà cái uy tín số 1",
        ),
        {BLOCKED, FAILED},
    ),
    # Sent on
    "meta-refresh": (
        bare("", "", head="<meta http-equiv='refresh' content='0; url=/bao-tri.html'>"),
        {BLOCKED},
    ),
    "meta-refresh-words": (
        bare(
            "<p>Đang chuyển hướng, vui lòng chờ...</p>",
            "Chuyển hướng",
            head="<meta http-equiv=Refresh content='3;URL=https://baodongthap.vn/'>",
        ),
        {BLOCKED},
    ),
    "js-redirect": (
        "<html><head><script>window.location='https://baodongthap.vn/tam-ngung.html'</script></head><body></body></html>",
        {BLOCKED},
    ),
    # Not found
    "404-in-dress": (
        site(
            "<h1>Không tìm thấy trang</h1><p>Trang bạn yêu cầu không tồn tại hoặc đã bị xóa.</p>",
            "Không tìm thấy trang",
        ),
        {GONE},
    ),
    "404-lists-it": (
        site(
            "<h1>404</h1><p>Không tìm thấy nội dung bạn yêu cầu. Mời bạn xem các tin khác:</p>",
            "404 - Không tìm thấy",
            sidebar=SIDEBAR_WITH_IT,
        ),
        {GONE, FAILED},
    ),
    "404-lists-it-first": (
        site(
            f"<div class='list'><h2><a href='{ARTICLE}'>{HEADLINE}</a></h2><p>{FIRST}</p></div><h2>Trang không tồn tại</h2>",
            "Trang không tồn tại | Báo Đồng Tháp",
            sidebar=SIDEBAR_WITH_IT,
        ),
        {GONE, FAILED},
    ),
    "404-lists-it-without-words": (
        site(
            "<h1>Rất tiếc!</h1><p>Mời bạn xem tin khác.</p>",
            "Báo Đồng Tháp Online",
            sidebar=SIDEBAR_WITH_IT,
        ),
        {GONE, FAILED},
    ),
    "404-lists-it-noindex": (
        site(
            "",
            "Báo Đồng Tháp Online",
            head="<meta name='robots' content='noindex'>",
            sidebar=SIDEBAR_WITH_IT,
        ),
        {GONE, FAILED},
    ),
    "removed": (site("<div class='alert'>Bài viết đã được gỡ bỏ.</div>", HEADLINE), {GONE, FAILED}),
    "short-404": (
        bare(
            "<h1>Not Found</h1><p>The requested URL was not found on this server.</p>",
            "404 Not Found",
        ),
        {GONE, BLOCKED},
    ),
    # Shells
    "react": (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Báo Đồng Tháp</title><script defer src='/static/js/main.1a2b.js'></script></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id='root'></div></body></html>",
        {FAILED},
    ),
    "next": (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Báo Đồng Tháp điện tử</title><script src='/_next/static/chunks/main.js' async></script></head><body><div id='__next'></div><script id='__NEXT_DATA__' type='application/json'>{\"props\":{}}</script></body></html>",
        {FAILED},
    ),
    "vue-spinner": (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Báo Đồng Tháp</title></head><body><div id='app'><div class='spinner'>Đang tải...</div></div><script src='/js/app.4f2.js'></script></body></html>",
        {FAILED},
    ),
    "shell-in-dress": (
        site(
            "<article id='post-detail' data-id='71001'></article><script src='/js/detail.js'></script>",
            "Báo Đồng Tháp Online",
        ),
        {FAILED},
    ),
    "shell-with-headline": (
        site(
            f"<h1>{HEADLINE}</h1><div id='content-root'></div><script>loadArticle(71001)</script>",
            HEADLINE,
        ),
        {FAILED, GONE},
    ),
    "skeleton": (
        site(
            "<div class='skeleton'><div class='line'></div><div class='line'></div></div>",
            HEADLINE,
            head=f"<meta property='og:title' content='{HEADLINE}'>",
        ),
        {FAILED},
    ),
    "loading": (
        site(
            f"<h1>{HEADLINE}</h1><div class='date'>Cập nhật ngày: 05/08/2019 05:14:51</div><p>Đang tải nội dung, vui lòng chờ trong giây lát...</p>",
            HEADLINE,
        ),
        {FAILED},
    ),
    "loading-under-the-lead": (
        site(
            f"<h1>{HEADLINE}</h1><div class='date'>Cập nhật ngày: 05/08/2019 05:14:51</div><p><b>{FIRST}</b></p><p>Đang tải nội dung...</p>",
            HEADLINE,
        ),
        {FAILED},
    ),
    "enable-javascript": (
        site(
            f"<h1>{HEADLINE}</h1><div class='date'>Cập nhật ngày: 05/08/2019 05:14:51</div><p>Vui lòng bật JavaScript để xem nội dung bài viết này trên trình duyệt của bạn.</p>",
            HEADLINE,
        ),
        {FAILED},
    ),
    "paywall-in-dress": (
        site(
            f"<h1>{HEADLINE}</h1><div class='date'>Cập nhật ngày: 05/08/2019 05:14:51</div><p>Bạn cần đăng nhập để đọc tiếp bài viết này.</p>",
            HEADLINE,
        ),
        {FAILED, BLOCKED},
    ),
    "updating": (
        site(
            f"<h1>{HEADLINE}</h1><div class='date'>Cập nhật ngày: 05/08/2019 05:14:51</div><p>Nội dung đang được cập nhật...</p>",
            HEADLINE,
        ),
        {FAILED, BLOCKED},
    ),
    "removed-under-its-headline": (
        site(
            f"<h1>{HEADLINE}</h1><div class='date'>Cập nhật ngày: 05/08/2019 05:14:51</div><p>Bài viết này đã bị xóa hoặc không còn tồn tại.</p>",
            HEADLINE,
        ),
        {GONE},
    ),
    # Another page in its place
    "front-page": (
        site(
            "".join(
                f"<div><h3><a href='/xa-hoi/{slug}.aspx'>{name}</a></h3><p>{FIRST}</p></div>"
                for slug, name in _OTHERS
            ),
            head="<link rel='canonical' href='https://baodongthap.vn/'>",
        ),
        {GONE, FAILED},
    ),
    "front-page-without-canonical": (
        site(
            "".join(
                f"<div><h3><a href='/xa-hoi/{slug}.aspx'>{name}</a></h3><p>{FIRST}</p></div>"
                for slug, name in _OTHERS
            )
        ),
        {GONE, FAILED},
    ),
    "another-article": (
        site(
            f"<h1>Giá lúa hè thu tăng trở lại</h1><div>Cập nhật ngày: 05/08/2019 05:14:51</div><p>{SECOND}</p><p>{FIRST}</p>",
            "Giá lúa hè thu tăng trở lại",
            head="<link rel=canonical href='https://baodongthap.vn/kinh-te/gia-lua-he-thu-tang-84086.aspx'>",
        ),
        {FAILED},
    ),
    "another-article-by-form": (
        site(
            f"<form method=post action='./gia-lua-he-thu-tang-84086.aspx'><h1>Giá lúa hè thu tăng trở lại</h1><div>Cập nhật ngày: 05/08/2019 05:14:51</div><p>{SECOND}</p><p>{FIRST}</p></form>",
            "Giá lúa hè thu tăng trở lại",
        ),
        {FAILED},
    ),
    "another-article-by-number": (
        site(
            f"<input type=hidden name='txtnewsid' value='84086'><h1>Giá lúa hè thu tăng trở lại</h1><div>Cập nhật ngày: 05/08/2019 05:14:51</div><p>{SECOND}</p><p>{FIRST}</p>",
            "Giá lúa hè thu tăng trở lại",
        ),
        {FAILED},
    ),
    "another-article-by-share": (
        site(
            f"<h1>Giá lúa hè thu tăng trở lại</h1><div>Cập nhật ngày: 05/08/2019 05:14:51</div><p>{SECOND}</p><p>{FIRST}</p><a href='https://www.facebook.com/sharer.php?u=https%3A%2F%2Fbaodongthap.vn%2Fkinh-te%2Fgia-lua-he-thu-tang-84086.aspx'>Chia sẻ</a>",
            "Giá lúa hè thu tăng trở lại",
        ),
        {FAILED},
    ),
    "letters-lost": (
        site(
            f"<h1>{HEADLINE}</h1><div>C?p nh?t ngày: 05/08/2019 05:14:51</div>"
            + "".join(
                f"<p>{''.join(c if ord(c) < 128 else '?' for c in text)}</p>"
                for text in (FIRST, SECOND)
            ),
            HEADLINE,
        ),
        {FAILED},
    ),
    "contact-page": (
        site(
            "<h1>Liên hệ tòa soạn</h1><p>Địa chỉ: 12 đường Lê Duẩn, phường Mỹ Phú, TP Cao Lãnh, tỉnh Đồng Tháp. Điện thoại: 0277 3851 234.</p><p>Thư điện tử: toasoan@baodongthap.vn. Đường dây nóng: 0913 000 000.</p>",
            "Liên hệ",
        ),
        {FAILED, GONE, BLOCKED},
    ),
    "search-page": (
        site("<h1>Kết quả tìm kiếm</h1><p>Tìm thấy 0 kết quả cho từ khóa.</p>", "Tìm kiếm"),
        {FAILED, GONE},
    ),
}

_SAPO = f"<span class='date'>Cập nhật ngày: 05/08/2019 05:14:51</span><p class='sapo'>{FIRST}</p>"
_WIDGETS = (
    "<div>Thời tiết Cao Lãnh 31 độ, có mưa rào và dông vài nơi, độ ẩm 80 phần trăm.</div>"
    "<div>Giá vàng SJC hôm nay mua vào 82,5 triệu đồng mỗi lượng, bán ra 84,5 triệu đồng.</div>"
    "<div>Kết quả xổ số kiến thiết Đồng Tháp: giải đặc biệt 012345, giải nhất 67890.</div>"
)


def _list_of_newest(tag: str, address: str) -> str:
    """A sidebar that lists the article that was asked for, with its opening, and two others."""
    named = ((address, HEADLINE), *((f"/xa-hoi/{slug}.aspx", name) for slug, name in _OTHERS[:2]))
    entries = (
        f"<div class='item'><{tag}><a href='{url}'>{name}</a></{tag.split()[0]}>{_SAPO}</div>"
        for url, name in named
    )
    return f"<div class='right'>{''.join(entries)}</div>{_WIDGETS}"


#: A page for what is not found, of full size, whose sidebar lists the article: (address, page).
LISTED_ONLY = [
    (address, site(said, title, sidebar=_list_of_newest(tag, address)))
    for address in (
        ARTICLE,
        "https://www.baodongthap.vn/xa-hoi/202510/cho-noi-cai-be-vao-mua-nuoc-noi-1050912",
        "https://baodongthap.vn/cho-noi-cai-be-vao-mua-nuoc-noi-a236888.html",
    )
    for tag in ("h1", "h2", "h4", "div class='title'")
    for said, title in (
        ("<h1>Không tìm thấy nội dung</h1>", "Báo Đồng Tháp Online"),
        ("<div class='contentView'></div>", HEADLINE),
        ("<h1>Báo Đồng Tháp Online</h1>", "Không tìm thấy - Báo Đồng Tháp"),
    )
]


def article(
    headline: str = HEADLINE,
    *texts: str,
    signed: str = "Hữu Nghĩa",
    head: str = "",
    title: str | None = None,
) -> str:
    """A page of generation A, in the dress of the paper."""
    text = "".join(f"<p>{each}</p>" for each in (texts or (FIRST, SECOND)))
    return site(
        f"<div class='contentView'><h1>{headline}</h1><div class='date'><span>Cập nhật ngày: 05/08/2019 05:14:51</span></div>"
        f"{text}<p style='text-align:right'><b>{signed}</b></p></div><div>Gửi bình luận của bạn</div>",
        title or headline,
        head=head,
    )


def at(slug: str) -> str:
    """The address of an article."""
    return f"https://baodongthap.vn/xa-hoi/{slug}-71001.aspx"


_CANONICAL = f"<link rel='canonical' href='{ARTICLE}'>"

#: name → (address, page, headline). All are articles.
GOOD: dict[str, tuple[str, str, str]] = {
    "plain": (ARTICLE, article(), HEADLINE),
    "maintenance": (
        at("website-cua-huyen-dang-nang-cap"),
        article(
            "Website của huyện đang nâng cấp",
            "Trang web đang nâng cấp, người dân không nộp được hồ sơ trực tuyến suốt ba ngày qua, nhiều người phải đến tận nơi.",
        ),
        "Website của huyện đang nâng cấp",
    ),
    "bao-tri": (
        at("bao-tri-cau-my-thuan-trong-ba-dem"),
        article(
            "Bảo trì cầu Mỹ Thuận trong ba đêm",
            "Từ đêm nay, cầu Mỹ Thuận được bảo trì, xe tải đi theo đường tránh.",
        ),
        "Bảo trì cầu Mỹ Thuận trong ba đêm",
    ),
    "bao-tri-edited-headline": (
        at("cau-my-thuan-sua-trong-ba-dem"),
        article(
            "Bảo trì cầu Mỹ Thuận",
            "Từ đêm nay, cầu Mỹ Thuận được bảo trì, xe tải đi theo đường tránh theo hướng dẫn của cảnh sát.",
            SECOND,
        ),
        "Bảo trì cầu Mỹ Thuận",
    ),
    "captcha": (
        at("canh-bao-lua-dao-bang-captcha-gia"),
        article(
            "Cảnh báo lừa đảo bằng captcha giả",
            "Kẻ gian dựng trang web giả, yêu cầu người dùng xác nhận không phải người máy rồi cài mã độc.",
        ),
        "Cảnh báo lừa đảo bằng captcha giả",
    ),
    "parked-domain": (
        at("ten-mien-het-han-bi-rao-ban"),
        article(
            "Tên miền hết hạn bị rao bán",
            "Nhiều tên miền .vn hết hạn, bị rao bán với giá hàng trăm triệu đồng; this domain is for sale là dòng chữ quen thuộc.",
        ),
        "Tên miền hết hạn bị rao bán",
    ),
    "404": (at("them-404-ca-mac-moi"), article("Thêm 404 ca mắc mới"), "Thêm 404 ca mắc mới"),
    "not-found": (
        at("khong-tim-thay-nan-nhan-vu-chim-ghe"),
        article("Không tìm thấy nạn nhân vụ chìm ghe"),
        "Không tìm thấy nạn nhân vụ chìm ghe",
    ),
    "login": (
        at("dang-nhap-dich-vu-cong-bang-vneid"),
        article(
            "Đăng nhập dịch vụ công bằng VNeID",
            "Từ ngày 1/7, người dân đăng nhập dịch vụ công bằng tài khoản VNeID; ai quên mật khẩu đến công an xã.",
        ),
        "Đăng nhập dịch vụ công bằng VNeID",
    ),
    "suspended": (
        at("tam-dung-hoat-dong-ben-pha"),
        article("Tạm dừng hoạt động bến phà", "Bến phà tạm dừng hoạt động từ 22 giờ đến 4 giờ."),
        "Tạm dừng hoạt động bến phà",
    ),
    "system-error": (
        at("loi-he-thong-ve-tau-tet"),
        article("Lỗi hệ thống, hàng nghìn người không mua được vé tàu Tết"),
        "Lỗi hệ thống, hàng nghìn người không mua được vé tàu Tết",
    ),
    "overload": (
        at("he-thong-qua-tai-ngay-mo-ban"),
        article(
            "Hệ thống quá tải ngày mở bán",
            "Hệ thống đang quá tải, vui lòng thử lại sau - dòng chữ hiện lên suốt buổi sáng trên máy của người mua vé.",
        ),
        "Hệ thống quá tải ngày mở bán",
    ),
    "tiny": (
        at("so-dien-thoai-duong-day-nong"),
        article("Số điện thoại đường dây nóng", "Đường dây nóng của Công an tỉnh: 069 3620 100."),
        "Số điện thoại đường dây nóng",
    ),
    "tiny-unsigned": (
        at("ngay-mai-cup-nuoc-phuong-1"),
        article(
            "Ngày mai cúp nước phường 1",
            "Phường 1 cúp nước từ 8 giờ đến 16 giờ ngày mai.",
            signed="BBT",
        ),
        "Ngày mai cúp nước phường 1",
    ),
    "edited-headline": (
        ARTICLE,
        article("Cá linh đầu mùa về sớm, dân thương hồ phấn khởi", head=_CANONICAL),
        "Cá linh đầu mùa về sớm, dân thương hồ phấn khởi",
    ),
    "edited-headline-unproved": (
        ARTICLE,
        article("Cá linh đầu mùa về sớm, dân thương hồ phấn khởi"),
        "Cá linh đầu mùa về sớm, dân thương hồ phấn khởi",
    ),
    "edited-headline-by-number": (
        ARTICLE,
        article(
            "Cá linh đầu mùa về sớm, dân thương hồ phấn khởi",
            FIRST,
            f"{SECOND}<input type=hidden id=txtnewsid value=71001>",
        ),
        "Cá linh đầu mùa về sớm, dân thương hồ phấn khởi",
    ),
    "kicker": (
        at("chung-suc-vi-nguoi-ngheo-trao-50-can-nha"),
        article("<span class=kicker>Chung sức vì người nghèo</span><br>Trao 50 căn nhà"),
        "Trao 50 căn nhà",
    ),
    "numbers": (
        at("ket-qua-xo-so-ngay-5-8"),
        article(
            "Kết quả xổ số ngày 5/8",
            "Giải đặc biệt: 012345. Giải nhất: 67890. Giải nhì: 13579.",
            "Giải ba: 11223, 44556.",
        ),
        "Kết quả xổ số ngày 5/8",
    ),
    "questions": (
        at("vi-sao-ca-linh-ve-som"),
        article(
            "Vì sao cá linh về sớm?",
            'Cá linh về sớm, vì sao? Ở đâu nhiều nhất? Bao giờ hết mùa? Ông Ba hỏi rồi tự trả lời: "Nước lên sớm chứ sao?"',
            SECOND,
        ),
        "Vì sao cá linh về sớm?",
    ),
    "moved-canonical": (
        "https://baodongthap.vn/newsdetails/1D3FE18E535/Cho_noi_Cai_Be_vao_mua_nuoc_noi.aspx",
        article(
            head="<link rel='canonical' href='https://baodongthap.vn/cho-noi-cai-be-vao-mua-nuoc-noi-a236888.html'>"
        ),
        HEADLINE,
    ),
    "old-canonical-of-home": (
        ARTICLE,
        article(head="<link rel='canonical' href='https://baodongthap.vn/'>"),
        HEADLINE,
    ),
    "own-link-headline": (ARTICLE, article(f"<a href='{ARTICLE}'>{HEADLINE}</a>"), HEADLINE),
    "own-link-headline-with-related": (
        ARTICLE,
        article(f"<a href='{ARTICLE}'>{HEADLINE}</a>").replace(
            "<aside>", f"<div class='related'>{SIDEBAR}</div><aside>"
        ),
        HEADLINE,
    ),
    "flash": (
        at("chay-cho-hong-ngu-luc-rang-sang"),
        article(
            "Cháy chợ Hồng Ngự lúc rạng sáng",
            "Khoảng 4 giờ sáng nay, chợ Hồng Ngự bốc cháy dữ dội. Nội dung đang được cập nhật.",
        ),
        "Cháy chợ Hồng Ngự lúc rạng sáng",
    ),
    "refreshing": (ARTICLE, article(head="<meta http-equiv='refresh' content='600'>"), HEADLINE),
    "refreshing-itself": (
        ARTICLE,
        article(head=f"<meta http-equiv='refresh' content='900;url={ARTICLE}'>"),
        HEADLINE,
    ),
    "login-box-in-header": (
        ARTICLE,
        article().replace(
            "<main>",
            "<form><input name=u><input type=password name=p><a href='/q'>Quên mật khẩu</a></form><main>",
        ),
        HEADLINE,
    ),
    "cookie-banner": (
        ARTICLE,
        article().replace(
            "<main>", "<div class='cookie'>Chúng tôi sử dụng cookie. Bạn đồng ý?</div><main>"
        ),
        HEADLINE,
    ),
    "scripts-with-cookies": (
        ARTICLE,
        article(head="<script>document.cookie='v=1';if(0)window.location.reload();</script>"),
        HEADLINE,
    ),
    "noscript": (
        ARTICLE,
        article().replace(
            "<main>", "<noscript>Please enable JavaScript and cookies to continue</noscript><main>"
        ),
        HEADLINE,
    ),
    "maintenance-in-sidebar": (
        ARTICLE,
        article().replace(
            "<aside>", "<aside><h2>Hệ thống đang bảo trì tổng đài, xin gọi 0277 3851 234</h2>"
        ),
        HEADLINE,
    ),
}
