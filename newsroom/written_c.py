# ruff: noqa: E501 — the text of articles is not broken to fit a column.
"""Hand-written articles of generation C. The comment above each says what it is there for."""

from __future__ import annotations

from datetime import datetime

from newsroom.handwriting import special
from newsroom.records import Picture, Story
from newsroom.sections import section


def written_c() -> list[Story]:
    """Every kind of page that C and its family are known to have."""
    return [
        # A page without a box for the lead: the agency's mark alone tells it.
        special(
            "khong-sapo",
            ("C", "phap-luat"),
            "c-camau",
            "2026-01-18 21:21",
            "Triệt xóa đường dây mua bán thuốc lá điện tử",
            "Lực lượng chức năng vừa khám xét đồng loạt năm điểm ở phường Cao Lãnh và thu giữ gần 2.000 sản phẩm.",
            "Nhóm này rao bán qua mạng, giao hàng bằng xe công nghệ để tránh bị theo dõi.",
            has_lead=False,
            agency="ĐTO",
            byline="SONG AN",
            tags=("thuốc lá điện tử", "Cao Lãnh"),
        ),
        # Captions that read like sentences and end in a period, in each shape of the C family.
        special(
            "qua-tet",
            ("C", "xa-hoi"),
            "c-angiang",
            "2026-02-13 17:43",
            "Trao 540 phần quà Tết cho người khuyết tật",
            "Sáng 13-2, tại nhà văn hóa phường Sa Đéc, 540 phần quà Tết đã đến tay người khuyết tật và trẻ mồ côi.",
            "Mỗi phần quà gồm gạo, dầu ăn và một phong bao nhỏ.",
            "Nhiều bạn trẻ chở quà đến tận nhà cho những người không thể đi lại.",
            agency="ĐTO",
            byline="MỸ LÝ",
            tags=("quà Tết", "người khuyết tật"),
            also_in=(section("C", "suc-khoe-y-te"),),
            pictures=(
                Picture(
                    "/image/ckeditor/2026/20260213/files/h1.jpg",
                    "Ban Tổ chức trao quà Tết cho người khuyết tật phường Sa Đéc.",
                    1,
                    "note",
                    "",
                ),
                Picture(
                    "/image/ckeditor/2026/20260213/files/wm_4_th_3.jpg",
                    "Các bạn trẻ chở quà đến tận nhà.",
                    2,
                    "next",
                    "",
                ),
                Picture(
                    "/image/news/2026/20260213/fckimage/images2046784-anh-1.jpg",
                    "Niềm vui của một cụ bà 91 tuổi.",
                    3,
                    "figure",
                    "https://cdn2.baodongthap.vn",
                ),
            ),
        ),
        # A slug that ends in digits of its own, and two hyphens before the number.
        special(
            "gia-vang",
            ("C", "kinh-te"),
            "c-tayninh",
            "2026-01-19 08:00",
            "Giá nông sản ngày 19-1-2026",
            "Sáng nay, giá nông sản tại các vùng trồng trọng điểm nhìn chung ổn định, riêng ớt tăng nhẹ.",
            topic="farming",
            slug="gia-nong-san-ngay-19-1-2026-",
            agency="ĐTO",
            byline="TẤN LỘC",
        ),
        special(
            "bau-cu",
            ("C", "bau-cu-quoc-hoi-hdnd-cac-cap"),
            "c-dongkhoi",
            "2026-02-05 14:10",
            "Niêm yết danh sách cử tri trước ngày 4-3",
            "Các khu vực bỏ phiếu phải niêm yết danh sách cử tri chậm nhất vào ngày 4-3 để nhân dân kiểm tra.",
            topic="politics",
            agency="ĐTO",
            byline="Nguyễn Long",
        ),
        # The same trap in C, with the source line of a desk.
        special(
            "nhu-rac-c",
            ("C", "kinh-te"),
            "c-tayninh",
            "2026-02-01 06:12",
            "Tin liên quan đến giá lúa làm nông dân bất an",
            "Những tin liên quan đến giá lúa lan nhanh trên mạng khiến không ít nông dân vội bán lúa non.",
            "Ngành nông nghiệp khuyên bà con xem thêm thông tin chính thức trước khi quyết định.",
            "Mời bạn đọc chia sẻ câu chuyện của mình với tòa soạn.",
            more=1,
            agency="ĐTO",
            byline="Nhóm PV Kinh tế",
        ),
        # First publication stated apart from the update (JSON-LD).
        special(
            "co-json",
            ("C", "suc-khoe-y-te"),
            "c-binhduong",
            "2026-02-02 18:30",
            "Bệnh viện tuyến tỉnh ghép giác mạc thành công",
            "Ca ghép kéo dài gần ba giờ, trả lại ánh sáng cho một bệnh nhân 34 tuổi.",
            agency="ĐTO",
            byline="Phương Nam",
            published=datetime.fromisoformat("2026-02-02 09:15"),
        ),
        # The stamp before the title.
        special(
            "gio-truoc-tit",
            ("C", "van-hoa-nghe-thuat"),
            "c-longan",
            "2026-02-08 15:07",
            "Đêm đờn ca trên bến sông Cái Bè",
            "Không sân khấu, không đèn màu, đêm đờn ca chỉ có bến nước, trăng và mấy chục người ngồi nghe.",
            agency="ĐTO",
            byline="Hòa Hiệp",
        ),
        # Number series of their own: 297 is no article of the a-series.
        special(
            "video-c",
            ("C", "video"),
            "c-video",
            "2026-02-10 20:00",
            "Lễ hội hoa xuân bên bờ sông Tiền",
            "Hàng vạn lượt khách dạo đường hoa trong đêm khai mạc.",
            more=0,
            kind="video",
            series="video",
            number=297,
            media=("https://baodongthap.vn/files/video/2026/le-hoi-hoa.mp4",),
        ),
        special(
            "podcast-c",
            ("C", "podcast"),
            "c-video",
            "2026-02-11 06:00",
            "Chuyện kể bên bếp cà ràng",
            "Mỗi tuần một câu chuyện của người miệt vườn, qua giọng đọc Thanh Nguyên.",
            more=0,
            kind="podcast",
            series="podcast",
            number=12,
            media=("https://baodongthap.vn/files/audio/2026/ca-rang.mp3",),
        ),
        special(
            "infographic-c",
            ("C", "infographic"),
            "c-video",
            "2026-02-12 07:00",
            "Mười con số về mùa sen",
            "Từ diện tích đến số nghề mới sinh ra từ cây sen, nhìn trong mười con số.",
            more=0,
            kind="infographic",
            series="infographic",
            number=31,
            pictures=(
                Picture("/image/ckeditor/2026/20260212/files/sen.png", None, 1, "figure", ""),
            ),
        ),
    ]
