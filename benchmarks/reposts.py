"""Articles with planted copies, and with series that only look like copies: to try linking on.

Copies: a word corrected, a figure corrected, the title edited, an agency's text used twice with
another opening and a shorter end, a paragraph added. Not copies: what a provincial paper prints
day after day in one frame (case counts, weather, prices, print-issue teasers, the same ceremony in
every district). Nothing here is known to `archive.duplicates.fingerprint`; all texts are invented.
`benchmarks.linking` measures with it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from archive.models import Article, Capture
from benchmarks.corpus import Writer

DISTRICTS = (
    "Lấp Vò", "Lai Vung", "Tháp Mười", "Tam Nông", "Thanh Bình", "Châu Thành", "Hồng Ngự",
    "Tân Hồng", "Cao Lãnh", "Sa Đéc", "Cái Bè", "Gò Công Đông", "Chợ Gạo", "Tân Phước",
)  # fmt: skip
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Phan", "Đặng", "Bùi", "Hồ")
MIDDLE = ("Văn", "Thị", "Thanh", "Minh", "Ngọc", "Quốc", "Hữu", "Kim", "Hoàng", "Tấn")
GIVEN = ("Hiệp", "Nghĩa", "Thúy", "Tâm", "Dũng", "Phước", "Lan", "Hải", "Cường", "Nhung", "Bé Sáu")


@dataclass(frozen=True)
class Planted:
    """An article, and which earlier one it copies, in which way."""

    title: str
    body: str
    copy_of: int | None = None
    kind: str = "plain"


class Desk:
    """Writes a newspaper with planted copies."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.writer = Writer(seed)

    def person(self) -> str:
        return " ".join(map(self.random.choice, (FAMILY, MIDDLE, GIVEN)))

    def sentence(self) -> str:
        """A sentence of the generated prose, now and then with a name, a place or a date in it."""
        text = self.writer.sentence()
        chance = self.random.random()
        if chance < 0.2:
            return f"Theo ông {self.person()}, {text[0].lower()}{text[1:]}"
        if chance < 0.35:
            return f"Tại huyện {self.random.choice(DISTRICTS)}, {text[0].lower()}{text[1:]}"
        if chance < 0.45:
            day, month = self.random.randint(1, 28), self.random.randint(1, 12)
            return f"Ngày {day}/{month}, {text[0].lower()}{text[1:]}"
        return text

    def plain(self) -> Planted:
        paragraphs = [
            " ".join(self.sentence() for _ in range(self.random.randint(2, 5)))
            for _ in range(self.random.randint(3, 8))
        ]
        return Planted(self.writer.phrase(6, 12), "\n\n".join(paragraphs))

    # --- copies ---------------------------------------------------------------------------------

    def word_corrected(self, text: str) -> str:
        words = text.split(" ")
        for _ in range(self.random.randint(1, 3)):
            words[self.random.randrange(len(words))] = self.random.choice(self.writer.words)
        return " ".join(words)

    def figure_corrected(self, text: str) -> str:
        figures = list(re.finditer(r"(?<![\d/])\d+(?![\d/])", text))
        if not figures:
            return self.word_corrected(text)
        figure = self.random.choice(figures)
        return text[: figure.start()] + str(self.random.randint(2, 9999)) + text[figure.end() :]

    def agency_copy(self, text: str) -> str:
        paragraphs = text.split("\n\n")
        opening = " ".join(self.sentence() for _ in range(2))
        return "\n\n".join([opening, *(paragraphs[:-1] if len(paragraphs) > 3 else paragraphs)])

    def paragraph_added(self, text: str) -> str:
        paragraphs = text.split("\n\n")
        added = " ".join(self.sentence() for _ in range(2))
        paragraphs.insert(self.random.randint(1, len(paragraphs)), added)
        return "\n\n".join(paragraphs)

    def copy(self, number: int, original: Planted) -> Planted:
        change: Callable[[str], str] = self.random.choice(
            (self.word_corrected, self.figure_corrected, self.agency_copy, self.paragraph_added)
        )
        title = original.title if self.random.random() < 0.5 else self.writer.phrase(6, 12)
        return Planted(title, change(original.body), number, change.__name__)

    # --- series ---------------------------------------------------------------------------------

    def case_count(self, day: date) -> Planted:
        rng = self.random
        places = rng.sample(DISTRICTS, 5)
        each = "; ".join(f"{place} {rng.randint(1, 90)} ca" for place in places)
        return Planted(
            f"Bản tin Covid-19 tỉnh Đồng Tháp sáng ngày {day.day}/{day.month}/{day.year}",
            f"Theo thông tin từ Ban Chỉ đạo phòng, chống dịch Covid-19 tỉnh, tính đến 6 giờ ngày"
            f" {day.day}/{day.month}, trên địa bàn tỉnh ghi nhận thêm {rng.randint(20, 600)} ca mắc"
            f" mới, gồm: {each}.\n\nLũy kế từ đầu mùa dịch đến nay, toàn tỉnh ghi nhận"
            f" {rng.randint(3000, 50000)} ca, trong đó có {rng.randint(1000, 40000)} ca được điều"
            f" trị khỏi, xuất viện. Hiện các cơ sở y tế đang điều trị {rng.randint(500, 9000)} ca."
            "\n\nNgành y tế khuyến cáo người dân tiếp tục thực hiện thông điệp 5K, hạn chế ra khỏi"
            " nhà khi không cần thiết, chủ động khai báo y tế khi có biểu hiện sốt, ho, khó thở và"
            " liên hệ cơ sở y tế gần nhất để được hướng dẫn. Người dân khi phát hiện trường hợp"
            " nghi ngờ cần báo ngay cho trạm y tế hoặc chính quyền địa phương.",
            kind="case count",
        )

    def weather(self, day: date) -> Planted:
        rng = self.random
        low = rng.randint(22, 26)
        sky = rng.choice(("mây thay đổi", "nhiều mây", "ít mây"))
        rain = rng.choice(("không mưa", "có mưa rào vài nơi", "chiều tối có mưa dông rải rác"))
        return Planted(
            "Dự báo thời tiết khu vực Đồng Tháp",
            f"Theo Đài Khí tượng thủy văn, ngày {day.day}/{day.month}, khu vực Đồng Tháp {sky},"
            f" {rain}. Nhiệt độ thấp nhất từ {low} - {low + 1} độ C, cao nhất từ {low + 8} -"
            f" {low + 9} độ C. Độ ẩm trung bình {rng.randint(70, 90)}%. Gió nhẹ. Mực nước cao nhất"
            f" ngày trên sông Tiền tại Tân Châu {rng.randint(100, 350) / 100:.2f} m. Người dân cần"
            " chú ý theo dõi các bản tin dự báo, cảnh báo tiếp theo để chủ động trong sản xuất và"
            " đời sống, đề phòng lốc, sét và gió giật mạnh trong cơn dông.",
            kind="weather",
        )

    def prices(self, day: date) -> Planted:
        rng = self.random
        kinds = ("OM 18", "Đài thơm 8", "IR 50404", "Nàng hoa 9", "OM 5451")
        lines = ", ".join(f"lúa {kind} {rng.randint(52, 88) * 100} đồng/kg" for kind in kinds)
        return Planted(
            f"Giá nông sản ngày {day.day}-{day.month}",
            f"Theo Sở Nông nghiệp và Môi trường, ngày {day.day}-{day.month}, giá lúa tại ruộng trên"
            f" địa bàn tỉnh như sau: {lines}. Cá tra nguyên liệu {rng.randint(250, 330) * 100}"
            f" đồng/kg, xoài cát Hòa Lộc {rng.randint(30, 90) * 1000} đồng/kg, quýt hồng"
            f" {rng.randint(20, 60) * 1000} đồng/kg. Thương lái thu mua tương đối nhanh, nông dân"
            " phấn khởi vì bán được giá, có lãi sau khi trừ chi phí. Cơ quan chuyên môn khuyến cáo"
            " nông dân theo dõi thị trường, không giữ hàng chờ giá.",
            kind="prices",
        )

    def ceremony(self, day: date) -> Planted:
        rng = self.random
        place = rng.choice(DISTRICTS)
        return Planted(
            f"Huyện {place}: Hội nghị tổng kết công tác mặt trận",
            f"Sáng ngày {day.day}/{day.month}, Ủy ban Mặt trận Tổ quốc Việt Nam huyện {place} tổ"
            f" chức hội nghị tổng kết công tác mặt trận năm {day.year}. Đến dự có ông"
            f" {self.person()}, Phó Chủ tịch Ủy ban Mặt trận Tổ quốc tỉnh; bà {self.person()}, Phó"
            f" Bí thư Huyện ủy.\n\nTrong năm, mặt trận các cấp đã vận động quỹ Vì người nghèo được"
            f" {rng.randint(1, 30)},{rng.randint(1, 9)} tỷ đồng, xây {rng.randint(20, 300)} căn"
            f" nhà đại đoàn kết, trao {rng.randint(500, 9000)} phần quà cho hộ nghèo, tổ chức ngày"
            f" hội đại đoàn kết toàn dân tộc ở {rng.randint(20, 99)} khu dân cư.\n\nDịp này, có"
            f" {rng.randint(3, 30)} tập thể và {rng.randint(3, 60)} cá nhân được khen thưởng vì có"
            " thành tích xuất sắc trong công tác mặt trận.",
            kind="ceremony",
        )

    def teaser(self, day: date) -> Planted:
        stories = "\n\n".join(
            f"{self.writer.phrase(6, 10)}: {self.sentence()} (xem trang {page})."
            for page in range(2, 7)
        )
        return Planted(
            f"Đón đọc Báo Đồng Tháp số ra ngày {day.day}-{day.month}",
            f"Báo Đồng Tháp số ra ngày {day.day}-{day.month} có những bài viết đáng chú ý sau:\n\n"
            f"{stories}\n\nKính mời quý bạn đọc đón xem.",
            kind="teaser",
        )


