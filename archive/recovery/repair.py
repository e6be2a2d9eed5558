"""Repairs what a killed run left: files that are open, and rows whose records are lost.

A kill loses at most the record that was being written, which has no row yet. After a power failure
rows may be on the disk whose records are not. Such a row has no evidence any more: it is deleted,
with what only its capture said, and its address becomes due again.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from archive.archive import Archive
from archive.history.identity import keys_with
from archive.history.rebuild import rebuild
from archive.warc import record as warc
from archive.warc.writer import finish


@dataclass(frozen=True, slots=True)
class ClosedFile:
    """A file that a killed crawl left open, cut after its last whole record."""

    warc_file: str
    """Its final name."""
    records: int
    """Whole records in it; 0 if it held no capture and was deleted."""
    kept_bytes: int
    lost_bytes: int

    def __str__(self) -> str:
        lost = f"{self.lost_bytes} bytes of a record cut short were dropped"
        if not self.records:
            return f"a crawl was killed before its first capture was whole; {lost}"
        return (
            f"a crawl was killed: {self.warc_file} keeps {self.records} whole records"
            f" ({self.kept_bytes} bytes); {lost if self.lost_bytes else 'nothing was lost'}"
        )


def repair(archive: Archive, at: str) -> list[str]:
    """Close open WARC files and delete the rows of lost records; returns sentences about them.

    Call it under the crawl lock only: an open file may be a living crawl's. *at* is the time at
    which lost addresses become due.
    """
    said = []
    for file in close_open_files(archive.path):
        lost = _delete_rows(archive, file, at)
        rows = f"; {lost} captures are lost with it and due again" if lost else ""
        said.append(f"{file}{rows}")
    return said


def close_open_files(archive_dir: Path) -> list[ClosedFile]:
    """Cut each open WARC file after its last whole record, and give it its final name."""
    closed = []
    for path in sorted(archive_dir.glob("captures/*/*.warc.gz.open")):
        size = path.stat().st_size
        count = kept = 0
        with path.open("r+b") as stream:
            try:
                for member in warc.members(stream):
                    warc.parse(member.data, member.offset)
                    kept = member.offset + member.length
                    count += 1
            except warc.Damage:
                stream.truncate(kept)
            os.fsync(stream.fileno())
        lost = size - kept
        final = path.with_suffix("")
        if count > 1:
            finish(path, final)
        else:  # nothing but the warcinfo
            path.unlink()
            count = kept = 0
        name = final.relative_to(archive_dir).as_posix()
        closed.append(ClosedFile(name, count, kept, lost))
    return closed


def _delete_rows(archive: Archive, file: ClosedFile, at: str) -> int:
    """Delete the rows of the records that *file* lost; returns how many."""
    with archive.transaction() as connection:
        rows = connection.execute(
            "SELECT captures.id, url, address, coalesce(extractions.key, (SELECT key FROM"
            " article_urls WHERE article_urls.url = captures.address)) FROM captures"
            " LEFT JOIN extractions ON extractions.id = statement_id"
            " WHERE warc_file = ? AND warc_offset + warc_length > ?",
            (file.warc_file, file.kept_bytes),
        ).fetchall()
        if not rows:
            return 0
        ids = [(row[0],) for row in rows]
        connection.executemany(
            "UPDATE captures SET outcome = 'lost', statement_id = NULL WHERE id = ?", ids
        )
        for key in sorted({row[3] for row in rows if row[3]}):
            rebuild(connection, [keys_with(connection, key)])
        connection.executemany("DELETE FROM captures WHERE id = ?", ids)
        connection.executemany(
            "UPDATE frontier SET state = 'due', fetched_at = NULL, due_at = ?1, etag = NULL,"
            " last_modified = NULL WHERE url IN (?2, ?3) OR address = ?2",
            [(at, row[1], row[2]) for row in rows],
        )
    return len(rows)
