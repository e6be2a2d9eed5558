"""Pages of kinds that no generator composes: poems, results, notices, galleries. Written by hand,
expectations first, without a look at how the extraction reads them.
"""

# ruff: noqa: E501 - markup and sentences on one line each

from __future__ import annotations

from dataclasses import dataclass
from html import escape

CANAL = "Sáng 12/2, chiếc ghe hàng bông cuối cùng rời bến chợ Cao Lãnh, mang theo dưa hấu, cúc mâm xôi và tiếng rao đã thành nếp của một dòng sông."
SCHOOL = "Trường Tiểu học Tân Bình vừa khánh thành 8 phòng học mới, kinh phí gần 6 tỷ đồng, kịp cho 312 học sinh trở lại lớp sau Tết."
LAST = "Bà con cho biết sẽ giữ gìn những gì đã có, và mong con đường về xã sớm được nâng cấp để ghe xe đi lại thuận tiện hơn."
MORE = "Theo ông Trần Văn Lợi, Chủ tịch UBND xã, việc này kéo dài từ tháng 8 năm ngoái, do nước về muộn và giá vật liệu tăng gần 15%."


@dataclass(frozen=True)
class Written:
    """One page by hand: what stands between lead and tail, and what the Article must say."""

    name: str
    title: str
    html: str
    body: tuple[str, ...]
    byline: str | None = None
    captions: tuple[str | None, ...] = ()
    family: str = "C"
    section: str = "xa-hoi"
    kicker: str | None = None


def _p(*texts: str) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def _right(name: str) -> str:
    return f'<p style="text-align:right"><strong>{name}</strong></p>'


def _pic(name: str, caption: str = "") -> str:
    image = f'<img src="/image/ckeditor/2026/20260212/files/{name}.jpg" width="640">'
    return f'<p style="text-align:center">{image}{f"<br><em>{caption}</em>" if caption else ""}</p>'


