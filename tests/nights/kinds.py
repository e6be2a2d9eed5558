"""Every kind of trouble a newspaper's site can be in, and what a night must come to in it.

What is expected is written by hand, from what an operator would want, and held against real nights
by `test_nights`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape

from newsroom import Reply
from tests.nights.pages import (
    HTML,
    cookie_challenge,
    drawn_by_scripts,
    empty_shell,
    login,
    not_found_with_sidebar,
    notice,
    page,
    parked,
    refresh,
    with_another_shape,
    without_articles,
    without_links,
)
from tests.nights.visits import Visit

Play = Callable[[Visit], Reply]

TEXT = (("Content-Type", "text/plain; charset=utf-8"),)


@dataclass(frozen=True)
class Kind:
    """One kind of site, on one night."""

    name: str
    """As the table calls it."""
    play: Play | None
    """What it answers; None: all is well."""
    code: int | range
    """The exit code of that night."""
    says: str = ""
    """A part of the sentence that the night ends with."""
    new: int | range = 0
    """Of that night's six new articles, how many are kept at once."""
    gone: int = 0
    """Articles that are gone after the nights that follow, because they truly are."""
    revised: int = 0
    """Articles with a second version, because the paper truly edited them."""
    then: int = 0
    """The exit code of the next night, when all is well again."""
    missing: int = 0
    """What the archive lacks after that night."""
    stays: bool = False
    """The next night is as the first: what was played was no trouble."""
    day: int = 0
    """The day of the night that is played; every day between passes without a crawl."""
    quiet: bool = False
    """Nothing is published that day."""
    requests: range = range(400)
    """How many requests the night may take."""
    patience: float = 0.0
    """How long a silent server keeps its connections open."""


def robots(reply: Reply) -> Play:
    """Only robots.txt is answered so."""
    return lambda visit: reply if visit.what == "robots" else visit.well()


def everywhere(reply: Reply, *, robots_too: bool = False) -> Play:
    """Every address but robots.txt is answered so."""
    return lambda visit: visit.well() if visit.what == "robots" and not robots_too else reply


def on(what: str, reply: Reply | Play, *, first: int | None = None) -> Play:
    """Addresses of one sort are answered so: home, list, article, new, known, entrance."""

    def play(visit: Visit) -> Reply:
        if not visit.is_a(what):
            return visit.well()
        if first is not None and visit.key not in sorted(visit.known)[:first]:
            return visit.well()
        return reply(visit) if callable(reply) else reply

    return play


def moved(where: str, status: int = 302) -> Reply:
    """A redirect."""
    return Reply(status, b"", (("Location", where), *HTML))


def busy(status: int, seconds: str | None = None) -> Reply:
    """A server that has enough."""
    asked = (("Retry-After", seconds),) if seconds else ()
    return Reply(status, b"<h1>Busy</h1>", (*HTML, *asked))


SILENT = Reply(200, silent=True)
FEW = range(60)
ONLY_ROBOTS = range(1, 5)


def _redirects_but(entrance: str, where: str, shown: str | None = None) -> Play:
    """Everything leads to one page, which is there."""

    def play(visit: Visit) -> Reply:
        if visit.what == "robots":
            return visit.well()
        if visit.where == entrance:
            return page(shown) if shown is not None else visit.well()
        return moved(where)

    return play


def _cached(visit: Visit) -> Reply:
    return visit.well_at(visit.path_of(sorted(visit.known)[0]))


def _made_of_the_address(visit: Visit) -> Reply:
    """One text at every address, under the headline of the address."""
    one = visit.room.edition.story(sorted(visit.known)[0])
    reply = visit.well_at(visit.path_of(sorted(visit.known)[0]))
    text = reply.body.decode().replace(escape(one.title), escape(visit.story.title))
    return replace(reply, body=text.encode(), headers=HTML)


def _sick(articles: Play) -> Play:
    """Lists name nothing, and known articles are answered so."""

    def play(visit: Visit) -> Reply:
        return without_articles(visit) if visit.is_a("entrance") else articles(visit)

    return play


def _next_one(visit: Visit) -> Reply:
    keys = sorted(visit.known | visit.new)
    return visit.well_at(visit.path_of(keys[(keys.index(visit.key) + 1) % len(keys)]))


