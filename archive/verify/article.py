"""Checks one article: each of its versions against the bytes that were sent.

A citation names a digest. It is computed from the body as the server sent it, compressed or not, as
web archives do it; so the check is made on those bytes, and anybody can repeat it with other tools.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from archive.archive import Archive
from archive.articles.details import details
from archive.errors import CorruptCapture
from archive.models import Capture
from archive.warc.exchange import payload_digest


@dataclass(frozen=True, slots=True)
class VersionCheck:
    """One version of an article, and whether its capture is sound."""

    key: str
    revision: int
    seen_at: str
    url: str | None
    digest: str | None
    """The digest that a citation names; None if no capture is known."""
    warc_file: str | None
    warc_offset: int | None
    bytes: int
    """How many bytes were sent."""
    fault: str | None
    """What is wrong; None if the bytes have the digest, the address and the time of the row."""

    @property
    def sound(self) -> bool:
        """Whether no fault was found."""
        return self.fault is None

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready mapping."""
        return {**asdict(self), "sound": self.sound}


def verify_article(archive: Archive, name: str) -> list[VersionCheck]:
    """Check the capture of every version of the article called *name*; raises NotFound."""
    found = details(archive.connection, name)
    checks = []
    for revision in found.stored.revisions:
        capture = found.capture(revision)
        size, fault = _check(archive, capture)
        checks.append(
            VersionCheck(
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
        )
    return checks


def _check(archive: Archive, capture: Capture | None) -> tuple[int, str | None]:
    """The size of *capture* in bytes, and its fault, if any."""
    if capture is None:
        return 0, "no capture of it is known"
    try:
        stored = archive.read(capture)
    except CorruptCapture as error:
        return 0, str(error)
    fault = None
    digest = payload_digest(stored.raw_body)
    if digest != capture.payload_digest:
        fault = f"the bytes have the digest {digest}"
    elif stored.url != capture.url:
        fault = f"the record is of another address, {stored.url}"
    elif stored.fetched_at != capture.fetched_at:
        fault = f"the record is of another time, {stored.fetched_at}"
    return len(stored.raw_body), fault