PAGES: tuple[Written, ...] = (
    Written(
        "poem-breaks",
        "Chiều phương Nam",
        "<p>Con nước ròng ôm bãi lở<br>Bìm bịp kêu nhắc ai về<br>Khói đốt đồng bay theo gió<br>Thơm mùi rạ mới chân quê</p>"
        "<p>Má ngồi vá lại mùa cũ<br>Đường kim theo sợi nắng dài<br>Con đi chín sông mười bến<br>Chưa qua hết một bàn tay</p>"
        + _right("LÊ TRÚC KHANH"),
        (
            "Con nước ròng ôm bãi lở",
            "Bìm bịp kêu nhắc ai về",
            "Khói đốt đồng bay theo gió",
            "Thơm mùi rạ mới chân quê",
            "Má ngồi vá lại mùa cũ",
            "Đường kim theo sợi nắng dài",
            "Con đi chín sông mười bến",
            "Chưa qua hết một bàn tay",
        ),
        "LÊ TRÚC KHANH",
        section="van-hoa",
    ),
    Written(
        "poem-quoted",
        "Câu hò trên bến Bắc",
        _p(CANAL, "Người dân xứ này còn nhớ câu hò:")
        + "<p><em>Hò ơ… Đèn Sa Đéc ngọn xanh ngọn đỏ<br>Đèn Cao Lãnh ngọn tỏ ngọn lu</em></p>"
        + _p(LAST)
        + _right("Hữu Nghĩa"),
        (
            CANAL,
            "Người dân xứ này còn nhớ câu hò:",
            "Hò ơ… Đèn Sa Đéc ngọn xanh ngọn đỏ",
            "Đèn Cao Lãnh ngọn tỏ ngọn lu",
            LAST,
        ),
        "Hữu Nghĩa",
    ),
    Written(
        "results-list",
        "Kết quả ngày thi đấu thứ hai giải bóng đá nông dân",
        _p(
            "Chiều 11/2, giải bóng đá nông dân tranh cúp Hạt Gạo Hồng bước vào ngày thi đấu thứ hai với bốn trận đấu sôi nổi.",
            "Kết quả cụ thể:",
        )
        + "<ul><li>Tam Nông - Thanh Bình: 2-1</li><li>Lai Vung - Lấp Vò: 0-0</li><li>Tháp Mười - Hồng Ngự: 3-3</li><li>Cao Lãnh - Sa Đéc: 1-4</li></ul>"
        + _p("Ngày mai, giải nghỉ một ngày để các đội di chuyển về sân vận động huyện Tam Nông.")
        + _right("MỸ LÝ"),
        (
            "Chiều 11/2, giải bóng đá nông dân tranh cúp Hạt Gạo Hồng bước vào ngày thi đấu thứ hai với bốn trận đấu sôi nổi.",
            "Kết quả cụ thể:",
            "Tam Nông - Thanh Bình: 2-1",
            "Lai Vung - Lấp Vò: 0-0",
            "Tháp Mười - Hồng Ngự: 3-3",
            "Cao Lãnh - Sa Đéc: 1-4",
            "Ngày mai, giải nghỉ một ngày để các đội di chuyển về sân vận động huyện Tam Nông.",
        ),
        "MỸ LÝ",
        section="the-thao",
    ),
    Written(
        "results-scores-alone",
        "Sa Đéc vào chung kết sau loạt đá luân lưu",
        _p("Trận bán kết giữa Sa Đéc và Cao Lãnh kết thúc sau 120 phút với tỷ số:")
        + '<p align="center"><strong>2 - 2</strong></p>'
        + _p("Ở loạt luân lưu, tỷ số là")
        + '<p align="center"><b>5-4</b></p>'
        + _p(LAST)
        + _right("Dương Út"),
        (
            "Trận bán kết giữa Sa Đéc và Cao Lãnh kết thúc sau 120 phút với tỷ số:",
            "2 - 2",
            "Ở loạt luân lưu, tỷ số là",
            "5-4",
            LAST,
        ),
        "Dương Út",
        section="the-thao",
    ),
    Written(
        "standings-table",
        "Bảng xếp hạng sau vòng 3",
        _p(
            "Sau ba vòng đấu, đội Tháp Mười tạm dẫn đầu bảng nhờ hơn đội Tam Nông ở hiệu số bàn thắng bại."
        )
        + "<table class='table'><tr><th>TT</th><th>Đội</th><th>Trận</th><th>HS</th><th>Điểm</th></tr><tr><td>1</td><td>Tháp Mười</td><td>3</td><td>+4</td><td>7</td></tr><tr><td>2</td><td>Tam Nông</td><td>3</td><td>+2</td><td>7</td></tr><tr><td>3</td><td>Lấp Vò</td><td>3</td><td>-1</td><td>3</td></tr></table>"
        + _p(LAST)
        + _right("Mỹ Lý"),
        (
            "Sau ba vòng đấu, đội Tháp Mười tạm dẫn đầu bảng nhờ hơn đội Tam Nông ở hiệu số bàn thắng bại.",
            "TT | Đội | Trận | HS | Điểm",
            "1 | Tháp Mười | 3 | +4 | 7",
            "2 | Tam Nông | 3 | +2 | 7",
            "3 | Lấp Vò | 3 | -1 | 3",
            LAST,
        ),
        "Mỹ Lý",
        section="the-thao",
    ),
    Written(
        "obituary",
        "Tin buồn",
        _p("Ban Thường vụ Huyện ủy, UBND huyện Thanh Bình và gia đình vô cùng thương tiếc báo tin:")
        + '<p style="text-align:center"><strong>Đồng chí NGUYỄN VĂN BẢY</strong></p>'
        + _p(
            "Sinh năm: 1931",
            "Quê quán: xã Tân Long, huyện Thanh Bình, tỉnh Đồng Tháp.",
            "Huy hiệu 60 năm tuổi Đảng.",
            "Đã từ trần lúc 5 giờ 20 phút, ngày 10/2/2026, hưởng thọ 96 tuổi.",
            "Lễ viếng bắt đầu lúc 8 giờ ngày 11/2/2026 tại nhà riêng.",
            "Lễ truy điệu lúc 7 giờ ngày 13/2/2026.",
        ),
        (
            "Ban Thường vụ Huyện ủy, UBND huyện Thanh Bình và gia đình vô cùng thương tiếc báo tin:",
            "Đồng chí NGUYỄN VĂN BẢY",
            "Sinh năm: 1931",
            "Quê quán: xã Tân Long, huyện Thanh Bình, tỉnh Đồng Tháp.",
            "Huy hiệu 60 năm tuổi Đảng.",
            "Đã từ trần lúc 5 giờ 20 phút, ngày 10/2/2026, hưởng thọ 96 tuổi.",
            "Lễ viếng bắt đầu lúc 8 giờ ngày 11/2/2026 tại nhà riêng.",
            "Lễ truy điệu lúc 7 giờ ngày 13/2/2026.",
        ),
        None,
    ),
    Written(
        "thanks",
        "Lời cảm tạ",
        _p(
            "Gia đình chúng tôi xin chân thành cảm ơn lãnh đạo các cấp, bà con cô bác gần xa đã đến phúng viếng, tiễn đưa người thân chúng tôi đến nơi an nghỉ cuối cùng.",
            "Trong lúc tang gia bối rối, không tránh khỏi điều sơ suất, kính mong quý vị niệm tình tha thứ.",
        )
        + '<p align="right"><strong>TM. GIA ĐÌNH<br>Trưởng nam NGUYỄN VĂN TÁM</strong></p>',
        (
            "Gia đình chúng tôi xin chân thành cảm ơn lãnh đạo các cấp, bà con cô bác gần xa đã đến phúng viếng, tiễn đưa người thân chúng tôi đến nơi an nghỉ cuối cùng.",
            "Trong lúc tang gia bối rối, không tránh khỏi điều sơ suất, kính mong quý vị niệm tình tha thứ.",
            "TM. GIA ĐÌNH Trưởng nam NGUYỄN VĂN TÁM",
        ),
        None,
    ),
    Written(
        "prices",
        "Giá nông sản ngày 12/2/2026",
        _p(
            "Giá nông sản tại các chợ đầu mối trong tỉnh sáng nay biến động nhẹ, trái cây tăng, rau màu giảm từ 500 đến 2.000 đồng mỗi ký."
        )
        + "<table border=1><thead><tr><td><b>Mặt hàng</b></td><td><b>ĐVT</b></td><td><b>Giá (đồng)</b></td></tr></thead><tbody><tr><td>Xoài cát Hòa Lộc</td><td>kg</td><td>65.000</td></tr><tr><td>Quýt hồng</td><td>kg</td><td>48.000 - 52.000</td></tr><tr><td>Cá lóc</td><td>kg</td><td>41.500</td></tr></tbody></table>"
        + "<p><em>(Nguồn: Sở Công Thương)</em></p>",
        (
            "Giá nông sản tại các chợ đầu mối trong tỉnh sáng nay biến động nhẹ, trái cây tăng, rau màu giảm từ 500 đến 2.000 đồng mỗi ký.",
            "Mặt hàng | ĐVT | Giá (đồng)",
            "Xoài cát Hòa Lộc | kg | 65.000",
            "Quýt hồng | kg | 48.000 - 52.000",
            "Cá lóc | kg | 41.500",
        ),
        "(Nguồn: Sở Công Thương)",
        section="kinh-te",
    ),
    Written(
        "auction-notice",
        "Thông báo bán đấu giá tài sản",
        _p(
            "Trung tâm Dịch vụ đấu giá tài sản tỉnh Đồng Tháp thông báo bán đấu giá tài sản thi hành án sau đây:",
            "1. Quyền sử dụng đất diện tích 1.204m2, thửa 56, tờ bản đồ số 12, xã Mỹ An Hưng B.",
            "2. Giá khởi điểm: 1.850.000.000 đồng (một tỷ tám trăm năm mươi triệu đồng).",
            "3. Tiền đặt trước: 20% giá khởi điểm.",
            "Liên hệ: số 12 đường Nguyễn Huệ, phường 1, TP.Cao Lãnh. Điện thoại: 0277 3851 234.",
        ),
        (
            "Trung tâm Dịch vụ đấu giá tài sản tỉnh Đồng Tháp thông báo bán đấu giá tài sản thi hành án sau đây:",
            "1. Quyền sử dụng đất diện tích 1.204m2, thửa 56, tờ bản đồ số 12, xã Mỹ An Hưng B.",
            "2. Giá khởi điểm: 1.850.000.000 đồng (một tỷ tám trăm năm mươi triệu đồng).",
            "3. Tiền đặt trước: 20% giá khởi điểm.",
            "Liên hệ: số 12 đường Nguyễn Huệ, phường 1, TP.Cao Lãnh. Điện thoại: 0277 3851 234.",
        ),
        None,
        family="A",
    ),
    Written(
        "decree",
        "Quy định mới về hỗ trợ học nghề cho lao động nông thôn",
        _p(
            "UBND tỉnh vừa ban hành Quyết định số 05/2026/QĐ-UBND quy định chính sách hỗ trợ đào tạo nghề cho lao động nông thôn trên địa bàn tỉnh."
        )
        + "<p><strong>Điều 1. Phạm vi điều chỉnh</strong></p><p>1. Quyết định này quy định mức hỗ trợ chi phí đào tạo, tiền ăn và tiền đi lại.</p><p>2. Đối tượng áp dụng:</p><p>a) Người thuộc hộ nghèo;</p><p>b) Người khuyết tật;</p><p>c) Lao động nữ bị mất việc làm.</p><p><strong>Điều 2. Hiệu lực thi hành</strong></p><p>Quyết định này có hiệu lực kể từ ngày 01/3/2026./.</p>"
        '<table style="width:100%"><tr><td style="width:50%"><b><i>Nơi nhận:</i></b><br>- Như Điều 2;<br>- Lưu: VT.</td><td style="text-align:center"><b>TM. ỦY BAN NHÂN DÂN</b><br><b>CHỦ TỊCH</b></td></tr></table>',
        (
            "UBND tỉnh vừa ban hành Quyết định số 05/2026/QĐ-UBND quy định chính sách hỗ trợ đào tạo nghề cho lao động nông thôn trên địa bàn tỉnh.",
            "Điều 1. Phạm vi điều chỉnh",
            "1. Quyết định này quy định mức hỗ trợ chi phí đào tạo, tiền ăn và tiền đi lại.",
            "2. Đối tượng áp dụng:",
            "a) Người thuộc hộ nghèo;",
            "b) Người khuyết tật;",
            "c) Lao động nữ bị mất việc làm.",
            "Điều 2. Hiệu lực thi hành",
            "Quyết định này có hiệu lực kể từ ngày 01/3/2026./.",
            "Nơi nhận:",
            "- Như Điều 2;",
            "- Lưu: VT.",
            "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH",
        ),
        None,
        section="chinh-tri",
    ),
    Written(
        "gallery",
        "Chợ hoa ngày giáp Tết",
        _p(CANAL)
        + "".join(
            _pic(f"g{n}", text)
            for n, text in enumerate(
                (
                    "Những chậu mai vàng đầu tiên lên bờ",
                    "Trẻ con theo mẹ đi chợ hoa",
                    "Người bán hoa tranh thủ chợp mắt",
                    "Ghe hoa nối đuôi nhau trên sông Tiền",
                    "Đêm cuối cùng của chợ hoa",
                )
            )
        )
        + "<p align=right>Chùm ảnh: <b>THANH MINH</b></p>",
        (CANAL,),
        "Chùm ảnh: THANH MINH",
        (
            "Những chậu mai vàng đầu tiên lên bờ",
            "Trẻ con theo mẹ đi chợ hoa",
            "Người bán hoa tranh thủ chợp mắt",
            "Ghe hoa nối đuôi nhau trên sông Tiền",
            "Đêm cuối cùng của chợ hoa",
        ),
        section="van-hoa-nghe-thuat",
    ),
    Written(
        "gallery-figures-in-row",
        "Những cây cầu nông thôn",
        _p(SCHOOL)
        + '<div class="gallery row"><div class="col-6"><figure><img src="/files/c1.jpg"><figcaption>Cầu Rạch Giồng khi mới khởi công</figcaption></figure></div><div class="col-6"><figure><img src="/files/c2.jpg"><figcaption>Và ngày thông xe</figcaption></figure></div></div>'
        + _p(MORE, LAST)
        + _right("Văn Đấu"),
        (SCHOOL, MORE, LAST),
        "Văn Đấu",
        ("Cầu Rạch Giồng khi mới khởi công", "Và ngày thông xe"),
    ),
    Written(
        "video",
        "Video: Đàn sếu trở lại Tràm Chim",
        '<div class="video-player"><video controls poster="/files/seu.jpg"><source src="https://cdn2.baodongthap.vn/video/seu.mp4" type="video/mp4"></video></div>'
        + _p(
            "Bốn cá thể sếu đầu đỏ được ghi nhận tại phân khu A5 Vườn Quốc gia Tràm Chim vào sáng 10/2, sau bốn năm vắng bóng."
        )
        + _right("Thực hiện: DŨNG CHINH"),
        (
            "Bốn cá thể sếu đầu đỏ được ghi nhận tại phân khu A5 Vườn Quốc gia Tràm Chim vào sáng 10/2, sau bốn năm vắng bóng.",
        ),
        "Thực hiện: DŨNG CHINH",
        section="khoa-hoc",
    ),
    Written(
        "interview-bold",
        "“Muốn đi xa phải đi cùng nhau”",
        _p(SCHOOL)
        + "<p><strong>P.V: Thưa ông, kinh nghiệm nào giúp xã hoàn thành trước hạn?</strong></p><p><strong>Ông Trần Văn Lợi:</strong> Chúng tôi bắt đầu từ việc nhỏ nhất, mỗi ấp một việc, mỗi tháng một lần họp dân.</p><p><em><strong>- Còn khó khăn?</strong></em></p><p>- Vốn và con người. Nhưng khó nhất vẫn là giữ được niềm tin.</p><p><strong>P.V:</strong> <strong>Xin cảm ơn ông!</strong></p><p style='text-align:right'><strong>NHẬT NAM</strong> (thực hiện)</p>",
        (
            SCHOOL,
            "P.V: Thưa ông, kinh nghiệm nào giúp xã hoàn thành trước hạn?",
            "Ông Trần Văn Lợi: Chúng tôi bắt đầu từ việc nhỏ nhất, mỗi ấp một việc, mỗi tháng một lần họp dân.",
            "- Còn khó khăn?",
            "- Vốn và con người. Nhưng khó nhất vẫn là giữ được niềm tin.",
            "P.V: Xin cảm ơn ông!",
        ),
        "NHẬT NAM (thực hiện)",
    ),
    Written(
        "questions-numbered",
        "Hỏi đáp về bảo hiểm y tế học sinh",
        "<p><b>Hỏi:</b> Con tôi học lớp 5, mua bảo hiểm y tế ở trường hay ở xã?</p><p><b>Đáp:</b> Theo quy định hiện hành, học sinh tham gia theo nhóm tại nhà trường, mức đóng bằng 4,5% mức lương cơ sở.</p><p><b>Hỏi:</b> Có được hỗ trợ không?</p><p><b>Đáp:</b> Ngân sách nhà nước hỗ trợ tối thiểu 50% mức đóng từ ngày 01/11/2025.</p>"
        + _right("BHXH TỈNH ĐỒNG THÁP"),
        (
            "Hỏi: Con tôi học lớp 5, mua bảo hiểm y tế ở trường hay ở xã?",
            "Đáp: Theo quy định hiện hành, học sinh tham gia theo nhóm tại nhà trường, mức đóng bằng 4,5% mức lương cơ sở.",
            "Hỏi: Có được hỗ trợ không?",
            "Đáp: Ngân sách nhà nước hỗ trợ tối thiểu 50% mức đóng từ ngày 01/11/2025.",
        ),
        "BHXH TỈNH ĐỒNG THÁP",
    ),
    Written(
        "power-cuts",
        "Lịch cắt điện từ ngày 16 đến 20/2",
        _p(
            "Để bảo trì lưới điện, Công ty Điện lực thông báo tạm ngừng cung cấp điện tại một số khu vực như sau:"
        )
        + "<p><strong>* Ngày 16/2/2026</strong></p><p>- Từ 7 giờ 30 đến 11 giờ: ấp 1, ấp 2, xã Gáo Giồng.</p><p>- Từ 13 giờ đến 16 giờ 30: khóm Mỹ Thuận, phường Mỹ Phú.</p><p><strong>* Ngày 18/2/2026</strong></p><p>- Từ 8 giờ đến 17 giờ: toàn xã Ba Sao.</p>"
        + _p("Mọi thắc mắc xin liên hệ tổng đài 19001006."),
        (
            "Để bảo trì lưới điện, Công ty Điện lực thông báo tạm ngừng cung cấp điện tại một số khu vực như sau:",
            "* Ngày 16/2/2026",
            "- Từ 7 giờ 30 đến 11 giờ: ấp 1, ấp 2, xã Gáo Giồng.",
            "- Từ 13 giờ đến 16 giờ 30: khóm Mỹ Thuận, phường Mỹ Phú.",
            "* Ngày 18/2/2026",
            "- Từ 8 giờ đến 17 giờ: toàn xã Ba Sao.",
            "Mọi thắc mắc xin liên hệ tổng đài 19001006.",
        ),
        None,
    ),
    Written(
        "several-items",
        "Tin vắn ngày 12/2",
        "<p><strong>* Thanh Bình:</strong> Sáng nay, Huyện đoàn ra quân trồng 1.200 cây xanh dọc tuyến đường vào khu công nghiệp.</p><p><strong>* Lấp Vò:</strong> Hội Chữ thập đỏ trao 86 phần quà cho hộ nghèo xã Định An, mỗi phần trị giá 500 ngàn đồng.</p><p><strong>* Tháp Mười:</strong> Khai mạc lớp tập huấn trồng sen lấy gương cho 40 nông dân.</p>"
        + _right("T.N - L.T"),
        (
            "* Thanh Bình: Sáng nay, Huyện đoàn ra quân trồng 1.200 cây xanh dọc tuyến đường vào khu công nghiệp.",
            "* Lấp Vò: Hội Chữ thập đỏ trao 86 phần quà cho hộ nghèo xã Định An, mỗi phần trị giá 500 ngàn đồng.",
            "* Tháp Mười: Khai mạc lớp tập huấn trồng sen lấy gương cho 40 nông dân.",
        ),
        "T.N - L.T",
    ),
    Written(
        "blockquote",
        "Người giữ hồn làng chiếu",
        _p(CANAL, MORE)
        + "<blockquote><p>Tôi dệt từ năm mười hai tuổi, tới nay mắt đã mờ mà tay vẫn nhớ.</p><p>- Bà Sáu Lành, 78 tuổi</p></blockquote>"
        + _p(LAST)
        + _right("Trọng Trung"),
        (
            CANAL,
            MORE,
            "Tôi dệt từ năm mười hai tuổi, tới nay mắt đã mờ mà tay vẫn nhớ.",
            "- Bà Sáu Lành, 78 tuổi",
            LAST,
        ),
        "Trọng Trung",
    ),
    Written(
        "side-box",
        "Sen hồng lên phố",
        _p(CANAL)
        + '<table align="right" border="1" cellpadding="5" style="width:250px;background:#eee"><tbody><tr><td><p><strong>Số liệu</strong></p><p>Toàn tỉnh có 1.838ha sen, tập trung ở Tháp Mười và Cao Lãnh, cho thu hoạch quanh năm theo nhiều vụ khác nhau.</p></td></tr></tbody></table>'
        + _p(MORE, LAST)
        + _right("Thành Nguyễn"),
        (
            CANAL,
            "Số liệu",
            "Toàn tỉnh có 1.838ha sen, tập trung ở Tháp Mười và Cao Lãnh, cho thu hoạch quanh năm theo nhiều vụ khác nhau.",
            MORE,
            LAST,
        ),
        "Thành Nguyễn",
    ),
    Written(
        "two-columns-of-people",
        "Danh sách học sinh nhận học bổng",
        _p(SCHOOL)
        + "<table><tr><td>STT</td><td>Họ và tên</td><td>Trường</td></tr><tr><td>1</td><td>Nguyễn Thị Bé Ba</td><td>THCS Tân Bình</td></tr><tr><td>2</td><td>Trần Minh Khôi</td><td>THCS Phú Hựu</td></tr></table>"
        + _p("Đợt sau dự kiến trao vào tháng 3."),
        (
            SCHOOL,
            "STT | Họ và tên | Trường",
            "1 | Nguyễn Thị Bé Ba | THCS Tân Bình",
            "2 | Trần Minh Khôi | THCS Phú Hựu",
            "Đợt sau dự kiến trao vào tháng 3.",
        ),
        None,
        section="giao-duc",
    ),
    Written(
        "print-issue",
        "Đón đọc Báo Đồng Tháp số ra ngày 13-2",
        _p(
            "* Trang 1: Hội nghị Ban Chấp hành Đảng bộ tỉnh lần thứ 7 bàn nhiều nội dung quan trọng (xem trang 1).",
            "* Trang 3: Mùa xuân trên những công trình thủy lợi, ghi chép của nhóm phóng viên từ Tân Hồng (xem trang 3).",
            "* Trang 8: Quảng cáo, rao vặt (xem trang 8).",
        ),
        (
            "* Trang 1: Hội nghị Ban Chấp hành Đảng bộ tỉnh lần thứ 7 bàn nhiều nội dung quan trọng (xem trang 1).",
            "* Trang 3: Mùa xuân trên những công trình thủy lợi, ghi chép của nhóm phóng viên từ Tân Hồng (xem trang 3).",
            "* Trang 8: Quảng cáo, rao vặt (xem trang 8).",
        ),
        None,
        family="B",
        section="ban-doc",
    ),
    Written(
        "recipe",
        "Cá lóc nướng trui đúng điệu",
        _p(CANAL)
        + "<h3>Nguyên liệu</h3><ul><li>1 con cá lóc đồng (800g)</li><li>Rơm khô</li><li>Bánh tráng, rau sống</li></ul><h3>Cách làm</h3><ol><li>Rửa sạch cá, để ráo, không đánh vảy.</li><li>Xiên cây từ miệng cá, cắm xuống đất.</li><li>Phủ rơm và đốt chừng 15 phút.</li></ol>"
        + _right("Hòa Hiệp"),
        (
            CANAL,
            "Nguyên liệu",
            "1 con cá lóc đồng (800g)",
            "Rơm khô",
            "Bánh tráng, rau sống",
            "Cách làm",
            "Rửa sạch cá, để ráo, không đánh vảy.",
            "Xiên cây từ miệng cá, cắm xuống đất.",
            "Phủ rơm và đốt chừng 15 phút.",
        ),
        "Hòa Hiệp",
    ),
    Written(
        "letter",
        "Thư bạn đọc: Đường vào trường ngập sau mỗi cơn mưa",
        _p(
            "Kính gửi Ban Biên tập Báo Đồng Tháp!",
            "Chúng tôi là phụ huynh có con học tại Trường Tiểu học Tân Bình, xin phản ánh tình trạng đoạn đường trước cổng trường ngập sâu 30cm sau mỗi cơn mưa.",
            "Rất mong ngành chức năng sớm khắc phục.",
            "Trân trọng!",
        )
        + _right("Nguyễn Văn Sơn (xã Tân Bình)"),
        (
            "Kính gửi Ban Biên tập Báo Đồng Tháp!",
            "Chúng tôi là phụ huynh có con học tại Trường Tiểu học Tân Bình, xin phản ánh tình trạng đoạn đường trước cổng trường ngập sâu 30cm sau mỗi cơn mưa.",
            "Rất mong ngành chức năng sớm khắc phục.",
            "Trân trọng!",
        ),
        "Nguyễn Văn Sơn (xã Tân Bình)",
        section="ban-doc",
    ),
    Written(
        "subscript",
        "Nông dân làm quen tín chỉ carbon",
        "<p>Mô hình canh tác lúa giảm phát thải giúp mỗi hecta giảm từ 4 đến 6 tấn CO<sub>2</sub>, theo tính toán của dự án tại xã Láng Biển trên diện tích 50.000m<sup>2</sup>.</p><p>Nhiệt độ trung bình 28<sup>o</sup>C, độ pH 6,5 - 7; lượng nước tưới giảm còn 1/3 so với trước.</p>"
        + _p(LAST)
        + _right("Mỹ Nhân"),
        (
            "Mô hình canh tác lúa giảm phát thải giúp mỗi hecta giảm từ 4 đến 6 tấn CO2, theo tính toán của dự án tại xã Láng Biển trên diện tích 50.000m2.",
            "Nhiệt độ trung bình 28oC, độ pH 6,5 - 7; lượng nước tưới giảm còn 1/3 so với trước.",
            LAST,
        ),
        "Mỹ Nhân",
        section="nong-nghiep",
        family="A",
    ),
    Written(
        "footnotes",
        "Bút tích của Cụ Phó bảng",
        _p(CANAL, MORE + " (1)", LAST)
        + _right("Ngô Minh")
        + "<p><em>(1) Theo Địa chí Đồng Tháp, NXB Trẻ, trang 214.</em></p>",
        (CANAL, MORE + " (1)", LAST, "(1) Theo Địa chí Đồng Tháp, NXB Trẻ, trang 214."),
        "Ngô Minh",
        section="van-hoa",
    ),
    Written(
        "serial",
        "Ký ức mùa nước nổi (kỳ 2)",
        "<p><em>(Tiếp theo kỳ trước)</em></p>"
        + _p(CANAL, MORE, LAST)
        + _right("Hoài Thương")
        + "<p><em>Kỳ cuối: Trở về</em></p>",
        ("(Tiếp theo kỳ trước)", CANAL, MORE, LAST, "Kỳ cuối: Trở về"),
        "Hoài Thương",
    ),
    Written(
        "english-subheads",
        "Start-up trẻ và giấc mơ lotus",
        _p(CANAL)
        + "<h2>1. Từ garage đến nhà máy</h2>"
        + _p(MORE)
        + "<h2>2. Made in Đồng Tháp</h2>"
        + _p(LAST)
        + "<p><strong>#khoinghiep #sen</strong></p>"
        + _right("K.N"),
        (CANAL, "1. Từ garage đến nhà máy", MORE, "2. Made in Đồng Tháp", LAST, "#khoinghiep #sen"),
        "K.N",
        section="kinh-te",
    ),
    Written(
        "year-lines",
        "Những mốc son của phong trào Đồng khởi",
        _p(SCHOOL)
        + "<p><strong>1930</strong></p>"
        + _p("Chi bộ đầu tiên được thành lập ở làng Hòa An, Cao Lãnh.")
        + "<p><strong>19/8/1945</strong></p>"
        + _p("Khởi nghĩa nổ ra khắp các quận lỵ trong tỉnh.")
        + "<p><strong>30-4-1975</strong></p>"
        + _p("Tỉnh nhà hoàn toàn giải phóng.")
        + _right("P.L"),
        (
            SCHOOL,
            "1930",
            "Chi bộ đầu tiên được thành lập ở làng Hòa An, Cao Lãnh.",
            "19/8/1945",
            "Khởi nghĩa nổ ra khắp các quận lỵ trong tỉnh.",
            "30-4-1975",
            "Tỉnh nhà hoàn toàn giải phóng.",
        ),
        "P.L",
        section="chinh-tri",
    ),
    Written(
        "short-news",
        "Bắt đối tượng trộm xe ba gác",
        _p(
            "Ngày 12/2, Công an xã Tân Phú Đông bắt giữ Nguyễn Văn T. (SN 1990) để điều tra hành vi trộm cắp tài sản."
        )
        + _right("P.H"),
        (
            "Ngày 12/2, Công an xã Tân Phú Đông bắt giữ Nguyễn Văn T. (SN 1990) để điều tra hành vi trộm cắp tài sản.",
        ),
        "P.H",
        section="phap-luat",
    ),
    Written(
        "caption-variants",
        "Ngày hội xuống giống",
        _p(SCHOOL)
        + '<p style="text-align:center"><img src="/image/news/2026/20260212/fckimage/a1.jpg"></p><p style="text-align:center"><span style="font-size:11px;color:#666">Đoàn đại biểu tham quan ruộng trình diễn. Ảnh: Trang Huỳnh</span></p>'
        + _p(MORE)
        + '<div style="text-align:center"><img src="/image/news/2026/20260212/fckimage/a2.jpg"><div style="font-style:italic">Máy bay không người lái gieo sạ giúp nhà nông tiết kiệm giống.</div></div>'
        + _p(LAST)
        + '<p><img src="/image/news/2026/20260212/fckimage/a3.jpg"></p>'
        + _p(
            "Cũng trong sáng nay, ban tổ chức trao 20 suất quà. Mỗi suất trị giá một triệu đồng do nhà tài trợ đóng góp."
        )
        + _right("Trang Huỳnh"),
        (
            SCHOOL,
            MORE,
            LAST,
            "Cũng trong sáng nay, ban tổ chức trao 20 suất quà. Mỗi suất trị giá một triệu đồng do nhà tài trợ đóng góp.",
        ),
        "Trang Huỳnh",
        (
            "Đoàn đại biểu tham quan ruộng trình diễn. Ảnh: Trang Huỳnh",
            "Máy bay không người lái gieo sạ giúp nhà nông tiết kiệm giống.",
            None,
        ),
    ),
    Written(
        "links-list-in-text",
        "Tra cứu điểm thi trực tuyến ở đâu?",
        _p(SCHOOL, "Thí sinh tra cứu điểm tại một trong các địa chỉ sau:")
        + '<ul><li><a href="https://dongthap.edu.vn">Sở Giáo dục và Đào tạo</a></li><li><a href="https://tracuu.moet.gov.vn">Cổng tra cứu của Bộ</a></li><li><a href="https://zalo.me/dongthap">Zalo của tỉnh</a></li></ul>'
        + _p(LAST)
        + _right("Bích Liễu"),
        (
            SCHOOL,
            "Thí sinh tra cứu điểm tại một trong các địa chỉ sau:",
            "Sở Giáo dục và Đào tạo",
            "Cổng tra cứu của Bộ",
            "Zalo của tỉnh",
            LAST,
        ),
        "Bích Liễu",
        section="giao-duc",
    ),
    Written(
        "see-also-inside",
        "Sạt lở đe dọa 40 hộ dân ven sông Tiền",
        _p(CANAL)
        + '<p><strong>>>> Xem thêm: <a href="/ke-chong-sat-lo-tan-quy-dong-cham-tien-do-a235801.html">Kè chống sạt lở Tân Quy Đông chậm tiến độ</a></strong></p>'
        + _p(MORE)
        + '<ul class="x9"><li><a href="/di-doi-khan-cap-12-ho-dan-a235802.html">Di dời khẩn cấp 12 hộ dân</a></li><li><a href="/ho-tro-20-trieu-dong-moi-ho-a235803.html">Hỗ trợ 20 triệu đồng mỗi hộ</a></li></ul>'
        + _p(LAST)
        + _right("N.LONG"),
        (CANAL, MORE, LAST),
        "N.LONG",
    ),
)
