# ruff: noqa: E501 — the text of articles is not broken to fit a column.
"""Hand-written articles whose addresses misbehave: wrong bytes, silence, half a body."""

from __future__ import annotations

from newsroom.handwriting import special
from newsroom.records import Story


def troubled() -> list[Story]:
    """One article for each `Delivery`."""
    return [
        # The header says windows-1258, the bytes are UTF-8.
        special(
            "sai-bang-ma",
            ("A", "kinh-te"),
            "a-2017",
            "2018-11-09 13:37:00",
            "Chợ đầu mối trái cây mở thêm khu sơ chế",
            "Khu sơ chế mới giúp chợ đầu mối trái cây Mỹ Hiệp giữ xoài tươi thêm bốn ngày trước khi lên xe.",
            agency="ĐTO",
            byline="Tấn Lộc",
            delivery="header-lies",
        ),
        # The bytes are windows-1258, the header says UTF-8.
        special(
            "bang-ma-cu",
            ("A", "van-hoa"),
            "a-2017",
            "2013-04-18 08:21:30",
            "Hội làng mở sớm vì được mùa",
            "Được mùa lúa đông xuân, dân làng Tân Phú Trung quyết định mở hội sớm hơn lệ thường nửa tháng.",
            byline="Phương Nam",
            delivery="meta-lies",
        ),
        # Every letter decomposed (typed on a Mac).
        special(
            "to-hop",
            ("C", "giao-duc"),
            "c-cantho",
            "2026-01-27 15:05:00",
            "Những lớp học không nghỉ trưa ở trường vùng sâu",
            "Buổi trưa, khi sân trường vắng tiếng trống, thầy cô ở điểm trường Gáo Giồng vẫn ngồi lại kèm học trò.",
            agency="ĐTO",
            byline="Y Du",
            delivery="nfd",
        ),
        special(
            "ban-viec",
            ("C", "kinh-te"),
            "c-angiang",
            "2026-01-29 10:11:00",
            "Xưởng đóng ghe nhộn nhịp trước mùa lễ hội",
            "Tiếng cưa, tiếng đục vang suốt ngày ở xóm ghe Long Hậu, nơi mỗi tháng có gần hai chục chiếc hạ thủy.",
            agency="ĐTO",
            byline="TRANG HUỲNH",
            delivery="busy-once",
        ),
        special(
            "im-lang",
            ("C", "xa-hoi"),
            "c-dongkhoi",
            "2026-01-30 09:45:00",
            "Người giữ đèn bến đò cuối cùng",
            "Cầu đã xây xong nhưng đêm nào ông Tư Đò cũng thắp đèn, phòng khi có người lỡ chuyến.",
            agency="ĐTO",
            byline="Khánh Phan",
            delivery="silent-once",
        ),
        special(
            "dut-doan",
            ("A", "giao-duc"),
            "a-2019",
            "2019-08-05 05:59:58",
            "Trao nhà khuyến học cho cô học trò mồ côi",
            "Căn nhà 40m² là món quà bất ngờ trước ngày cô học trò lớp 11 ở xã An Nhơn nhập học.",
            agency="ĐTO",
            byline="Thành Nguyễn",
            delivery="torn-once",
        ),
    ]
