# ruff: noqa: E501 — the text of articles is not broken to fit a column.
"""Hand-written articles of generation B. The comment above each says what it is there for."""

from __future__ import annotations

from newsroom.handwriting import special
from newsroom.records import Picture, Story


def written_b() -> list[Story]:
    """Every kind of page that B is known to have had."""
    return [
        # The print issue's teaser: the headline of the story is glued to its summary.
        special(
            "don-doc",
            ("B", "ban-doc"),
            "b",
            "2025-10-21 21:56",
            "Đón đọc Báo Đồng Tháp số ra ngày 22-10",
            "Báo Đồng Tháp số ra ngày mai có những nội dung chính sau:",
            "Sông lở, lòng dân không lở Câu chuyện dời nhà của 40 hộ dân ven sông Tiền (xem trang 5).",
            "Chợ quê lên mạng Tiểu thương ngoài sáu mươi tập bán hàng trực tuyến (xem trang 7).",
            "Mời bạn đọc đón xem.",
            more=0,
        ),
        # Captions in tables, as this CMS sets them; byline right-aligned, mark of the sister paper.
        special(
            "ap-bac",
            ("B", "kinh-te"),
            "b",
            "2025-08-14 06:06",
            "Thanh long Chợ Gạo vào vụ nghịch",
            "Nhà vườn Chợ Gạo bắt đầu chong đèn cho vụ nghịch, kỳ vọng giá giữ được trên 20.000 đồng/kg.",
            "Đêm xuống, cả một vùng sáng rực như phố.",
            topic="farming",
            agency="ABO",
            byline="Thực hiện: A.KIỀU - M.LỰC",
            authors="A.KIỀU|M.LỰC",
            pictures=(
                Picture(
                    "/dataimages/202508/original/images1930115_chong-den.jpg",
                    "Vườn thanh long chong đèn trong đêm",
                    1,
                    "table",
                ),
                Picture(
                    "/dataimages/202508/original/images1930116_trai.jpg",
                    "Trái thanh long trước ngày cắt",
                    2,
                    "table-p",
                ),
            ),
        ),
        special(
            "dau-thuyen",
            ("B", "the-thao"),
            "b",
            "2025-11-03 17:20",
            "Sôi nổi hội đua ghe ngo ba dòng",
            "Hơn 5.000 người đội nắng hai bên bờ kênh để cổ vũ chín đội ghe tranh tài ở cự ly 1.000m.",
            "Đội ghe nữ lần đầu tham dự đã về nhì trong tiếng hò reo.",
            byline="CTV Thanh Thảo/THĐT",
            authors="Thanh Thảo",
            source="THĐT",
        ),
        # A slug that ends in a number of its own.
        special(
            "khuyen-mai",
            ("B", "suc-khoe-y-te"),
            "b",
            "2025-12-09 08:30",
            "Ngày hội hiến máu lần thứ 12 năm 2025",
            "Từ 6 giờ sáng 9-12, hơn 400 tình nguyện viên đã có mặt tại sân vận động để chờ lấy số.",
            byline="Thanh Nguyên",
        ),
    ]
