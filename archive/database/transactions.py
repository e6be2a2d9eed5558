"""Writes that share a transaction: many writes to a commit, each of them all or nothing.

A commit takes as long as writing the rows of an article, and so does indexing one text by itself:
both are done once for a batch. A kill loses the open batch; its captures are in the WARC files and
are ingested at the next start.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Transactions:
    """The transactions of one connection: a batch is a transaction, a write is a savepoint."""

    def __init__(self, connection: sqlite3.Connection):
        self.connection = connection
        self.batch_size = 1
        """How many writes share a commit. Call `commit` before a pause: an open batch keeps other
        writers waiting.
        """
        self.before_commit: Callable[[], None] | None = None
        """Called before rows are committed: makes the captures that they point to durable."""
        self._batch: int | None = None
        """How many writes the open batch has; None if no batch is open."""
        self._writing = False

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One write, all or nothing. It joins the write that is open already, if one is.

        A batch begins with the write lock: SQLite refuses a transaction that reads before it
        writes if another writer came between, whatever the timeout. Foreign keys are checked at
        the commit, because captures, extractions, revisions and articles refer to each other in a
        circle. A transaction that the caller began stays the caller's to commit.
        """
        if self._writing:
            yield self.connection
            return
        if not self.connection.in_transaction:
            self.connection.execute("BEGIN IMMEDIATE")
            self._batch = 0
        if not self._batch:
            self.connection.execute("PRAGMA defer_foreign_keys = ON")
        self._writing = True
        try:
            self.connection.execute("SAVEPOINT write")
            yield self.connection
            self.connection.execute("RELEASE write")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK TO write")
                self.connection.execute("RELEASE write")
            else:  # after a full disk, say, SQLite has rolled back the whole batch
                self._batch = None
            if self._batch == 0:
                self.commit()
            raise
        finally:
            self._writing = False
        if self._batch is None:
            self._index()
            return
        self._batch += 1
        if self._batch >= self.batch_size:
            self.commit()

    @contextmanager
    def rolled_back(self) -> Iterator[None]:
        """Writes inside are seen by this connection only, and undone at the end."""
        self.commit()
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            self.connection.execute("ROLLBACK")

    def commit(self) -> None:
        """Make every write so far durable against a kill. Does nothing if no batch is open."""
        if self._batch is not None and self.connection.in_transaction:
            if self._batch:
                self._index()
                if self.before_commit:
                    self.before_commit()
            self.connection.execute("COMMIT")
        self._batch = None

    def index(self) -> None:
        """Make every write so far findable in this connection; others find it after the commit."""
        if self._batch:
            self._index()

    def _index(self) -> None:
        self.connection.execute("DELETE FROM articles_unindexed")
