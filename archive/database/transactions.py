"""Writes that share a transaction: many pages to a commit, and still each all or nothing.

A commit costs as much as the rows of an article, and so does taking one text into the search
indexes by itself: both are done once for a batch. A kill takes back a batch, which stands in the
WARC and is taken in again at the next start.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Transactions:
    """The transactions of one connection."""

    def __init__(self, connection: sqlite3.Connection):
        self.connection = connection
        self.batch_size = 1
        """How many writes share a transaction. More than one halves the time of a write, and costs
        nothing but work: what a kill takes back is given by `unrecorded`. Whoever sets it calls
        `commit` when it pauses, because an open transaction keeps other writers waiting.
        """
        self.before_commit: Callable[[], None] | None = None
        """Called before rows are committed: makes the captures that they point to durable."""
        self._ours = False
        self._pending = 0
        self._depth = 0
        self._saved = False
        self._changes = 0
        self._unindexed = False

    @contextmanager
    def transaction(self, *, undo: bool = True) -> Iterator[sqlite3.Connection]:
        """All or nothing; joins the transaction that is open already, if one is.

        It begins with the write lock: a transaction that reads first and then writes is refused
        whenever another writer came between, whatever the timeout. Foreign keys are checked when it
        ends, because captures, statements, revisions and articles refer to each other in a circle.

        *undo* False spares a write its savepoint, a tenth of its time. It is for what fails before
        the first row or not at all; should the disk fail in the middle, the whole batch is taken
        back, as by a kill.
        """
        if self._saved or (self._depth and not undo):
            yield self.connection
            return
        if self._depth:
            with self._savepoint():
                yield self.connection
            return
        if not self.connection.in_transaction:
            self.connection.execute("BEGIN IMMEDIATE")
            self._ours, self._pending = True, 0
        if not self._pending:
            self.connection.execute("PRAGMA defer_foreign_keys = ON")
        self._depth = 1
        self._changes = self.connection.total_changes
        try:
            if undo or not self._ours:
                with self._savepoint():
                    yield self.connection
            else:
                yield self.connection
            self._pending += 1
            self._unindexed = True
        except BaseException:
            if self.connection.total_changes > self._changes and self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
                self._pending = 0
            raise
        finally:
            self._depth = 0
            if not self._ours:
                self.index()
            elif self._pending >= self.batch_size or not self._pending:
                self.commit()

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        before = self.connection.total_changes
        self.connection.execute("SAVEPOINT one")
        self._saved = True
        try:
            yield
            self.connection.execute("RELEASE one")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK TO one")
                self.connection.execute("RELEASE one")
            self._changes += self.connection.total_changes - before
            raise
        finally:
            self._saved = False

    def commit(self) -> None:
        """Make every write so far durable against a kill. A no-op if nothing is waiting."""
        if self._ours and self.connection.in_transaction:
            self.index()
            if self._pending and self.before_commit:
                self.before_commit()
            self.connection.execute("COMMIT")
        self._ours, self._pending = False, 0

    def index(self) -> None:
        """Make every write so far findable in this connection; others find it after the commit."""
        if self._unindexed and self.connection.in_transaction:
            self.connection.execute("DELETE FROM articles_unindexed")
        self._unindexed = False
