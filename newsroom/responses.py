"""Address → reply, for one day: which page stands where, and how it misbehaves. Knows no sockets.

Routes are read here anew and not by `crawler.site.urls`: the newsroom is what the crawler is tested
against, so it must not share the crawler's reading of an address.
"""

from __future__ import annotations

import re
import zlib
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import UTC, timedelta, timezone
from email.utils import format_datetime, parsedate_to_datetime
from functools import cached_property
from urllib.parse import parse_qs, unquote, urlsplit

from newsroom import front, lists, page_a, page_b, page_c, pictures
from newsroom.addresses import HOME, hex_path, key, path
from newsroom.encodings import decomposed, to_windows_1258
from newsroom.expected import imported
from newsroom.newspaper import Edition
from newsroom.page_chrome import PageChrome
from newsroom.records import Story
from newsroom.sections import SECTIONS, Section, hex_number

_ZONE = timezone(timedelta(hours=7))

_HEX = re.compile(r"/newsdetails/([0-9A-Fa-f]+)/[^/]*\.aspx")
_SLUG = re.compile(r"/([a-z0-9-]+)/[^/]*-(\d+)\.aspx")
_MONTH = re.compile(r"/([a-z0-9-]+)/\d{6}/[^/]*-(\d+)")
_FLAT = re.compile(r"/[^/]*-a(\d+)\.html")
_SERIES = re.compile(r"/(video|podcast|infographic)/(?:[a-z-]+/)?[^/]*-(\d+)\.html")
_HEX_LIST = re.compile(r"/newslist/([0-9A-Fa-f]+)/(?:p(\d+)/)?[^/]*\.aspx")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|ico)$", re.I)

#: Templates whose server knows when a page last changed; the others build every page anew.
_CONDITIONAL = frozenset(("a-2019", "a-2019-div", "c-angiang", "c-cantho", "c-binhduong"))

_HTML = ("Content-Type", "text/html; charset=utf-8")