def _changed(change: Callable[[str], str]) -> Play:
    def play(visit: Visit) -> Reply:
        reply = visit.well()
        return replace(reply, body=change(reply.body.decode()).encode(), headers=HTML)

    return play


def _letters_lost(text: str) -> str:
    return text.encode("ascii", "replace").decode()


def _sent(**how: object) -> Play:
    def play(visit: Visit) -> Reply:
        reply = visit.well()
        cut = how.get("cut")
        body = reply.body[: int(len(reply.body) * cut)] if cut else reply.body
        rest = {name: value for name, value in how.items() if name != "cut"}
        return replace(reply, body=body, chunked=False, **rest)

    return play


def _once(reply: Reply, what: str = "list") -> Play:
    left = [reply]
    return lambda visit: left.pop() if left and visit.is_a(what) else visit.well()


def _after(count: int, reply: Reply) -> Play:
    seen: list[str] = []

    def play(visit: Visit) -> Reply:
        if visit.what == "robots":
            return visit.well()
        seen.append(visit.where)
        return reply if len(seen) > count else visit.well()

    return play


def _frozen(visit: Visit) -> Reply:
    return visit.well_before(-1) if visit.is_a("entrance") else visit.well()


def _edited(visit: Visit) -> Reply:
    reply = visit.well()
    if visit.key != sorted(visit.known)[0]:
        return reply
    words = visit.story.paragraphs[1].split()
    text = reply.body.decode().replace(" ".join(words[:6]), " ".join([*words[:5], "nay", words[5]]))
    return replace(reply, body=text.encode(), headers=HTML)


def _restyled(text: str) -> str:
    """The same articles, read slightly differently: the paper signs each paragraph's end."""
    return text.replace("</p>", " (ĐTO)</p>")


def within(value: int, expected: int | range) -> bool:
    """Whether *value* is what is expected."""
    return value in expected if isinstance(expected, range) else value == expected


def table(kinds: list[Kind]) -> str:
    """What docs/operating.md shows of them."""

    def said(expected: int | range) -> str:
        if not isinstance(expected, range):
            return str(expected)
        return " or ".join(map(str, expected)) if len(expected) < 4 else f"up to {expected[-1]}"

    rows = [
        f"| {kind.name} | {said(kind.code)} | {said(kind.new)} | {kind.gone} | {kind.revised}"
        f" | {kind.then} | {kind.missing} |"
        for kind in kinds
    ]
    head = "| the site, one night | exit code | new kept | gone | revised | next night | then missing |"
    return "\n".join([head, "|---|---|---|---|---|---|---|", *rows])


def kinds() -> list[Kind]:
    """All of them; what is played keeps count, so that each list is played once."""
    return [
        *_robots(),
        *_everywhere(),
        *_redirects(),
        *_articles(),
        *_lists(),
        *_transfers(),
        *_well(),
    ]


def _robots() -> list[Kind]:
    def rules(text: str) -> Reply:
        return Reply(200, text.encode(), TEXT)

    refused = {"code": 3, "says": "robots.txt", "requests": ONLY_ROBOTS}
    fine = {"code": 0, "new": 6, "stays": True}
    return [
        Kind(
            "robots.txt forbids everything",
            robots(rules("User-agent: *\nDisallow: /\n")),
            **refused,
        ),
        Kind(
            "robots.txt forbids another robot",
            robots(rules("User-agent: x\nDisallow: /\n")),
            **fine,
        ),
        Kind("robots.txt: 404", robots(Reply(404)), **fine),
        Kind("robots.txt: 403", robots(Reply(403)), **fine),
        Kind("robots.txt is a page", robots(page(notice("Trang chủ"))), **fine),
        Kind(
            "robots.txt redirects for ever",
            robots(moved("https://baodongthap.vn/robots.txt")),
            **fine,
        ),
        Kind(
            "robots.txt: Crawl-delay nan",
            robots(rules("User-agent: *\nCrawl-delay: nan\n")),
            **fine,
        ),
        Kind("robots.txt: 500", robots(Reply(500)), **refused),
        Kind("robots.txt: 503", robots(Reply(503)), **refused),
        Kind("robots.txt: 429", robots(Reply(429)), **refused),
        Kind("robots.txt is closed on", robots(SILENT), **refused),
        Kind("robots.txt hangs", robots(SILENT), **refused, patience=9.0),
    ]


