"""Which addresses out of an archived page may become a link."""

from __future__ import annotations

from urllib.parse import urlsplit


def safe_link(url: str | None) -> str | None:
    """*url* if it is an ordinary web address, else None: it is then shown, but leads nowhere.

    >>> safe_link("https://baodongthap.vn/a.aspx"), safe_link("javascript:alert(1)")
    ('https://baodongthap.vn/a.aspx', None)
    """
    if not url or any(ord(letter) < 33 for letter in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None
