"""What a response is, before and beside its text: an article's page, a block, a disappearance.

A challenge, a login or a maintenance page is an observation, never a revision: such pages come with
any status, 200 among them. An article that is no longer served disappears in one of five ways, and
which one is kept (`archive.store.Archive.mark_gone`).
"""

from __future__ import annotations

import re

from archive.vietnamese import fold
from crawler.site import is_ours, read_address

#: Statuses with which servers refuse a visitor, rather than speak of the page.
BLOCKED_STATUSES = frozenset({401, 403, 407, 429, 451, 503, 520, 521, 522, 523, 525, 526, 530})

#: No article page is as short as a challenge or a notice; the smallest seen was above 20 KB.
SHORT = 20_000

#: What a page says that stands in for an article, in folded letters (no marks, lower case), since
#: notices are often typed without. `layouts.refusal` looks for it where a headline should be.
NOTICES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "a challenge page",
        re.compile(
            r"just a moment|attention required|checking your browser|verify you are (?:a )?human"
            r"|dang kiem tra trinh duyet"
            r"|ddos protection|enable javascript and cookies|access denied|captcha"
            r"|xac (?:minh|nhan) (?:ban|rang ban|con nguoi)|request rejected|403 forbidden"
            r"|web application firewall|tu choi truy cap|toi khong phai la nguoi may"
        ),
    ),
    (
        "a maintenance page",
        re.compile(
            r"bao tri|dang (?:duoc )?nang cap|nang cap he thong|maintenance|tam ngung|tam dung hoat"
            r"|service unavailable|temporarily unavailable|bad gateway|gateway time"
            r"|(?:he thong|website) (?:dang )?qua tai"
            r"|vui long (?:quay lai sau|thu lai|tai lai trang)"
            r"|phien (?:lam viec|dang nhap) .{0,12}het han|noi dung dang (?:duoc )?cap nhat"
        ),
    ),
    (
        "an error page",
        re.compile(
            r"khong (?:tim thay|(?:con )?ton tai)|\b404\b|not found|loi (?:he thong|trang)"
            r"|runtime error|server error"
            r"|(?:trang|bai viet|noi dung) .{0,20}da (?:bi|duoc) (?:xoa|go)"
            r"|page error|duong dan khong|trang ban (?:yeu cau|tim)"
        ),
    ),
    ("a login page", re.compile(r"^\s*(?:dang nhap|dang ky|log ?in|sign ?in)|quen mat khau")),
)


def redirect_verdict(url: str, target: str | None) -> str:
    """What a redirect of the page at *url* means.

    ``follow`` (another address of the same page), ``redirect-home`` (an article's address leads to
    a list or the front page: it is gone), ``refused`` (another host, or no target at all).
    """
    if target is None or not is_ours(target):
        return "refused"
    source, address = read_address(url), read_address(target)
    if source.kind != "article" or address.kind == "article":
        return "follow"
    return "follow" if address.canonical == source.canonical else "redirect-home"


def shell_verdict(text: str, size: int) -> str:
    """What a page is that came with status 200 for an article address but holds no article.

    ``blocked``, ``soft-404``, or ``empty-shell`` when nothing on it says which.
    *text* is the visible text, *size* the page's length in bytes: only a short page is a notice as
    a whole, on a long one the words may be some article's in the sidebar.
    """
    folded = " ".join(fold(text).split())
    said = {what for what, pattern in NOTICES if pattern.search(folded)}
    if "an error page" in said:
        return "soft-404"
    return "blocked" if said and size < SHORT else "empty-shell"