@dataclass(frozen=True)
class Reply:
    """What the server sends; `silent` and `torn` are how it fails to."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = (_HTML,)
    silent: bool = False
    """Say nothing for a while, then hang up."""
    chunked: bool = False
    """Sent in pieces, without its length in advance."""
    torn: bool = False
    """Promise the whole body, send half of it, hang up."""
    length: int | None = None
    """What is announced instead of the true length; the connection ends after the body."""
    endless: bool = False
    """Sent in pieces without the last, empty one; the connection ends after the body."""

    @cached_property
    def packed(self) -> bytes:
        """The body, gzipped; once, however often it is sent."""
        packer = zlib.compressobj(1, zlib.DEFLATED, 31)
        return packer.compress(self.body) + packer.flush()


class Responder:
    """Answers every address of the site as it stands on the day of *edition*."""

    def __init__(self, edition: Edition, *, crawl_delay: float, cache_bytes: int) -> None:
        self.edition = edition
        self.closed = False
        """While True, every address shows the maintenance page, with status 200."""
        self.overrides: dict[str, Reply] = {}
        self._crawl_delay = crawl_delay
        self._cache: OrderedDict[str, Reply] = OrderedDict()
        self._cache_left = cache_bytes
        self._failed_today: set[str] = set()
        self._hex_sections = {hex_number(s.number): s for s in SECTIONS if s.generation == "A"}
        self._cate_sections = {s.number: s for s in SECTIONS if s.generation == "B"}
        self._flat_sections = {s.slug: s for s in SECTIONS if s.generation == "C"}

    def answer(self, host: str, target: str, conditions: dict[str, str]) -> Reply:
        """The reply to a GET of *target*, with the lower-case request headers *conditions*."""
        if self.closed:
            return Reply(200, front.maintenance().encode())
        if dress := self.edition.paper.dress:
            target = dress.off(target)
        where = urlsplit(target).path
        if where in self.overrides:
            return self.overrides[where]
        cached = f"{_kind_of(host)} {target}"
        reply = self._cache.get(cached)
        if reply is None:
            reply = self._make(host, target, where)
            if dress:
                headers = tuple(
                    (name, dress.on_page(value.encode()).decode()) for name, value in reply.headers
                )
                reply = replace(reply, body=dress.on_page(reply.body), headers=headers)
            self._remember(cached, reply)
        else:
            self._cache.move_to_end(cached)
        if reply.status == 200 and _not_modified(reply, conditions):
            kept = tuple(each for each in reply.headers if each[0] in ("ETag", "Last-Modified"))
            return Reply(304, b"", kept)
        return self._deliver(where, reply)

    def _remember(self, cached: str, reply: Reply) -> None:
        self._cache[cached] = reply
        self._cache_left -= len(reply.body)
        while self._cache_left < 0 and self._cache:
            _, forgotten = self._cache.popitem(last=False)
            self._cache_left += len(forgotten.body)

    # ── Routes ──────────────────────────────────────────────────────────────────────────────────

    def _make(self, host: str, target: str, where: str) -> Reply:
        where = unquote(where).removeprefix("/index.php") or "/"
        if where == "/robots.txt":
            return self._robots()
        if _PICTURE.search(where):
            kind, data = pictures.picture(where)
            return Reply(200, data, (("Content-Type", kind), ("Cache-Control", "max-age=86400")))
        if _kind_of(host) == "media":  # media hosts serve no pages
            return Reply(404)
        if where == "/":
            return Reply(
                200,
                front.home(self.edition, self.chrome, old=_kind_of(host) == "old").encode(),
            )
        story, filed = self._story_at(where)
        if story is not None:
            return self._article(story, filed, where)
        query = parse_qs(urlsplit(target).query)
        found = self._list_at(where, query)
        if found:
            return self._list(*found)
        if where in ("/tim-kiem", "/ketquatimkiem.aspx", "/xem-bao", "/en", "/rss"):
            return Reply(200, front.notice("Đang cập nhật", self.chrome).encode())
        return Reply(404, front.not_found(self.chrome).encode())

    def _story_at(self, where: str) -> tuple[Story | None, Section | None]:
        if found := _HEX.fullmatch(where):
            digits = str(int(found[1], 16))
            return self._story(f"dto:{digits.removeprefix('20100127')}"), None
        if found := _SLUG.fullmatch(where):
            story = self._story(f"dto:{found[2]}")
            filed = [s for s in (story.also_in if story else ()) if s.slug == found[1]]
            return story, filed[0] if filed else None
        if found := _MONTH.fullmatch(where):
            return self._story(f"dto:b{found[2]}"), None
        if found := _FLAT.fullmatch(where):
            story = self._twins.get(int(found[1]))
            return (imported(story) if story else self._story(f"dto:a{found[1]}")), None
        if found := _SERIES.fullmatch(where):
            return self._story(f"dto:{found[1]}-{found[2]}"), None
        return None, None

    def _story(self, key: str) -> Story | None:
        return self.edition.story(key)

    @cached_property
    def _twins(self) -> dict[int, Story]:
        stories = (self.edition.story(place.key) for place in self.edition.places() if place.name)
        return {story.twin.number: story for story in stories if story and story.twin}

    def _list_at(self, where: str, query: dict[str, list[str]]) -> tuple[Section, int] | None:
        def asked(name: str) -> int:
            value = query.get(name, ["1"])[0]
            return int(value) if value.isdecimal() else 1

        if found := _HEX_LIST.fullmatch(where):
            section = self._hex_sections.get(found[1].upper())
            return (section, int(found[2] or 1)) if section else None
        slug = where.strip("/")
        if "cate" in query:
            section = self._cate_sections.get(asked("cate"))
            return (section, asked("page")) if section and section.slug == slug else None
        section = self._flat_sections.get(slug)
        return (section, asked("p")) if section else None

    # ── Replies ─────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def chrome(self) -> PageChrome:
        """The furniture of the day."""
        edition = self.edition
        newest = [edition.paper.story(place, edition.day) for place in edition.newest]
        return PageChrome(
            clock=edition.clock,
            menu=lists.menu(edition.paper.sections),
            newest=lists.small_items(newest[:10]),
            popular=lists.small_items(newest[12:22]),
        )

    def _article(self, story: Story, filed: Section | None, where: str) -> Reply:
        name = key(story)
        if name in self.edition.shut:
            return Reply(200, front.maintenance().encode())
        if how := self.edition.gone.get(name):
            return self._vanished(story, how)
        if story.twin and story.twin.redirects:
            return Reply(301, b"", (("Location", HOME + path(imported(story))), _HTML))
        chrome = replace(self.chrome, related=self.edition.related(story))
        printer = {"A": page_a.page, "B": page_b.page, "C": page_c.page}[story.generation]
        return self._dressed(story, printer(story, filed or story.section, chrome))

    def _vanished(self, story: Story, how: str) -> Reply:
        if how == "redirect-home":
            return Reply(302, b"", (("Location", f"{HOME}/"), _HTML))
        if how == "soft-404":
            return Reply(200, front.not_found(self.chrome).encode())
        if how == "empty-shell":
            return Reply(200, front.empty_shell(story.title, self.chrome).encode())
        return Reply(int(how), front.not_found(self.chrome).encode())

    def _dressed(self, story: Story, html: str) -> Reply:
        headers = [_HTML]
        if story.generation == "A":
            headers += [
                ("X-AspNet-Version", "4.0.30319"),
                ("X-Powered-By", "ASP.NET"),
                ("Set-Cookie", "ASP.NET_SessionId=3x5k0c; path=/; HttpOnly"),
                ("Set-Cookie", f"viewed={story.number}; path=/"),
            ]
        if story.template in _CONDITIONAL:
            changed = (story.modified or story.stamp).replace(tzinfo=_ZONE)
            headers += [
                ("ETag", f'W/"{story.number}-{int(changed.timestamp())}"'),
                ("Last-Modified", format_datetime(changed.astimezone(UTC), usegmt=True)),
            ]
        body = html.encode()
        if story.delivery == "header-lies":
            headers[0] = ("Content-Type", "text/html; charset=windows-1258")
        elif story.delivery == "meta-lies":
            legacy = html.replace("charset=utf-8", "charset=windows-1258")
            body = to_windows_1258(legacy)
        elif story.delivery == "nfd":
            body = decomposed(html).encode()
        return Reply(200, body, tuple(headers), chunked=story.generation == "B")

    def _deliver(self, where: str, reply: Reply) -> Reply:
        """*reply*, or what comes instead of it the first time of the day."""
        fault = self._faults.get(where)
        if fault is None or fault in self._failed_today:
            return reply
        delivery = fault.rpartition(" ")[2]
        self._failed_today.add(fault)
        if delivery == "busy-once":
            return Reply(503, b"<h1>Service Unavailable</h1>", (_HTML, ("Retry-After", "1")))
        if delivery == "silent-once":
            return replace(reply, silent=True)
        return replace(reply, torn=True)

    @cached_property
    def _faults(self) -> dict[str, str]:
        """Path → story and fault, for the stories that fail once a day."""
        faults: dict[str, str] = {}
        for place in self.edition.places():
            story = self.edition.story(place.key) if place.name else None
            if story and story.delivery and story.delivery.endswith("-once"):
                paths = [path(story), hex_path(story)] if story.generation == "A" else [path(story)]
                faults |= dict.fromkeys(paths, f"{story.name} {story.delivery}")
        return faults

    def _list(self, section: Section, page: int) -> Reply:
        places = self.edition.lists.get(section, [])
        last = lists.pages_of(places)
        if not 1 <= page <= last:
            return Reply(404, front.not_found(self.chrome).encode())
        start = (page - 1) * lists.PER_PAGE
        shown = places[start : start + lists.PER_PAGE]
        stories = [self.edition.paper.story(place, self.edition.day) for place in shown]
        # An imported story stands in C's lists under its new address.
        items = [
            (imported(each), None)
            if each.twin and section.generation == "C"
            else (each, section if section.generation == "A" else None)
            for each in stories
        ]
        body = front.section_page(section, items, page, last, self.chrome)
        return Reply(200, body.encode())

    def _robots(self) -> Reply:
        text = (
            "User-agent: *\n"
            f"Crawl-delay: {self._crawl_delay:g}\n"
            "Disallow: /tim-kiem\nDisallow: /ketquatimkiem.aspx\nDisallow: /admin/\n"
        )
        return Reply(200, text.encode(), (("Content-Type", "text/plain"),))


def _not_modified(reply: Reply, conditions: dict[str, str]) -> bool:
    stated = dict(reply.headers)
    if "ETag" not in stated:
        return False
    if asked := conditions.get("if-none-match"):
        return stated["ETag"] in (tag.strip() for tag in asked.split(","))
    if since := conditions.get("if-modified-since"):
        try:
            return parsedate_to_datetime(stated["Last-Modified"]) <= parsedate_to_datetime(since)
        except ValueError:
            return False
    return False


def _kind_of(host: str) -> str:
    """``media``, ``old`` (the front page is still A's there) or ``new``."""
    if host.startswith("cdn"):
        return "media"
    return "old" if host.endswith("baodongthap.com.vn") else "new"
