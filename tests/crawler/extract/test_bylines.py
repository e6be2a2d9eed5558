"""Names, roles, desks, sources; a sentence is never a name, a name never cut."""

from __future__ import annotations

import pytest

from crawler.extract.bylines import looks_like_byline, read_byline

T, P, TP, E = "text", "photo", "text+photo", "editor"

SIGNED = [
    ("DŨNG CHINH", [("DŨNG CHINH", None)], None),
    ("Hòa Hiệp", [("Hòa Hiệp", None)], None),
    ("K.N", [("K.N", None)], None),
    ("N.LONG", [("N.LONG", None)], None),
    ("N.B.T.", [("N.B.T.", None)], None),
    ("Tr.Trúc", [("Tr.Trúc", None)], None),
    ("TRÚC", [("TRÚC", None)], None),
    ("Nguyễn Thị Ngọc Ánh", [("Nguyễn Thị Ngọc Ánh", None)], None),
    ("Y Du", [("Y Du", None)], None),
    ("ThS. Nguyễn Văn Hùng", [("ThS. Nguyễn Văn Hùng", None)], None),
    ("Th.s Nguyễn Văn An", [("Th.s Nguyễn Văn An", None)], None),
    ("Mỹ Lý ghi", [("Mỹ Lý", None)], None),
    ("P. UYÊN tổng hợp", [("P. UYÊN", None)], None),
    ("Thành Trí dịch", [("Thành Trí", None)], None),
    ("Nhóm P.V Chính trị - Xã hội", [("Nhóm P.V Chính trị - Xã hội", None)], None),
    ("Tạp bút của Hữu Nhân", [("Hữu Nhân", "text")], None),
    ("Tin - ảnh: Phước Bình", [("Phước Bình", TP)], None),
    ("Bài ảnh: Phước Bình", [("Phước Bình", TP)], None),
    ("Lược dịch: Thanh Tú", [("Thanh Tú", None)], None),
    ("Người viết: Mỹ Lý", [("Mỹ Lý", None)], None),
    ("Sưu tầm: Mỹ Lý", [("Mỹ Lý", None)], None),
    ("Mỹ Lý tổng hợp từ TTXVN", [("Mỹ Lý", None)], "TTXVN"),
    ("Nguồn ảnh: Internet", [], None),
    ("Mỹ Lý - Đài TT-TH Tân Hồng", [("Mỹ Lý", None), ("Đài TT-TH Tân Hồng", None)], None),
    ("Mỹ Lý - Đài Truyền thanh huyện Tháp Mười", [("Mỹ Lý", None), ("Đài Truyền thanh huyện "
    "Tháp Mười", None)], None),
    ("THU HÀ - Giáo viên Trường THPT Lấp Vò 1", [("THU HÀ", None), ("Giáo viên Trường THPT Lấp "
    "Vò 1", None)], None),
    ("VĂN KHƯƠNG/TRANG HUỲNH", [("VĂN KHƯƠNG", None), ("TRANG HUỲNH", None)], None),
    ("Mỹ Lý/ĐTO", [("Mỹ Lý", None)], "ĐTO"),
    ("PHƯỚC HỘI/THTP", [("PHƯỚC HỘI", None)], "THTP"),
    ("Báo Nhân Dân", [], "Báo Nhân Dân"),
    ("BÁO NHÂN DÂN", [], "BÁO NHÂN DÂN"),
    ("Báo điện tử Đồng Tháp", [("Báo điện tử Đồng Tháp", None)], None),
    ("BÁO ĐỒNG THÁP", [("BÁO ĐỒNG THÁP", None)], None),
    ("Theo Sức khỏe & Đời sống", [], "Sức khỏe & Đời sống"),
    ("Theo Công an nhân dân", [], "Công an nhân dân"),
    ("Theo 24h", [], "24h"),
    ("Theo Bộ Nông nghiệp và Phát triển nông thôn", [], "Bộ Nông nghiệp và Phát triển nông thôn"),
    ("(Nguồn: Trung tâm Dự báo khí tượng thủy văn Quốc gia)", [], "Trung tâm Dự báo khí tượng "
    "thủy văn Quốc gia"),
    ("Lê Thanh - lethanh@gmail.com", [("Lê Thanh", None)], None),
    ("(Ghi theo lời kể của ông Năm)", [], None),
    ("GIA BẢO.", [("GIA BẢO", None)], None),
    ("Cảnh sát PCCC tỉnh Đồng Tháp", [("Cảnh sát PCCC tỉnh Đồng Tháp", None)], None),
    ("Nhóm phóng viên", [("Nhóm phóng viên", None)], None),
    ("Tản văn NGUYỄN VĂN HỌC", [("NGUYỄN VĂN HỌC", "text")], None),
    ("Phóng sự MỸ LÝ - THU TRANG", [("MỸ LÝ", "text"), ("THU TRANG", "text")], None),
    ("ỦY BAN BẦU CỬ TỈNH ĐỒNG THÁP", [("ỦY BAN BẦU CỬ TỈNH ĐỒNG THÁP", None)], None),
    ("TRANG - Ảnh: Tư liệu", [("TRANG", None)], None),
    ("Đại tá Nguyễn Văn Hùng", [("Đại tá Nguyễn Văn Hùng", None)], None),
    ("THẠC SĨ NGUYỄN VĂN HÙNG", [("THẠC SĨ NGUYỄN VĂN HÙNG", None)], None),
    ("PGS.TS. Trần Thị Mỹ Lý", [("PGS.TS. Trần Thị Mỹ Lý", None)], None),
    ("BS.CKII Lê Thanh Phong", [("BS.CKII Lê Thanh Phong", None)], None),
    ("Nghệ nhân ưu tú Út Bạch Lan", [("Nghệ nhân ưu tú Út Bạch Lan", None)], None),
    ("ThS. Nguyễn Văn Hùng, Trường Đại học Đồng Tháp", [("ThS. Nguyễn Văn Hùng", None)],
    None),
    ("Công Tằng Tôn Nữ Mỹ Lý", [("Công Tằng Tôn Nữ Mỹ Lý", None)], None),
    ("Nhóm PV CT-XH", [("Nhóm PV CT-XH", None)], None),
    ("Ban Biên tập", [("Ban Biên tập", None)], None),
    ("PV", [("PV", None)], None),
    ("BCĐ PHÒNG CHỐNG DỊCH COVID-19 TỈNH ĐỒNG THÁP", [("BCĐ PHÒNG CHỐNG DỊCH COVID-19 TỈNH "
    "ĐỒNG THÁP", None)], None),
    ("SỞ Y TẾ TỈNH ĐỒNG THÁP", [("SỞ Y TẾ TỈNH ĐỒNG THÁP", None)], None),
    ("Công an tỉnh Đồng Tháp", [("Công an tỉnh Đồng Tháp", None)], None),
    ("Lư Liễm - Nguyễn Phú Quý", [("Lư Liễm", None), ("Nguyễn Phú Quý", None)], None),
    ("MỸ LÝ & P.L", [("MỸ LÝ", None), ("P.L", None)], None),
    ("Mỹ Lý và Phú Lợi", [("Mỹ Lý", None), ("Phú Lợi", None)], None),
    ("Văn Khương, Mỹ Lý", [("Văn Khương", None), ("Mỹ Lý", None)], None),
    ("Hồng Lâm-N.Lâm", [("Hồng Lâm", None), ("N.Lâm", None)], None),
    ("Bài, ảnh: Mỹ Lý - K.D", [("Mỹ Lý", TP), ("K.D", TP)], None),
    ("Bài và ảnh: Khánh Phan", [("Khánh Phan", TP)], None),
    ("Tin, ảnh: Thế Thưởng – Thanh Nguyên", [("Thế Thưởng", TP), ("Thanh Nguyên", TP)], None),
    ("Bài: Mỹ Lý - Ảnh: K.D", [("Mỹ Lý", T), ("K.D", P)], None),
    ("Bài: Mỹ Lý. Ảnh: K.D", [("Mỹ Lý", T), ("K.D", P)], None),
    ("Ảnh: Mỹ Lý", [("Mỹ Lý", P)], None),
    ("Thực hiện: A.KIỀU - M.LỰC", [("A.KIỀU", None), ("M.LỰC", None)], None),
    ("Biên tập: Thu Hà", [("Thu Hà", E)], None),
    ("Mỹ Lý (tổng hợp)", [("Mỹ Lý", None)], None),
    ("CTV Thanh Thảo/THĐT", [("Thanh Thảo", None)], "THĐT"),
    ("Theo Thu Trang/TTXVN", [("Thu Trang", None)], "TTXVN"),
    ("Mỹ Lý (theo TTXVN)", [("Mỹ Lý", None)], "TTXVN"),
    ("Mỹ Lý - Theo TTXVN", [("Mỹ Lý", None)], "TTXVN"),
    ("Theo TTXVN", [], "TTXVN"),
    ("(Theo TTXVN)", [], "TTXVN"),
    ("(Nguồn: TTXVN)", [], "TTXVN"),
    ("(TTXVN/Vietnam+)", [], "TTXVN/Vietnam+"),
    ("Theo VOVnews.vn", [], "VOVnews.vn"),
    ("Nguồn: baochinhphu.vn", [], "baochinhphu.vn"),
    ("Theo Báo Nhân Dân", [], "Báo Nhân Dân"),
    ("Nguồn: Cổng Thông tin điện tử Chính phủ", [], "Cổng Thông tin điện tử Chính phủ"),
    ("Tổng hợp", [], None),
]  # fmt: skip

