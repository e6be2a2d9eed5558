"""Is what was cited what was sent? Each version of one article against the bytes that it is of.

A citation names a digest. It is of the body as the server sent it, packed or not, which is what web
archives digest; so the check is made on those bytes, and anybody can make it with other tools.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from archive.archive import Archive
from archive.articles.details import ArticleDetails, details
from archive.errors import CorruptCapture
from archive.models import Revision
from archive.warc.reader import payload_digest


@dataclass(frozen=True, slots=True)
class Proof:
    """One version of an article, and whether its evidence is whole."""

    key: str
    revision: int
    seen_at: str
    url: str | None
    digest: str | None
    """What the citation names; None if no capture is known."""
    warc_file: str | None
    warc_offset: int | None
    bytes: int
    """How many bytes were sent."""
    fault: str | None
    """What is wrong; None if the bytes have that digest, and were captured there and then."""

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.fault is None

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready mapping."""
        return {**asdict(self), "sound": self.sound}


def prove(archive: Archive, name: str) -> list[Proof]:
    """Check the capture behind every version of the article called *name*; raises NotFound."""
    found = details(archive.connection, name)
    return [_prove(archive, found, revision) for revision in found.stored.revisions]


def _prove(archive: Archive, found: ArticleDetails, revision: Revision) -> Proof:
    capture = found.capture(revision)
    size, fault = 0, None
    if capture is None:
        fault = "no capture of it is known"
    else:
        try:
            stored = archive.read(capture)
        except CorruptCapture as error:
            fault = str(error)
        else:
            size = len(stored.raw_body)
            digest = payload_digest(stored.raw_body)
            if digest != capture.payload_digest:
                fault = f"the bytes have the digest {digest}"
            elif stored.url != capture.url:
                fault = f"the record is of another address, {stored.url}"
            elif stored.fetched_at != capture.fetched_at:
                fault = f"the record is of another time, {stored.fetched_at}"
    return Proof(
        key=found.stored.key,
        revision=revision.number,
        seen_at=revision.seen_at,
        url=capture.url if capture else None,
        digest=capture.payload_digest if capture else None,
        warc_file=capture.warc_file if capture else None,
        warc_offset=capture.warc_offset if capture else None,
        bytes=size,
        fault=fault,
    )
