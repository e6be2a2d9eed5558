"""The newsroom's sections as each CMS generation names, numbers and addresses them."""

from __future__ import annotations

from dataclasses import dataclass

from archive.models import Generation


@dataclass(frozen=True, slots=True)
class Section:
    """One section of one generation."""

    generation: Generation
    slug: str
    """As it stands in an address."""
    name: str
    """As it is shown to the reader."""
    number: int
    """A: the category id inside the hex number; B: the ``cate`` parameter; C has none (0)."""
    topics: tuple[str, ...]
    """What its composed articles are about; empty: only hand-written ones stand in it."""

    def path(self, page: int = 1) -> str:
        """The address of page *page* of its list, from the root."""
        if self.generation == "A":
            turn = f"p{page}/" if page > 1 else ""
            return f"/newslist/{hex_number(self.number)}/{turn}{_title_case(self.slug)}.aspx"
        if self.generation == "B":
            turn = f"&page={page}" if page > 1 else ""
            return f"/{self.slug}?cate={self.number}{turn}"
        return f"/{self.slug}" + (f"?p={page}&d=" if page > 1 else "")


def hex_number(number: int) -> str:
    """An id as A's hex addresses carry it: hex for the digits 20100127 followed by the id."""
    return f"{int(f'20100127{number}'):X}"


def _title_case(slug: str) -> str:
    words = slug.replace("-", "_")
    return words[:1].upper() + words[1:]


def _a(number: int, slug: str, name: str, *topics: str) -> Section:
    return Section("A", slug, name, number, topics)


def _b(number: int, slug: str, name: str, *topics: str) -> Section:
    return Section("B", slug, name, number, topics)


def _c(slug: str, name: str, *topics: str) -> Section:
    return Section("C", slug, name, 0, topics)


# Numbers 160, 161, 166 (A) and all of B's are the paper's; A's others are not known and made up.
SECTIONS: tuple[Section, ...] = (
    _a(157, "chinh-tri", "Chính trị", "politics"),
    _a(158, "kinh-te", "Kinh tế", "economy"),
    _a(159, "xa-hoi", "Xã hội", "society", "sport", "health"),
    _a(160, "phap-luat", "Pháp luật", "law"),
    _a(161, "van-hoa", "Văn hóa", "culture"),
    _a(166, "giao-duc", "Giáo dục", "education"),
    _a(167, "nong-nghiep", "Nông nghiệp", "farming"),
    _a(171, "phong-su-anh", "Phóng sự ảnh"),
    _a(172, "video-clip", "Video clip"),
    _a(
        181,
        "hoc-tap-va-lam-theo-tam-guong-chu-tich-ho-chi-minh",
        "Học tập và làm theo tấm gương Chủ tịch Hồ Chí Minh",
    ),
    # SEEN: the slug of this one ends in a hyphen.
    _a(
        188,
        "bau-cu-dbqh-khoa-xv-db-hdnd-cac-cap-2021-2026-",
        "Bầu cử ĐBQH khóa XV, ĐB HĐND các cấp 2021-2026",
    ),
    _b(342, "chinh-tri", "Chính trị", "politics"),
    _b(343, "kinh-te", "Kinh tế", "economy", "farming"),
    _b(344, "xa-hoi", "Xã hội", "society"),
    _b(345, "phap-luat-an-ninh-trat-tu", "Pháp luật - An ninh trật tự", "law"),
    _b(353, "van-hoa-nghe-thuat", "Văn hóa - Nghệ thuật", "culture"),
    _b(361, "the-thao", "Thể thao", "sport"),
    _b(369, "suc-khoe-y-te", "Sức khỏe - Y tế", "health"),
    _b(371, "ban-doc", "Bạn đọc"),
    _c("chinh-tri", "Chính trị", "politics"),
    _c("kinh-te", "Kinh tế", "economy", "farming"),
    _c("xa-hoi", "Xã hội", "society"),
    _c("van-hoa-nghe-thuat", "Văn hóa - Nghệ thuật", "culture"),
    _c("the-thao", "Thể thao", "sport"),
    _c("giao-duc", "Giáo dục", "education"),
    _c("phap-luat", "Pháp luật", "law"),
    _c("suc-khoe-y-te", "Sức khỏe - Y tế", "health"),
    _c("bau-cu-quoc-hoi-hdnd-cac-cap", "Bầu cử Quốc hội, HĐND các cấp"),
    _c("video", "Video"),
    _c("podcast", "Podcast"),
    _c("infographic", "Infographic"),
)

_BY_PLACE = {f"{section.generation}/{section.slug}": section for section in SECTIONS}


def section_at(place: str) -> Section:
    """The section at *place*: generation and slug, as in ``A/xa-hoi``."""
    return _BY_PLACE[place]