def _everywhere() -> list[Kind]:
    down = {"code": 3, "requests": FEW}
    shown = {"code": 3}
    return [
        Kind("403 everywhere", everywhere(page(notice("403 Forbidden"), 403)), **down),
        Kind("401 everywhere", everywhere(Reply(401)), **down),
        Kind("429 everywhere", everywhere(busy(429)), **down, says="429"),
        Kind("503 everywhere", everywhere(busy(503)), **down, says="503"),
        Kind("500 everywhere", everywhere(Reply(500)), **down, says="500"),
        Kind("503 everywhere, robots.txt too", everywhere(busy(503), robots_too=True), **down),
        Kind(
            "503 for a day (Retry-After)", everywhere(busy(503, "86400")), **down, says="left alone"
        ),
        Kind("202 everywhere", everywhere(page(notice("…"), 202)), **down),
        Kind("closes every connection", everywhere(SILENT), **down),
        Kind("a challenge, 200", everywhere(page(notice("Just a moment..."))), **shown),
        Kind("a challenge by cookie, 200", everywhere(page(cookie_challenge())), **shown),
        Kind("maintenance, 200", everywhere(page(notice("Hệ thống đang bảo trì"))), **shown),
        Kind("maintenance, 503", everywhere(page(notice("Hệ thống đang bảo trì"), 503)), **down),
        Kind("a login page, 200", everywhere(page(login())), **shown),
        Kind("a parked domain", everywhere(page(parked())), **shown),
        Kind("a page that refreshes elsewhere", everywhere(page(refresh("/xac-minh"))), **shown),
        Kind(
            "no database",
            everywhere(page(notice("Error establishing a database connection"))),
            **shown,
        ),
        Kind("Runtime Error, 200", everywhere(page(notice("Runtime Error"))), **shown),
        Kind("Lỗi hệ thống, 200", everywhere(page(notice("Lỗi hệ thống"))), **shown),
        Kind("Welcome to nginx!", everywhere(page(notice("Welcome to nginx!"))), **shown),
        Kind("nothing, 200", everywhere(Reply(200)), **shown),
        Kind("404 everywhere", everywhere(page(notice("404"), 404)), code=3),
        Kind("pages drawn by scripts", everywhere(page(drawn_by_scripts())), code=4),
    ]


def _redirects() -> list[Kind]:
    home = "https://baodongthap.vn/"
    return [
        Kind("everything leads home", _redirects_but("/", home), code=3),
        Kind(
            "everything leads to /bao-tri.html",
            _redirects_but("/bao-tri.html", "/bao-tri.html", notice("Hệ thống đang bảo trì")),
            code=3,
        ),
        Kind(
            "everything leads to /captcha",
            _redirects_but("/captcha", "/captcha", notice("Nhập mã xác nhận")),
            code=3,
        ),
        Kind(
            "everything leads to /Error.aspx",
            _redirects_but("/Error.aspx", "/Error.aspx?aspxerrorpath=x", notice("Lỗi")),
            code=3,
        ),
        Kind(
            "everything leads to a login",
            _redirects_but("/dang-nhap", "/dang-nhap?returnUrl=x", login()),
            code=3,
        ),
        Kind(
            "everything leads to another site", everywhere(moved("https://parked.example/")), code=3
        ),
        Kind(
            "articles lead to a session's address",
            on("article", lambda v: moved(f"/(S(x1y2z3))/{v.where.lstrip('/')}")),
            code=3,
        ),
    ]


