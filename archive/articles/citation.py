"""Citations that can be checked offline: BibTeX, RIS and CSL-JSON. Pure.

Beside what every style asks for, each names the revision, when it was seen, and the digest and
place of the capture, so that what was cited can be told from what the page says today.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from archive.articles.details import ArticleDetails, origin_in_words
from archive.models import Article, Capture, Revision
from archive.periods import day_of

FORMATS = ("bibtex", "ris", "csl-json")

#: Controls, and marks that turn the direction of what follows.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def cite(articles: Iterable[tuple[ArticleDetails, Revision]], style: str) -> str:
    """One citation for each article, in the form *style* (one of `FORMATS`)."""
    made = [_facts(found, revision) for found, revision in articles]
    if style == "csl-json":
        return json.dumps([_csl(facts) for facts in made], ensure_ascii=False, indent=2) + "\n"
    one = _bibtex if style == "bibtex" else _ris
    return "\n".join(one(facts) for facts in made)


def _facts(found: ArticleDetails, revision: Revision) -> dict[str, Any]:
    newest = revision is found.latest
    article = found.article if newest else revision.article
    return {
        "key": found.stored.key,
        "paper": found.paper,
        "article": article,
        "url": found.article.url,
        "date": day_of(article.published_at) or day_of(article.updated_at),
        "accessed": revision.seen_at[:10],
        "names": [author.name for author in article.authors],
        "note": _note(found, revision, found.capture(revision)),
    }


def _note(found: ArticleDetails, revision: Revision, capture: Capture | None) -> str:
    parts = [found.stored.key, f"revision {revision.number}, seen {revision.seen_at}"]
    if revision.article.updated_text:
        parts.append(revision.article.updated_text)
    if capture is not None:
        parts.append(f"capture {capture.payload_digest} in {capture.warc_file}")
        if origin := origin_in_words(capture.origin):
            parts.append(origin)
    return "; ".join(parts)


def _bibtex(facts: dict[str, Any]) -> str:
    article: Article = facts["article"]
    fields = {
        # A Vietnamese name is one name: braces keep BibTeX from cutting a surname off it.
        "author": " and ".join(f"{{{_tex(name)}}}" for name in facts["names"]) or None,
        "title": f"{{{_tex(article.title)}}}",
        "journal": _tex(facts["paper"]),
        "date": facts["date"],
        "year": facts["date"] and facts["date"][:4],
        "url": _tex_address(facts["url"]),
        "urldate": facts["accessed"],
        "langid": "vietnamese",
        "note": _tex(facts["note"]),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    key = re.sub(r"[^\w:./-]", "-", facts["key"])
    return "\n".join([f"@article{{{key},", *lines, "}", ""])


def _tex(text: str) -> str:
    """*text* with the characters that TeX would act on made harmless.

    >>> _tex("50% {thuốc} A&B_c")
    '50\\\\% \\\\{thuốc\\\\} A\\\\&B\\\\_c'
    """
    text = _one_line(text).replace("\\", "\\textbackslash ")
    text = re.sub(r"([&%$#_{}])", r"\\\1", text).replace("~", r"\textasciitilde ")
    # Two of them and two digits are a character of TeX's own, a backslash for one.
    return text.replace("^", r"\textasciicircum ")


def _tex_address(url: str | None) -> str | None:
    """*url* with nothing in it that would end the field, written as addresses write such letters.

    >>> _tex_address("https://a.vn/b}c\\n@article{x,")
    'https://a.vn/b%7Dc%0A@article%7Bx,'
    """
    if url is None:
        return None
    return re.sub(
        r"[^!#-;=?-\[\]_a-z|~]",
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")),
        url,
    )


def _one_line(text: str) -> str:
    """*text* without line breaks and control characters: a line is a field in RIS."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def _ris(facts: dict[str, Any]) -> str:
    article: Article = facts["article"]
    lines = [
        ("TY", "NEWS"),
        *(("AU", name) for name in facts["names"]),
        ("TI", article.title),
        ("T2", facts["paper"]),
        ("DA", facts["date"] and facts["date"].replace("-", "/")),
        ("PY", facts["date"] and facts["date"][:4]),
        ("SE", article.section),
        ("AB", article.lead),
        ("UR", facts["url"]),
        ("Y2", facts["accessed"].replace("-", "/")),
        ("LA", "vi"),
        ("AN", facts["key"]),
        ("N1", facts["note"]),
        ("ER", ""),
    ]
    return "".join(
        f"{tag}  - {_one_line(value)}\r\n" for tag, value in lines if value or tag == "ER"
    )


def _csl(facts: dict[str, Any]) -> dict[str, Any]:
    article: Article = facts["article"]
    item = {
        "id": facts["key"],
        "type": "article-newspaper",
        "title": article.title,
        "container-title": facts["paper"],
        "author": [{"literal": name} for name in facts["names"]],
        "issued": _parts(facts["date"]),
        "section": article.section,
        "abstract": article.lead,
        "URL": facts["url"],
        "accessed": _parts(facts["accessed"]),
        "language": "vi",
        "note": facts["note"],
    }
    return {name: value for name, value in item.items() if value}


def _parts(day: str | None) -> dict[str, Any] | None:
    return {"date-parts": [[int(part) for part in day.split("-")]]} if day else None
