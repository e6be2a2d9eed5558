"""What a response means before its text is read: an article's page, a block, a disappearance.

A challenge, a login or a maintenance page is an observation, never a revision: such pages come with
any status, 200 among them, and no list of sentences holds them all. So a page without an article is
judged by what it has (the paper's own links, text, scripts) before what it says. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

from lxml.etree import XPath, _Element

from archive.vietnamese import fold
from crawler.extract.page import Page
from crawler.extract.text import slug_similarity, slug_words, tidy
from crawler.site.paper import DONGTHAP, Paper
from crawler.site.urls import is_ours, read_address, resolve

#: Statuses with which servers refuse a visitor; they say nothing of the page. Firewalls send their
#: challenge with 202.
BLOCKED_STATUSES = frozenset({202, 401, 403, 407, 429, 451, 503, 520, 521, 522, 523, 525, 526, 530})

#: Notices that stand in for an article, in folded letters (no marks, lower case), since
#: notices are often typed without. `layouts.refusal` looks for it where a headline should be.
NOTICES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "a challenge page",
        re.compile(
            r"just a moment|attention required|checking your browser|verif(?:y|ying) (?:that )?you"
            r"|dang kiem tra trinh duyet|are you (?:a )?(?:human|robot)|unusual traffic"
            r"|ddos protection|enable javascript and cookies|access denied|captcha"
            r"|xac (?:minh|nhan) (?:ban|rang ban|con nguoi)|request rejected|403 forbidden"
            r"|web application firewall|tu choi truy cap|toi khong phai la nguoi may"
            r"|too many requests|truy cap qua nhieu lan|(?:dia chi )?ip .{0,20}(?:bi chan|blocked)"
        ),
    ),
    (
        "a maintenance page",
        re.compile(
            r"bao tri|dang (?:duoc )?nang cap|nang cap he thong|maintenance|tam ngung|tam dung hoat"
            r"|service unavailable|temporarily unavailable|bad gateway|gateway time|coming soon"
            r"|under construction|(?:he thong|website) (?:dang )?qua tai"
            r"|vui long (?:quay lai sau|thu lai|tai lai trang)|quay lai sau (?:it phut|\d+ )"
            r"|phien (?:lam viec|dang nhap) .{0,12}het han|noi dung dang (?:duoc )?cap nhat"
        ),
    ),
    (
        "an error of the server",
        re.compile(
            r"loi (?:he thong|may chu|ket noi|co so du lieu)|da xay ra (?:loi|su co)|runtime error"
            r"|server error|database (?:connection|error)|khong the ket noi|fatal error"
            r"|exception details|stack trace|connection (?:refused|timed out)|welcome to nginx"
            r"|account (?:has been )?suspended|default web ?(?:site)? page|^index of /"
        ),
    ),
    (
        "a page about the domain",
        re.compile(
            r"domain (?:name )?(?:is|may be) for sale|buy this domain|parked (?:free|domain)"
            r"|ten mien (?:nay )?(?:da |dang )?(?:duoc rao ban|het han|duoc dang ky)|ban ten mien"
        ),
    ),
    (
        "an error page",
        re.compile(
            r"khong (?:tim thay|(?:con )?ton tai)|\b404\b|not found|loi trang"
            r"|(?:trang|bai viet|noi dung) .{0,20}da (?:bi|duoc) (?:xoa|go)"
            r"|page error|duong dan khong|trang ban (?:yeu cau|tim)"
        ),
    ),
    ("a login page", re.compile(r"^\s*(?:dang nhap|dang ky|log ?in|sign ?in)|quen mat khau")),
)
#: The notice that speaks of the one page asked for, and not of the site.
NOT_FOUND = "an error page"

#: A page of the paper's leads to more of its articles and lists than this; a notice does not.
_FEW_LINKS = 4
#: The text of a notice, in letters; an article in the paper's dress has more in the dress alone.
_LITTLE_TEXT = 1500
#: Words in the line of a notice, at most.
_SHORT_LINE = 14
#: A page that reloads itself later than this may be read before.
_SOON = 60

_VISIBLE = XPath(
    "//body//text()[not(parent::script or parent::style or parent::noscript or parent::template)]"
    " | //frame/@src"
)
_LINES = XPath(
    "//h1 | //h2[not(.//a)] | //*[contains(@class, 'error') or contains(@class, 'notice') or"
    " contains(@class, 'alert') or contains(@class, 'notfound') or contains(@class, 'not-found')]"
)
#: A headline in an address of whatever shape.
_SLUG = re.compile(r"/[^/?.]*-[^/?.]*-[^/?.]*-[^/?]*$")
_BESIDE = frozenset(("aside", "nav", "footer"))
_SETS_OFF = re.compile(
    r"document\.cookie\s*=|location\s*(?:\.href\s*)?=|location\.(?:reload|replace|assign)\s*\("
    r"|\beval\s*\(|\batob\s*\(|challenge-platform"
)
_MOUNTS = XPath(
    "//*[@id='root' or @id='app' or @id='__next' or @id='__nuxt' or @data-reactroot"
    " or @data-server-rendered or contains(@class, 'skeleton') or contains(@class, 'spinner')]"
    " | //app-root | //script[@type='application/json' or @type='module']"
)
_REFRESH = re.compile(
    r"\A\s*+(\d{1,6})[\d.]*+\s*+(?:[;,]\s*+(?:url\s*+=\s*+)?[\"']?\s*+([^\"'\s][^\"']*))?", re.I
)

#: Parts of an address to which a site in trouble sends its visitors.
_TROUBLE_PATH = re.compile(
    r"(?:^|[/_.?&=-])(?:bao-?tri|maintenance|nang-?cap|captcha|challenge|verify|xac-?(?:minh|thuc|nhan)"
    r"|(?:custom)?errors?(?:page)?|loi(?:-he-thong|-trang)?|su-?co|dang-?nhap|log-?in|sign-?in|sso"
    r"|(?:access-?)?denied|blocked|suspended|expired|offline|tam-(?:dung|ngung|khoa)|qua-?tai|busy"
    r"|consent|cdn-cgi|5\d\d)(?:$|[/_.?&=-])|/\([sf]\(",
    re.I,
)
_NOT_FOUND_PATH = re.compile(
    r"(?:^|[/_.?&=-])(?:404|page-?not-?found|not-?found|khong-(?:tim-thay|ton-tai))(?:$|[/_.?&=-])",
    re.I,
)

#: The meaning of a redirect; see `redirect_meaning`.
Redirect = Literal[
    "follow", "redirect-home", "soft-404", "trouble", "unknown-shape", "another", "refused"
]


#: The end of a document, and what may follow it: blanks and remarks of the server's.
_DOCUMENT_END = re.compile(rb"</html\s*>(?:\s|<!--(?:(?!-->).){,500}-->)*\Z", re.I | re.S)

#: Bytes at a page's end that are searched.
_END_BYTES = 2_000


def is_whole(body: bytes) -> bool:
    """Whether *body*, a page whose length is not the one announced, is whole all the same.

    Servers announce the length before they compress, or leave the last chunk out; the document's
    own end tags tell that nothing is missing.
    """
    return _DOCUMENT_END.search(body[-_END_BYTES:]) is not None


def redirect_meaning(url: str, target: str | None, paper: Paper = DONGTHAP) -> Redirect:
    """The meaning of a redirect of the page at *url* to *target*.

    ``follow`` (another address of the same page), ``redirect-home`` (an article's address leads to
    a list or the front page) and ``soft-404`` (to the page for what is not found): it may be gone;
    ``trouble`` (to a page of a site in trouble), ``unknown-shape`` (to a page of the paper that is
    no article's or list's by its address), ``another`` (to another article's address), ``refused``
    (another host, or no target at all).
    """
    if target is None or not is_ours(target, paper):
        return "refused"
    source, address = read_address(url, paper), read_address(target, paper)
    if address.kind == "article":
        apart = source.kind == "article" and source.key != address.key
        return "another" if apart and _differ(source.slug, address.slug) else "follow"
    if address.canonical == source.canonical and source.kind == "article":
        return "follow"
    parts = urlsplit(target)
    path = unquote(f"{parts.path}?{parts.query}")
    if _NOT_FOUND_PATH.search(path):
        return "soft-404" if source.kind == "article" else "trouble"
    if _TROUBLE_PATH.search(path):
        return "trouble"
    if source.kind != "article":
        return "follow"
    return "unknown-shape" if address.kind == "other" else "redirect-home"


def _differ(one: str | None, other: str | None) -> bool:
    """Whether two headlines in addresses are of two articles; not where one says too little."""
    if min(len(slug_words(one or "")), len(slug_words(other or ""))) < 3:
        return False
    return slug_similarity(one or "", other or "") < 0.3


@dataclass(frozen=True, slots=True)
class StandIn:
    """A page in place of an article or a list."""

    kind: Literal["blocked", "gone", "drawn", "unknown"]
    """``drawn``: a page that scripts fill in; ``unknown``: any other page of the paper."""
    reason: str
    """The words of the page, or the sign, that showed it."""


def stand_in(page: Page) -> StandIn:
    """The kind of *page*, which came with status 200 and does not hold or name an article."""
    tree = page.tree
    text = tidy(" ".join(_VISIBLE(tree)))
    in_dress = leads_to_the_paper(page)
    if not in_dress and len(text) <= _LITTLE_TEXT:
        return _small(page, text)
    title = tidy(" ".join(each.text or "" for each in tree.iter("title")))
    lines = [
        title,
        *(tidy("".join(line.itertext())) for line in _LINES(tree) if not _is_beside(line)),
    ]
    said = [fold(line) for line in lines if line and len(line.split()) <= _SHORT_LINE * 2]
    found = {what for what, pattern in NOTICES if any(pattern.search(line) for line in said)}
    for what, _ in NOTICES:
        if what in found and what != NOT_FOUND:
            return StandIn("blocked", what)
    if found:
        return StandIn("gone", "soft-404")
    if not in_dress:
        return StandIn("blocked", f"a page without links to the paper: {(title or text)[:60]!r}")
    if _MOUNTS(tree):
        return StandIn("drawn", "a page that scripts fill in")
    if _calls_itself_a_list(page):
        return StandIn("gone", "soft-404")
    return StandIn("unknown", "a page of the paper that shows no article")


def _small(page: Page, text: str) -> StandIn:
    """The kind of a page with little text and hardly a link to the paper."""
    tree = page.tree
    title = tidy(" ".join(each.text or "" for each in tree.iter("title")))
    for element in tree.iter("meta"):
        if (element.get("http-equiv") or "").lower() == "refresh":
            found = _REFRESH.match(element.get("content") or "")
            if found and int(found[1]) <= _SOON:
                return StandIn(
                    "blocked", f"a page that sends on to {(found[2] or 'itself')[:80]!r}"
                )
    for said in (fold(title), fold(text)):
        for what, pattern in NOTICES:
            if pattern.search(said):
                return StandIn(*(("gone", "soft-404") if what == NOT_FOUND else ("blocked", what)))
    if any((field.get("type") or "").lower() == "password" for field in tree.iter("input")):
        return StandIn("blocked", "a login page")
    scripts = [script.text or script.get("src") or "" for script in tree.iter("script")]
    if any(_SETS_OFF.search(script) for script in scripts):
        return StandIn("blocked", "a challenge page in JavaScript")
    if _MOUNTS(tree) or (scripts and len(text) < 200 and any(tree.iter("noscript"))):
        return StandIn("drawn", "a page that scripts fill in")
    return StandIn("blocked", f"a page without links to the paper: {(text or title)[:60]!r}")


def leads_to_the_paper(page: Page) -> bool:
    """Whether *page* has links to several of the paper's articles and lists, as its own have."""
    here = page.url or ""
    found: set[str] = set()
    for link in page.tree.iter("a"):
        url = resolve(here, link.get("href") or "")
        if url is not None and is_ours(url, page.paper):
            address = read_address(url, page.paper)
            if address.kind in ("article", "list") or _SLUG.search(address.canonical):
                found.add(address.canonical)
                if len(found) > _FEW_LINKS:
                    return True
    return False


def _is_beside(element: _Element) -> bool:
    return any(each.tag in _BESIDE for each in element.iterancestors())


def _calls_itself_a_list(page: Page) -> bool:
    """Whether the page states the address of the front page or of a list as its own."""
    stated = [
        *(
            link.get("href")
            for link in page.tree.iter("link")
            if (link.get("rel") or "").lower() == "canonical"
        ),
        *(
            meta.get("content")
            for meta in page.tree.iter("meta")
            if (meta.get("property") or "").lower() == "og:url"
        ),
    ]
    urls = [resolve(page.url or "", href) for href in stated if href]
    return any(
        url and is_ours(url, page.paper) and read_address(url, page.paper).kind in ("home", "list")
        for url in urls
    )
