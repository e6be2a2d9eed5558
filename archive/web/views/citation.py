"""The citation shown on the article page, and the files that reference managers read."""

from __future__ import annotations

from archive.articles.citation import cite
from archive.periods import day_of
from archive.web.i18n import Translator
from archive.web.views.records import ShownVersion

#: By the ending of the address: archive.articles.citation's name of the form, and its media type.
FORMS = {
    "bib": ("bibtex", "application/x-bibtex"),
    "ris": ("ris", "application/x-research-info-systems"),
    "json": ("csl-json", "application/vnd.citationstyles.csl+json"),
    "txt": (None, "text/plain"),
}


def plain(shown: ShownVersion, t: Translator) -> str:
    """A citation in words, with the version and the digest of its capture."""
    article, stored = shown.article, shown.details.stored
    names = ", ".join(author.name for author in article.authors)
    stated = day_of(article.published_at) or day_of(article.updated_at)
    evidence = [stored.key, t("cite.version", n=shown.revision.number)]
    evidence.append(t("seen", when=t.moment(shown.revision.seen_at)))
    if shown.capture is not None:
        evidence.append(shown.capture.payload_digest)
        if shown.capture.origin != "live":
            evidence.append(t.origin(shown.capture.origin))
    parts = [
        f"{names}." if names else "",
        f"“{article.title}”.",
        f"{shown.details.paper}, {t.day(stated)}." if stated else f"{shown.details.paper}.",
        f"{shown.details.article.url}" if shown.details.article.url else "",
        f"({'; '.join(evidence)}).",
    ]
    return " ".join(part for part in parts if part)


def file(shown: ShownVersion, ending: str, t: Translator) -> tuple[str, str]:
    """The text of a citation file, and its media type."""
    style, media = FORMS[ending]
    if style is None:
        return plain(shown, t) + "\n", media
    return cite([(shown.details, shown.revision)], style), media
