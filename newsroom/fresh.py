# ruff: noqa: E501 — the text of articles is not broken to fit a column.
"""Hand-written articles of these days: those on the front page now, and those of the days to come.

Their dates follow ``today``, so that a crawl finds them young however late it is run.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from newsroom.handwriting import special
from newsroom.records import Picture, Story
from newsroom.sections import section

#: What is published when: day 0 is ``today``, and its stories are up to three days old.
Dated = tuple[int, Story]


def fresh(today: date) -> list[Dated]:
    """The young stories of day 0 and the new ones of the days after, each with its day."""

    def at(day: int, clock: str) -> datetime:
        return datetime.combine(today + timedelta(days=day), time.fromisoformat(clock))

    standing = [
        special(
            "cho-que",
            ("C", "kinh-te"),
            "c-angiang",
            at(-2, "08:15"),
            "Chợ quê lên mạng, tiểu thương trẻ lại",
            "Sau ba tháng học bán hàng trực tuyến, 45 tiểu thương chợ Cái Tàu Hạ đã có gian hàng của riêng mình.",
            "Người lớn tuổi nhất lớp học là bà Sáu Bông, 67 tuổi, bán mắm hơn nửa đời người.",
            agency="ĐTO",
            byline="MỸ LÝ",
            tags=("chợ quê", "bán hàng trực tuyến"),
            pictures=(
                Picture(
                    "/image/ckeditor/2026/moi/choque.jpg",
                    "Bà Sáu Bông tập phát trực tiếp bên sạp mắm.",
                    1,
                    "note",
                    "",
                ),
            ),
        ),
        special(
            "sat-lo",
            ("C", "xa-hoi"),
            "c-cantho",
            at(-2, "16:40"),
            "Sạt lở uy hiếp tuyến đường ven sông Tiền",
            "Vết nứt dài 120m xuất hiện trong đêm khiến 17 hộ dân phải dời đồ đạc ra khỏi nhà.",
            "Ngành chức năng đã cắm biển cảnh báo và cấm xe tải qua đoạn đường này.",
            # Its own number: README and the guides show this article, whatever the day of the demo.
            number=250118,
            agency="ĐTO",
            byline="Hữu Nghĩa",
        ),
        special(
            "xet-xu",
            ("C", "phap-luat"),
            "c-dongkhoi",
            at(-1, "10:05"),
            "Xét xử nhóm đối tượng lừa bán vé xe Tết",
            "Với chiêu bài vé rẻ, nhóm bốn đối tượng đã lừa hơn 200 hành khách trong hai tuần.",
            "Hội đồng xét xử dành cả buổi chiều để nghe từng bị hại trình bày.",
            agency="ĐTO",
            byline="SONG AN",
        ),
        special(
            "chung-ket",
            ("C", "the-thao"),
            "c-camau",
            at(-1, "21:30"),
            "Đội bóng đá nữ vào chung kết sau loạt luân lưu",
            "Thủ môn 19 tuổi đẩy được hai quả luân lưu, đưa đội nhà lần đầu vào chung kết.",
            "Khán đài sân vận động kín chỗ từ hai giờ trước trận đấu.",
            agency="ĐTO",
            byline="Phương Nam",
        ),
        special(
            "hoi-quan",
            ("C", "chinh-tri"),
            "c-binhduong",
            at(-1, "07:20"),
            "Mười năm hội quán: nông dân ngồi lại với nhau",
            "Từ một nhóm 30 nhà vườn, mô hình hội quán nay đã có mặt ở hầu khắp các xã.",
            "Không ai điểm danh, không ai bắt buộc, nhưng tối thứ Sáu nào cũng đủ mặt.",
            agency="ĐTO",
            byline="Lê Thanh",
            published=at(-1, "06:00"),
        ),
        special(
            "diem-truong",
            ("C", "giao-duc"),
            "c-tayninh",
            at(-1, "14:00"),
            "Điểm trường cuối cùng bên kênh được xây lại",
            "Ba phòng học mái tôn được thay bằng dãy phòng kiên cố trị giá 1,8 tỷ đồng.",
            "Thầy trò sẽ dọn về trường mới ngay trong tuần tới.",
            agency="ĐTO",
            byline="Y Du",
        ),
        special(
            "tin-don",
            ("C", "suc-khoe-y-te"),
            "c-longan",
            at(-1, "17:55"),
            "Bác tin đồn thiếu thuốc tại bệnh viện đa khoa",
            "Lãnh đạo bệnh viện khẳng định kho thuốc đủ dùng ít nhất ba tháng.",
            agency="ĐTO",
            byline="Khánh Phan",
        ),
        special(
            "quang-cao",
            ("C", "kinh-te"),
            "c-angiang",
            at(-1, "09:00"),
            "Khai trương cửa hàng nông sản sạch ở Mỹ Tho",
            "Cửa hàng bày bán hơn 300 mặt hàng của các hợp tác xã trong tỉnh.",
            agency="ĐTO",
            byline="Trang Huỳnh",
        ),
        special(
            "nguoi-tot",
            ("C", "xa-hoi"),
            "c-camau",
            at(-1, "11:25"),
            "Trả lại 80 triệu đồng nhặt được bên đường",
            "Anh bán vé số đứng chờ gần hai giờ dưới nắng để trả lại chiếc túi cho người đánh rơi.",
            agency="ĐTO",
            byline="Tấn Lộc",
        ),
    ]
    by_name = {story.name: story for story in standing}
    repost = replace(by_name["nguoi-tot"], name="nguoi-tot-2", stamp=at(2, "08:40"))
    corrected = by_name["diem-truong"]
    near = replace(
        corrected,
        name="diem-truong-2",
        stamp=at(2, "09:10"),
        paragraphs=(
            corrected.paragraphs[0].replace("1,8 tỷ đồng", "1,9 tỷ đồng"),
            *corrected.paragraphs[1:],
        ),
    )
    coming = [
        (1, "chinh-tri", "c-angiang", "07:10", "Công khai kết quả giải quyết kiến nghị sau kỳ họp", "HẠNH DUNG"),
        (1, "kinh-te", "c-dongkhoi", "09:45", "Chuyến tàu chở xoài đầu tiên rời cảng Cao Lãnh", "Dương Út"),
        (1, "van-hoa-nghe-thuat", "c-cantho", "15:30", "Nghệ nhân trẻ phục dựng chiếc xuồng năm lá", "Ngọc Tài"),
        (1, "the-thao", "c-camau", "22:05", "Thua ngược phút cuối, đội nữ giành ngôi á quân", "Phương Nam"),
        (2, "xa-hoi", "c-tayninh", "06:50", "Xóm lưới chuyển nghề sau mùa cá thất", "Thành Nguyễn"),
        (2, "giao-duc", "c-longan", "13:20", "Thư viện lưu động cập bến cù lao", "Y Du"),
        (3, "phap-luat", "c-binhduong", "10:30", "Khởi tố giám đốc làm giả giấy kiểm định", "SONG AN"),
        (3, "suc-khoe-y-te", "c-angiang", "16:15", "Thêm một trạm y tế có bác sĩ trực đêm", "Khánh Phan"),
    ]  # fmt: skip
    new = [
        (
            day,
            special(
                f"moi-{day}-{turn}",
                ("C", slug),
                template,
                at(day, clock),
                title,
                more=5,
                agency="ĐTO",
                byline=byline,
                tags=(section("C", slug).name.lower(),),
                published=at(day, "05:00") if template == "c-binhduong" else None,
            ),
        )
        for turn, (day, slug, template, clock, title, byline) in enumerate(coming)
    ]
    return [*((0, story) for story in standing), *new, (2, repost), (2, near)]