def _articles() -> list[Kind]:
    gone = notice("Không tìm thấy trang")
    return [
        Kind("404 for every article", on("article", page(gone, 404)), code=3),
        Kind("404 for every known article", on("known", page(gone, 404)), code=3, new=6),
        Kind("410 for every article", on("article", page(gone, 410)), code=3),
        Kind("soft 404 for every article", on("article", page(gone)), code=3),
        Kind("soft 404 of full size", on("article", not_found_with_sidebar), code=3),
        Kind("every article leads home", on("article", moved("https://baodongthap.vn/")), code=3),
        Kind("empty shells", on("article", empty_shell), code=range(3, 5)),
        Kind("articles drawn by scripts", on("article", page(drawn_by_scripts())), code=4),
        Kind("new articles drawn by scripts", on("new", page(drawn_by_scripts())), code=4),
        Kind("403 for every article", on("article", Reply(403)), code=3),
        Kind("403 for new articles", on("new", Reply(403)), code=range(3, 6)),
        Kind("500 for every article", on("article", Reply(500)), code=3),
        Kind("500 for one article", on("known", Reply(500), first=1), code=0, new=6),
        Kind("maintenance for every article", on("article", page(notice("Bảo trì"))), code=3),
        Kind("404 for five articles", on("known", page(gone, 404), first=5), code=0, new=6),
        Kind(
            "one article truly taken down",
            on("known", page(gone, 404), first=1),
            code=0,
            new=6,
            gone=1,
            stays=True,
        ),
        Kind(
            "two articles truly taken down (410)",
            on("known", page(gone, 410), first=2),
            code=0,
            new=6,
            gone=2,
            stays=True,
        ),
        Kind(
            "one article truly edited", on("known", _edited), code=0, new=6, revised=1, stays=True
        ),
        Kind("a cache gives one page for all", on("article", _cached), code=4),
        Kind("a cache gives another article", on("article", _next_one), code=4),
        Kind("a cache gives one page at new addresses", on("new", _cached), code=4),
        Kind(
            "a cache gives one page at new addresses, twice",
            on("new", _cached),
            code=4,
            then=4,
            missing=6,
            stays=True,
        ),
        Kind("an article made of every new address", on("new", _made_of_the_address), code=4),
        Kind("letters lost", on("article", _changed(_letters_lost)), code=range(3, 6)),
        Kind("a redesign reads otherwise", on("article", _changed(_restyled)), code=4, new=6),
    ]


def _lists() -> list[Kind]:
    return [
        Kind("a silent front page", on("home", SILENT), code=3, new=6),
        Kind("500 for the front page", on("home", Reply(500)), code=3, new=6),
        Kind("lists without links", on("entrance", without_links), code=3),
        Kind(
            "lists without links, a quiet night", on("entrance", without_links), code=3, quiet=True
        ),
        Kind(
            "lists without articles, an article is 404",
            _sick(on("known", page(notice("Không tìm thấy trang"), 404), first=1)),
            code=3,
            says="were not changed",
        ),
        Kind(
            "lists without articles and a 404, twice",
            _sick(on("known", page(notice("Không tìm thấy trang"), 404), first=1)),
            code=3,
            then=3,
            missing=12,
            stays=True,
        ),
        Kind(
            "lists without articles, an article edited",
            _sick(on("known", _edited)),
            code=3,
            says="were not changed",
        ),
        Kind("lists drawn by scripts", on("entrance", page(drawn_by_scripts())), code=range(3, 5)),
        Kind("a challenge on lists", on("entrance", page(notice("Just a moment..."))), code=3),
        Kind("500 for every list", on("entrance", Reply(500)), code=3),
        Kind("lists name addresses of a new shape", on("entrance", with_another_shape), code=4),
        Kind("lists frozen for a week", _frozen, code=4, day=6),
        Kind("torn lists", on("list", _sent(torn=True)), code=0, new=6),
        Kind(
            "maintenance on a quiet night", everywhere(page(notice("Bảo trì"))), code=3, quiet=True
        ),
    ]


def _transfers() -> list[Kind]:
    return [
        Kind("every article torn", on("article", _sent(torn=True)), code=3),
        Kind("articles without a last chunk", on("article", _sent(endless=True)), code=0, new=6),
        Kind(
            "the length of the unpacked page", on("article", _sent(length=900_000)), code=0, new=6
        ),
        Kind("articles cut, no last chunk", on("article", _sent(endless=True, cut=0.6)), code=3),
        Kind("articles closed on", on("article", SILENT), code=3),
        Kind("429 once, wait a second", _once(busy(429, "1")), code=0, new=6),
        Kind("503 once", _once(busy(503)), code=0, new=6),
        Kind("Retry-After: ²", _once(busy(503, "²")), code=0, new=6),
        Kind("429 from the middle on", _after(40, busy(429)), code=3, new=range(7)),
        Kind(
            "Retry-After: 86400 from the middle on",
            _after(40, busy(429, "86400")),
            code=3,
            new=range(7),
        ),
        Kind("closed from the middle on", _after(40, SILENT), code=3, new=range(7)),
    ]


def _well() -> list[Kind]:
    return [
        Kind("a good night", None, code=0, new=6, stays=True),
        Kind("a Sunday without news", None, code=0, quiet=True),
        Kind("two nights without news", None, code=0, quiet=True, stays=True),
    ]