SENTENCES = [
    "GIÁ CAO NHẤT BA NĂM",
    "Kỹ sư nông dân",
    "Thơ của những mùa trăng",
    "Ghi chép của người làm vườn",
    "Theo bác sĩ Vũ, người dân cần tiêm đủ liều",
    "Theo bác sĩ Vũ",
    "Theo đó, tỉnh sẽ đầu tư thêm hai cây cầu",
    "Theo kế hoạch của tỉnh",
    "Nhiều kết quả đáng ghi nhận",
    "NƠI HỘI TỤ NHIỀU GIÁ TRỊ",
    "Cụ Phó bảng Nguyễn Sinh Sắc – Một nhà nho yêu nước",
    "Hội nghị kết thúc tốt đẹp.",
    "Thành viên “Tổ tự quản” tham gia tuần tra khu vực biên giới",
    "Ảnh: các đại biểu dự hội nghị",
    "Công an xã đang làm việc với đối tượng",
    "Sạt lở bờ sông Tiền",
    "Ông Nguyễn Văn Hùng phát biểu tại buổi lễ",
    "Xin cảm ơn ông!",
    "Email: toasoan@baodongthap.vn",
    "TP.Cao Lãnh",
    "Bắc Lý khẩn trương tiêm vắc-xin",
    "Dấu hiệu cần nhập viện",
    "Liên kết để giữ giá",
    "(xem trang 5).",
    "...",
    "",
]


@pytest.mark.parametrize(
    "text", ["Đoàn kết - Dân chủ - Kỷ cương - Phát triển", "Hội nhập - Phát triển"]
)
def test_a_slogan_signs_nothing(text: str) -> None:
    assert not looks_like_byline(text)


@pytest.mark.parametrize(("text", "people", "source"), SIGNED)
def test_bylines(text: str, people: list[tuple[str, str | None]], source: str | None) -> None:
    assert looks_like_byline(text)
    byline = read_byline(text)
    assert byline.text == text
    assert [(author.name, author.role) for author in byline.authors] == people
    assert byline.source == source


@pytest.mark.parametrize("text", SENTENCES)
@pytest.mark.parametrize("marked", [False, True])
def test_sentences_and_subheads_are_not_bylines(text: str, marked: bool) -> None:
    assert not looks_like_byline(text, marked=marked)


def test_a_pen_name_in_small_letters_needs_a_mark() -> None:
    assert not looks_like_byline("hoàng hạc")
    assert looks_like_byline("hoàng hạc", marked=True)


def test_what_is_printed_is_kept() -> None:
    assert read_byline("  Bài, ảnh:\u00a0Mỹ Lý ").text == "Bài, ảnh: Mỹ Lý"
