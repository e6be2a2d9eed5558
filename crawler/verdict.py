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

# Words of pages that stand in for the site. Folded (no marks, lower case), since notices are often
# typed without; searched in the visible text of a page that holds no article.
_BLOCK_WORDS = re.compile(
    r"just a moment|checking your browser|attention required|verify you are (?:a )?human"
    r"|enable javascript and cookies|access denied|captcha|cloudflare|ddos|tuong lua|tam khoa"
    r"|tu choi truy cap|xac minh|toi khong phai la nguoi may|bao tri|dang nang cap"
    r"|nang cap he thong|tam ngung phuc vu|tam dung hoat dong|qua tai|vui long quay lai sau"
    r"|service unavailable|under maintenance|temporarily unavailable|dang nhap"
)
_GONE_WORDS = re.compile(
    r"khong tim thay|khong (?:con )?ton tai|da bi xoa|da bi go|da duoc go|not found|\b404\b"
    r"|noi dung da duoc xoa|bai viet khong|trang ban (?:yeu cau|tim)|duong dan khong"
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
    *text* is the visible text, *size* the page's length in bytes.
    """
    folded = fold(text)
    if _GONE_WORDS.search(folded):
        return "soft-404"
    if size < SHORT and _BLOCK_WORDS.search(folded):
        return "blocked"
    return "empty-shell"
