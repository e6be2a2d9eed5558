"""Writes what a capture means into the archive."""

from __future__ import annotations

import logging
import sqlite3
from collections import Counter
from dataclasses import dataclass

from archive.archive import Archive, Saved
from archive.errors import KhobaoError
from archive.history.identity import Alias
from archive.models import Article, Capture
from crawler.ingest.classify import Outcome, read_article
from crawler.site.paper import DONGTHAP, Paper
from crawler.site.urls import paper_of, read_address

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Applied:
    """What the archive did with an outcome."""

    counts: Counter[str]
    saved: Saved | None = None
    article_id: int | None = None


def apply(
    archive: Archive,
    capture: Capture,
    outcome: Outcome,
    papers: tuple[Paper, ...] = (DONGTHAP,),
    *,
    crawl_id: int | None,
) -> Applied:
    """Write the rows that *capture*, which means *outcome*, adds to *archive*.

    If a mistake of ours prevents it, the capture is recorded as failed, with the reason: it must
    not stop this run, nor every run after it.
    """
    try:
        return _apply(archive, capture, outcome, papers, crawl_id)
    except (KhobaoError, OSError, sqlite3.OperationalError):  # the disk, the lock: not the capture
        raise
    except Exception as error:
        logger.exception("the rows of %s cannot be written", capture.url)
        mistake = f"khobao's own mistake: {error!r}"
        archive.record(capture, crawl_id=crawl_id, outcome="failed", error=mistake)
        return Applied(Counter(failed=1, errors=1))


def _apply(
    archive: Archive,
    capture: Capture,
    outcome: Outcome,
    papers: tuple[Paper, ...],
    crawl_id: int | None,
) -> Applied:
    counts: Counter[str] = Counter()
    if outcome.article is not None:
        saved = archive.save(outcome.article, capture, crawl_id=crawl_id)
        counts[saved.status] += 1
        counts["duplicates"] += saved.duplicates
        return Applied(counts, saved, saved.article_id)
    if outcome.kind == "unchanged":
        counts["unchanged"] += 1
        return Applied(
            counts, article_id=archive.seen_again(outcome.canonical, capture, crawl_id=crawl_id)
        )
    if outcome.kind == "gone":
        assert outcome.why is not None
        counts["gone"] += archive.mark_gone(
            outcome.canonical, outcome.why, capture, crawl_id=crawl_id
        )
        return Applied(counts)
    paper = paper_of(capture.url, papers) or papers[0]
    source, target = read_address(capture.url, paper), read_address(outcome.target or "", paper)
    if source.key and outcome.target and source.canonical != target.canonical:
        alias = Alias(source.canonical, source.key, source.generation, source.section_slug)
        archive.redirected(alias, target.canonical, capture, crawl_id=crawl_id)
        return Applied(counts)
    archive.record(
        capture,
        crawl_id=crawl_id,
        outcome=outcome.kind,
        error=outcome.why,
        named=outcome.named,
    )
    if outcome.kind in ("blocked", "failed", "error"):
        counts["blocked" if outcome.kind == "blocked" else "failed"] += 1
        counts["unknown_layout"] += outcome.unknown_layout
        counts["errors"] += outcome.mistake
    return Applied(counts)


def article_again(archive: Archive, papers: tuple[Paper, ...], capture: Capture) -> Article | None:
    """The article that today's layouts read in an old *capture*; None if there is none."""
    return read_article(capture, archive.read(capture), papers)
