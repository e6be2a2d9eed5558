"""After a run that did not end: its file is closed, and what it lost is known to be lost.

A kill loses at most the record being written, which no row speaks of yet. When the power fails it
is otherwise: rows may be on the disk whose records are not. Such a row has no evidence any more. It
goes, what only it said goes with it, and its address is asked for again.
"""

from __future__ import annotations

from archive.archive import Archive
from archive.history.identity import keys_with
from archive.history.rebuild import rebuild
from archive.warc import reader


def recover(archive: Archive, at: str) -> list[str]:
    """Close what a killed run left open; says what was kept and lost. Call it under the lock."""
    said = []
    for loss in reader.salvage(archive.path):
        lost = _forget(archive, loss, at)
        rows = f"; {lost} captures are lost with it and due again" if lost else ""
        said.append(f"{loss}{rows}")
    return said


def _forget(archive: Archive, loss: reader.Salvage, at: str) -> int:
    """Take back the rows of the records that *loss* dropped; returns how many."""
    with archive.transaction() as connection:
        rows = connection.execute(
            "SELECT captures.id, url, address, coalesce(extractions.key, (SELECT key FROM"
            " article_urls WHERE article_urls.url = captures.address)) FROM captures"
            " LEFT JOIN extractions ON extractions.id = statement_id"
            " WHERE warc_file = ? AND warc_offset + warc_length > ?",
            (loss.name, loss.kept_bytes),
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
