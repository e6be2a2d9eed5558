"""Slugs of sections, and of other folders, that the papers of the region have in common."""

from __future__ import annotations

#: Sections SEEN (docs/site.md §10). A section's name is neither a headline nor a kicker.
COMMON_SECTIONS = frozenset(
    [
        "chinh-tri",
        "kinh-te",
        "xa-hoi",
        "van-hoa",
        "phap-luat",
        "giao-duc",
        "nong-nghiep",
        "phong-su-anh",
        "video-clip",
        "ban-doc",
        "the-thao",
        "quoc-te",
        "khoa-hoc",
        "suc-khoe-y-te",
        "van-hoa-nghe-thuat",
        "khoa-hoc-doi-song",
        "phap-luat-an-ninh-trat-tu",
        "thoi-su",
        "tin-tuc",
        "du-lich",
        "y-te",
        "video",
        "podcast",
        "longform",
        "infographic",
        "emagazine",
        "multimedia",
        "trong-nuoc",
        "trong-tinh",
        "phong-su",
        "van-nghe",
        "doi-song",
        "kinh-te-xa-hoi",
        "quoc-phong-an-ninh",
        "xay-dung-dang",
        "moi-truong",
        "cong-nghe",
        "suc-khoe",
        "the-gioi",
        "giai-tri",
        "bat-dong-san",
        "nhip-song",
    ]
)

#: First folders of addresses that are neither sections nor articles (SEEN in other people's
#: crawlers).
OTHER_FOLDERS = frozenset(
    [
        "ketquatimkiem",
        "tim-kiem",
        "tac-gia",
        "tag",
        "tags",
        "tu-khoa",
        "xem-bao",
        "xem-albumphoto",
        "en",
        "files",
        "rss",
        "image",
        "database",
        "dataimages",
    ]
)
