"""What `extract` may do with any bytes: give a sound Article, or refuse by name."""

from __future__ import annotations

import json
import logging
import traceback
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.errors import ExtractionError
from archive.models import Article
from crawler.extract import extract
from crawler.extract.time_limit import limited

#: No page may take longer (issue: "no page over 5 s"), in CPU seconds: the machine may be busy.
MAX_SECONDS = 5.0

#: Addresses of every generation, of another site, and none.
ADDRESSES: tuple[str | None, ...] = (
    None,
    "https://baodongthap.vn/xa-hoi/bat-giu-nhieu-vu-buon-lau-thuoc-la-57543.aspx",
    "http://www.baodongthap.com.vn/newsdetails/1D3FE18E535/Hai_bi_cao_gay_tai_nan.aspx",
    "https://www.baodongthap.vn/ban-doc/202510/don-doc-bao-dong-thap-so-ra-ngay-22-10-1050912",
    "https://baodongthap.vn/trao-690-phan-qua-tet-a236888.html",
    "https://www.baodongthap.vn/video/xem-video/le-hoi-hoa-297.html",
    "https://baodongthap.vn/chinh-tri?cate=342&page=2",
    "https://example.org/nothing",
)

# BeautifulSoup logs what it could not decode; here that is every other page.
logging.getLogger("bs4").setLevel(logging.ERROR)

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[1]
_ADDRESSES = ("url", "media")
_ONE_LINE = ("title", "kicker", "lead", "agency", "byline", "source", "section", "updated_text")


@dataclass(frozen=True)
class Failure:
    """One way in which a page broke the promise; pages with the same `signature` break it alike."""

    signature: str
    detail: str


class TooSlow(BaseException):
    """The page has had its time. No `except Exception` may swallow it."""


def judge(page: bytes, url: str | None) -> Failure | None:
    """Extract *page*; None if all is well. A warning counts as a failure: cron would mail it."""
    try:
        with limited(MAX_SECONDS, TooSlow), warnings.catch_warnings():
            warnings.simplefilter("error")
            article = extract(page, url)
    except ExtractionError as error:
        if not str(error).strip():
            return Failure(f"silent {type(error).__name__}", "the error says nothing")
        return None
    except MemoryError:
        raise
    except (Exception, TooSlow) as error:  # noqa: BLE001 - the very thing that is looked for
        return Failure(_signature(error), traceback.format_exc())
    broken = broken_promise(article)
    return Failure(f"promise: {broken.partition(':')[0]}", broken) if broken else None


def broken_promise(article: Article) -> str | None:
    """What is wrong with the shape of *article*, whatever page it came from; None if nothing."""
    record = article.to_dict()
    try:
        # Surrogates alone cannot be written as UTF-8: not to JSON, SQLite or CSV.
        text = json.dumps(record, ensure_ascii=False)
        text.encode()
    except (TypeError, ValueError) as error:
        return f"not writable: {error}"
    # String by string: in JSON, a mark after a line break would join the n of its escape. An
    # address is no text: its bytes are what the server knows it by.
    for value in strings(record):
        if not unicodedata.is_normalized("NFC", value):
            return f"not NFC: {value!r}"
    if not article.title.strip():
        return "empty title"
    for name in _ONE_LINE:
        value = record[name]
        if value is not None and (value != " ".join(value.split()) or not value):
            return f"untidy {name}: {value!r}"
    if any(not part.strip() or part != part.strip() for part in article.paragraphs):
        return "untidy body: an empty or padded paragraph"
    # NUL ends a text in SQLite's shell; other controls break CSV readers.
    controls = {char for char in text.replace("\\n", "") if unicodedata.category(char) == "Cc"}
    controls |= {escape for escape in ("\\u0000", "\\u001b", "\\b", "\\f") if escape in text}
    if controls:
        return f"control characters: {sorted(controls)!r}"
    if [image.position for image in article.images] != list(range(1, len(article.images) + 1)):
        return "image positions"
    if any(not 0 <= image.after_paragraph <= len(article.paragraphs) for image in article.images):
        return "image anchor: after a paragraph that does not exist"
    if (article.updated_at is None) != (article.updated_precision is None):
        return "stamp precision without a stamp, or the reverse"
    if Article.from_dict(json.loads(text)) != article:
        return "round trip: to_dict and from_dict disagree"
    return None


def strings(value: object) -> Iterator[str]:
    """Every string in a JSON value but addresses."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in _ADDRESSES:
                yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def _signature(error: BaseException) -> str:
    """The error's class and the function of ours where it arose."""
    ours = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(_ROOT)
        and not Path(frame.filename).is_relative_to(_HERE)
    ]
    if not ours:
        return type(error).__name__
    place = ours[-1]
    file = Path(place.filename).relative_to(_ROOT)
    return f"{type(error).__name__} in {file}:{place.name}"
