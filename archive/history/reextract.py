"""Extract old captures again: their content may change, and no such change is an edit.

Otherwise the first fetch after an upgrade of khobao would compare the results of two extractors,
and the difference would count as an edit by the newspaper.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from archive.history import extraction_rows
from archive.history.capture_rows import find_captures
from archive.history.identity import keys_with
from archive.history.observations import ObservationHistory
from archive.history.rebuild import rebuild, rebuild_with
from archive.models import Article, Capture

#: Reads an old capture with today's extractor.
Reread = Callable[[Capture], Article | None]

#: The fields in which an extractor describes itself.
_OURS = ("extractor_version", "rules")


def reextract_stale(
    connection: sqlite3.Connection, history: ObservationHistory, article: Article, reread: Reread
) -> bool:
    """Extract the captures again that another version extracted; returns whether any changed."""
    replaced = False
    for capture_id, statement_id in history.statement_of.items():
        before = history.pages[statement_id]
        if before.extractor_version == article.extractor_version:
            continue
        [capture] = find_captures(connection, "id = ?", (capture_id,))
        again = reread(capture)
        if again is not None and again.key == before.key:
            extraction_rows.replace(connection, capture_id, again)
            replaced = True
    return replaced


def replace_reading(
    connection: sqlite3.Connection, article: Article, capture: Capture
) -> tuple[str, ...] | None:
    """Let *capture*, which has its row, say *article*, and rebuild what follows from it.

    Returns the fields in which it says something else than before; None if it showed no article.
    """
    row = connection.execute(
        "SELECT captures.id, key, statement_id FROM captures"
        " JOIN extractions ON extractions.id = statement_id"
        " WHERE warc_file = ? AND warc_offset = ?",
        (capture.warc_file, capture.warc_offset),
    ).fetchone()
    if row is None:
        return None
    capture_id, key, statement_id = row
    before = extraction_rows.read(connection, statement_id)
    if before == article:
        return ()
    connection.execute("UPDATE captures SET address = ? WHERE id = ?", (article.url, capture_id))
    statement_id, is_new = extraction_rows.replace(connection, capture_id, article)
    if key != article.key:
        rebuild(connection, [keys_with(connection, key)])
    rebuild_with(connection, article, statement_id, is_new)
    return tuple(
        name
        for name in Article.__dataclass_fields__
        if name not in _OURS and getattr(before, name) != getattr(article, name)
    )