def newspaper(count: int, seed: int = 7) -> list[Planted]:
    """*count* articles: three in a hundred copy an earlier one, one in six is of a series."""
    desk = Desk(seed)
    series = (desk.case_count, desk.weather, desk.prices, desk.ceremony, desk.teaser)
    written: list[Planted] = []
    originals: list[int] = []
    for number in range(count):
        day = date(2015, 1, 2) + timedelta(days=number // 5)
        chance = desk.random.random()
        if chance < 0.03 and originals:
            original = originals.pop(desk.random.randrange(len(originals)))
            written.append(desk.copy(original, written[original]))
        elif chance < 0.20:
            written.append(series[number % len(series)](day))
        else:
            originals.append(number)
            written.append(desk.plain())
    return written


def articles(planted: list[Planted]) -> Iterator[tuple[Article, Capture]]:
    """The articles with a capture each, as the archive takes them."""
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    for number, one in enumerate(planted):
        key = f"dto:{number + 1}"
        url = f"https://baodongthap.vn/xa-hoi/bai-{number + 1}.aspx"
        at = (begin + timedelta(seconds=number)).isoformat(timespec="milliseconds")
        yield (
            Article(
                title=one.title,
                url=url,
                key=key,
                site_id=str(number + 1),
                generation="A",
                body=one.body,
                layout="aspx",
            ),
            Capture(url, at[:-6] + "Z", 200, "captures/2026/x.warc.gz", number, 1, "sha1:X"),
        )


def expected(planted: list[Planted]) -> dict[tuple[int, int], str]:
    """The planted pairs by the numbers of their articles, and how the copy was made."""
    return {
        (one.copy_of + 1, number + 1): one.kind
        for number, one in enumerate(planted)
        if one.copy_of is not None
    }
