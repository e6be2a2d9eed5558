"""The language of a page, and how it writes numbers and days.

The visitor's choice comes first (``?lang=``, kept in a cookie), then the browser's, then the
language of the newspaper, Vietnamese.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode

from archive.web.headers import Application, Receive, Scope, Send
from archive.web.translations import TRANSLATIONS

Language = Literal["vi", "en"]
COOKIE = "khobao_lang"
_KEY = "khobao.language"

_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December"]  # fmt: skip


class Translator:
    """The texts of the interface in one language; templates call it ``t``."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def __call__(self, key: str, **values: Any) -> str:
        """The text of *key* with its placeholders filled; left open where no value is given."""
        message = TRANSLATIONS[key]
        text = message.vi if self.language == "vi" else message.en
        return text.format(**values) if values else text

    def has(self, key: str) -> bool:
        """Whether *key* has a text (names that come from the data may have none)."""
        return key in TRANSLATIONS

    def number(self, value: float) -> str:
        """A number with its thousands set apart: 1.234 in Vietnamese, 1,234 in English."""
        text = f"{value:,}"
        return text.translate(str.maketrans(",.", ".,")) if self.language == "vi" else text

    def count(self, key: str, value: int) -> str:
        """A number and its noun; English has a form for one."""
        one = TRANSLATIONS[key].one if value == 1 and self.language == "en" else None
        return one.format(n="1") if one else self(key, n=self.number(value))

    def day(self, stamp: str | None) -> str:
        """The day of an ISO stamp as people write it; of a month or year, that."""
        if not stamp:
            return ""
        parts = stamp[:10].split("-")
        if not all(part.isdecimal() for part in parts):
            return stamp
        if self.language == "vi":
            return "/".join(reversed(parts))
        names = [_MONTHS[int(m) - 1] if 1 <= int(m) <= 12 else m for m in parts[1:2]]
        return " ".join([*(str(int(d)) for d in parts[2:3]), *names, parts[0]])

    def moment(self, stamp: str | None, precision: str | None = None) -> str:
        """Day and time, as precise as *precision* says."""
        if not stamp:
            return ""
        if precision == "day" or len(stamp) < 16:
            return self.day(stamp)
        time = stamp[11:19] if precision == "second" else stamp[11:16]
        zone = " UTC" if stamp.endswith("Z") else ""
        return f"{self.day(stamp)}, {time}{zone}"

    def origin(self, origin: str) -> str:
        """The source of a capture that was not made on the live site."""
        word = f"origin.{origin}"
        return self("origin", name=self(word) if self.has(word) else origin.removeprefix("import:"))

    def size(self, value: float) -> str:
        """A number of bytes, roughly."""
        units = iter(("B", "kB", "MB", "GB"))
        unit = next(units)
        while value >= 1000 and unit != "GB":
            value, unit = value / 1000, next(units)
        exact = value < 10 and unit != "B"
        return f"{self.number(round(value, 1) if exact else int(value))} {unit}"


def language_of(scope: Mapping[str, Any]) -> Language:
    """The language of a request."""
    language: Language = scope.get(_KEY, "vi")
    return language


def choose_language(application: Application) -> Application:
    """Wrap *application*: choose the language of each request.

    ``lang`` is removed from the query, because Datasette would read it as a filter on a column.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        headers = dict(scope["headers"])
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        chosen = next((v for k, v in reversed(query) if k == "lang" and v in ("vi", "en")), None)
        scope = dict(scope)
        if any(key == "lang" for key, _ in query):
            rest = [(k, v) for k, v in query if k != "lang"]
            scope["query_string"] = urlencode(rest).encode()
        # Nothing behind this needs one, and the standard library reads a long one slowly.
        scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"cookie"]
        scope[_KEY] = (
            chosen
            or _cookie(headers.get(b"cookie", b"").decode("latin-1"))
            or _accepted(headers.get(b"accept-language", b"").decode("latin-1"))
        )

        async def send_cookie(message: Any) -> None:
            if chosen and message["type"] == "http.response.start":
                cookie = f"{COOKIE}={chosen}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly"
                message["headers"] = [*message["headers"], (b"set-cookie", cookie.encode())]
            await send(message)

        await application(scope, receive, send_cookie)

    return answer


def _cookie(header: str) -> Language | None:
    """The language that a visitor chose before.

    >>> _cookie("a=b; khobao_lang=en"), _cookie('khobao_lang="vi"'), _cookie("khobao_lang=x;en")
    ('en', 'vi', None)
    """
    for item in header.split(";"):
        name, _, value = item.strip().partition("=")
        if name == COOKIE:
            value = value.strip('"')
            return "vi" if value == "vi" else "en" if value == "en" else None
    return None


def _accepted(header: str) -> Language:
    """The one of our languages that the browser wants most.

    >>> _accepted("fr, en-GB;q=0.8, vi;q=0.3"), _accepted("de"), _accepted("")
    ('en', 'vi', 'vi')
    """
    best: tuple[float, Language] = (0.0, "vi")
    for item in header.split(","):
        tag, _, rest = item.strip().partition(";")
        quality = rest.strip().removeprefix("q=") or "1"
        weight = float(quality) if quality.replace(".", "", 1).isdecimal() else 0.0
        primary = tag.split("-")[0].lower()
        language: Language | None = {"vi": "vi", "en": "en"}.get(primary)  # type: ignore[assignment]
        if language and weight > best[0]:
            best = (weight, language)
    return best[1]
