# ruff: noqa: E501  (one column, one line: a dictionary is read by columns)
"""The data dictionary: what every table and column means. One home for all that describe data.

The data package, the CSVW metadata and ``docs/data-dictionary.md`` are made from it
(``python -m archive.database.dictionary > docs/data-dictionary.md``); tests compare it with the schema.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from archive import errors


@dataclass(frozen=True, slots=True)
class Column:
    """What one column holds."""

    text: str
    type: str = "string"
    """As Table Schema names it: string, integer, number, date, datetime, boolean, array, object."""


@dataclass(frozen=True, slots=True)
class Table:
    """What one table or view holds, column by column, in the order of the schema."""

    text: str
    columns: Mapping[str, Column]
    key: tuple[str, ...] = ()
    """The columns that name a row."""
    links: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Columns that refer to another table: ``{"article_id": ("articles", "id")}``."""


def _c(text: str, type: str = "string") -> Column:
    return Column(text, type)


_UTC = "UTC, to the millisecond."
_ID = _c("Row number.", "integer")

# Columns that mean the same wherever they stand.
_KEY = _c("Citable name, minted once and never changed: dto:84085 (generation A), dto:b1050912 (B),"
          " dto:a235582 (C).")  # fmt: skip
_URL = _c("Canonical address, on the site's own host.")
_SITE_ID = _c("The CMS's own number, as text: 84085, 1050912, a235582.")
_GENERATION = _c(
    "CMS generation of the canonical address: A (.aspx), B (month folder), C (-a….html)."
)
_TITLE = _c("Headline as shown (tít).")
_KICKER = _c("The short line above the title (tít dẫn); empty if none.")
_LEAD = _c("Opening summary (sapo), without the agency mark; empty if the page marks none.")
_BODY = _c("The whole text in reading order, lead included, paragraphs parted by one blank line; a"
           " row of a data table is one paragraph, its filled cells parted by ' | '; no captions, byline,"
           " agency mark or boilerplate.")  # fmt: skip
_AGENCY = _c("The mark that opens the text: ĐTO, ABO, TTXVN …")
_BYLINE = _c("The author line as printed.")
_SOURCE = _c("The agency or outlet credited, if the article is not the paper's own.")
_SECTION = _c("The rubric as shown (chuyên mục).")
_SECTION_SLUG = _c("The rubric as its address writes it.")
_UPDATED_AT = _c("What the paper states as the time of the last update (“Cập nhật ngày”), ISO 8601 with"
                 " +07:00; never filled from anything else.")  # fmt: skip
_UPDATED_TEXT = _c("The stamp as printed.")
_PRECISION = _c("How exact the stamp is: second, minute or day.")
_PUBLISHED = _c("Time of publication, only if the page states it apart from the update; +07:00.")
_KIND = _c("article, photo, video, podcast, infographic or emagazine.")
_CAPTIONS = _c("All captions, one a line, in page order.")
_WORDS = _c("Syllables of the body (runs of characters between spaces).", "integer")
_IMAGES = _c("How many pictures the article has.", "integer")
_FIRST_SEEN = _c(f"When it was first fetched. {_UTC}", "datetime")
_LAST_SEEN = _c(f"When it was last fetched. {_UTC}", "datetime")
_GONE_AT = _c(
    "When it was first found to be gone from the site, if a second night agreed; empty if it is"
    f" there. {_UTC}",
    "datetime",
)
_GONE_HOW = _c("How it is gone: 404, 410, redirect-home, soft-404, empty-shell.")
_LAYOUT = _c("The layout (markup of one CMS generation) that read the page.")
_EXTRACTOR = _c("Version of the extractor that read the page.")
_DIGEST = _c("Hash of the extracted text fields; equal for equal content.")
_WARC_FILE = _c("The file with the captured page, below the archive's folder.")
_WARC_OFFSET = _c("Where in that file the record begins, in bytes.", "integer")
_PAYLOAD = _c("SHA-1 of the body as sent, content encoding kept (WARC-Payload-Digest).")
_ARTICLE_ID = _c("The article.", "integer")
_CHANGES = _c(
    "The differences from the article as it is now, as a JSON merge patch (RFC 7396); empty if there"
    " are none.",
    "object",
)
_CAPTURE_ID = _c("The capture it was read from.", "integer")

TABLES: dict[str, Table] = {
    "articles_flat": Table(
        "One wide row per article, for people and spreadsheets: what CSV export gives.",
        {
            "key": _KEY,
            "url": _URL,
            "title": _TITLE,
            "kicker": _KICKER,
            "lead": _LEAD,
            "body": _BODY,
            "agency": _AGENCY,
            "byline": _BYLINE,
            "authors": _c("The people named in the byline, in order, joined by “; ”."),
            "source": _SOURCE,
            "section": _SECTION,
            "section_slug": _SECTION_SLUG,
            "tags": _c("Keywords given by the site, joined by “; ”."),
            "updated_at": _UPDATED_AT,
            "updated_day": _c("The day of updated_at.", "date"),
            "updated_text": _UPDATED_TEXT,
            "updated_precision": _PRECISION,
            "published_at": _PUBLISHED,
            "kind": _KIND,
            "word_count": _WORDS,
            "image_count": _IMAGES,
            "captions": _CAPTIONS,
            "revisions": _c("How many versions of it were seen.", "integer"),
            "first_seen_at": _FIRST_SEEN,
            "last_seen_at": _LAST_SEEN,
            "gone_at": _GONE_AT,
            "gone_how": _GONE_HOW,
            "duplicate_of": _c("Key of the earlier article with the very same text; empty if none."),
            "site_id": _SITE_ID,
            "generation": _GENERATION,
            "layout": _LAYOUT,
            "extractor_version": _EXTRACTOR,
            "content_digest": _DIGEST,
            "warc_file": _WARC_FILE,
            "warc_offset": _WARC_OFFSET,
            "payload_digest": _PAYLOAD,
        },
        key=("key",),
    ),
    "coverage": Table(
        "What is known per day and section. Each article, and each listed address that led to"
        " none, is counted once, so a zero can be told from a hole.",
        {
            "day": _c("Day of the stamp; empty for an article without a date. For a listed address that led to none, the day it was listed or found.", "date"),
            "section_slug": _SECTION_SLUG,
            "listed": _c("Articles and listed addresses in all.", "integer"),
            "stored": _c("Of these, articles in the archive.", "integer"),
            "failed": _c("Listed, but fetching or reading failed.", "integer"),
            "blocked": _c("Listed, but the site answered with a block.", "integer"),
            "gone": _c("Gone from the site: stored before they went, or never stored.", "integer"),
            "due": _c("Listed and not fetched yet.", "integer"),
        },
        key=("day", "section_slug"),
    ),
    "articles": Table(
        "The latest state of each article.",
        {
            "id": _ID,
            "key": _KEY,
            "url": _URL,
            "site_id": _SITE_ID,
            "generation": _GENERATION,
            "title": _TITLE,
            "kicker": _KICKER,
            "lead": _LEAD,
            "agency": _AGENCY,
            "body": _BODY,
            "captions": _CAPTIONS,
            "updated_at": _UPDATED_AT,
            "updated_text": _UPDATED_TEXT,
            "updated_precision": _PRECISION,
            "published_at": _PUBLISHED,
            "byline": _BYLINE,
            "source": _SOURCE,
            "section": _SECTION,
            "section_slug": _SECTION_SLUG,
            "kind": _KIND,
            "media": _c("Addresses of audio and video files, as a JSON list.", "array"),
            "word_count": _WORDS,
            "image_count": _IMAGES,
            "layout": _LAYOUT,
            "extractor_version": _EXTRACTOR,
            "rules": _c("Which rule gave each field, as JSON.", "object"),
            "flags": _c("What is odd about the page, as a JSON list.", "array"),
            "content_digest": _DIGEST,
            "text_digest": _c("Hash of title and body alone: finds copies."),
            "revision": _c("Number of the latest revision.", "integer"),
            "first_seen_at": _FIRST_SEEN,
            "last_seen_at": _LAST_SEEN,
            "gone_at": _GONE_AT,
            "gone_how": _GONE_HOW,
            "duplicate_of": _c("The article that said the very same first, by its stamp.", "integer"),
            "capture_id": _CAPTURE_ID,
            "key_frozen": _c("1 once a completed crawl has seen it: the key never changes again.", "integer"),
        },
        key=("id",),
        links={"duplicate_of": ("articles", "id"), "capture_id": ("captures", "id")},
    ),
    "article_urls": Table(
        "Every address an article was seen at.",
        {
            "url": _c("Address, in canonical form."),
            "article_id": _ARTICLE_ID,
            "key": _c("The key that this address alone would give."),
            "generation": _c("CMS generation of this address."),
            "section_slug": _SECTION_SLUG,
            "first_seen_at": _FIRST_SEEN,
            "last_seen_at": _LAST_SEEN,
        },
        key=("url",),
        links={"article_id": ("articles", "id")},
    ),
    "revisions": Table(
        "Each distinct content of an article: an edit by the newspaper, never a change of ours.",
        {
            "id": _ID,
            "article_id": _ARTICLE_ID,
            "number": _c("1 for the first.", "integer"),
            "seen_at": _c(f"When this content was first seen. {_UTC}", "datetime"),
            "last_seen_at": _c(f"When it was last seen. {_UTC}", "datetime"),
            "title": _TITLE,
            "lead": _LEAD,
            "body": _BODY,
            "updated_at": _UPDATED_AT,
            "updated_text": _UPDATED_TEXT,
            "byline": _BYLINE,
            "changed_fields": _c("What differs from the revision before, as a JSON list.", "array"),
            "edit": _c("stamped (text and stamp changed), silent (text only) or bump (stamp only);"
                       " empty for the first."),
            "content_digest": _DIGEST,
            "article": _c("The full record, as JSON.", "object"),
            "capture_id": _CAPTURE_ID,
        },
        key=("id",),
        links={"article_id": ("articles", "id"), "capture_id": ("captures", "id")},
    ),
    "article_revisions": Table(
        "The rows behind the view `revisions`, which keep only the differences.",
        {
            "id": _ID,
            "article_id": _ARTICLE_ID,
            "number": _c("1 for the first.", "integer"),
            "seen_at": _c(f"When this content was first seen. {_UTC}", "datetime"),
            "last_seen_at": _c(f"When it was last seen. {_UTC}", "datetime"),
            "changed_fields": _c("As in `revisions`.", "array"),
            "edit": _c("As in `revisions`."),
            "content_digest": _DIGEST,
            "capture_id": _CAPTURE_ID,
            "changes": _CHANGES,
        },
        key=("id",),
        links={"article_id": ("articles", "id"), "capture_id": ("captures", "id")},
    ),
    "article_records": Table(
        "The latest state of every article as one record: what the differences are counted from.",
        {"id": _ID, "article": _c("The full record, as JSON.", "object")},
        key=("id",),
        links={"id": ("articles", "id")},
    ),
    "images": Table(
        "Pictures, in page order.",
        {
            "article_id": _ARTICLE_ID,
            "position": _c("1 for the first picture of the page.", "integer"),
            "url": _c("Address of the picture."),
            "caption": _c("The text under it, one line; empty if none."),
            "credit": _c("The photographer, if the caption names one apart."),
            "after_paragraph": _c("How many paragraphs of the body stand before it.", "integer"),
        },
        key=("article_id", "position"),
        links={"article_id": ("articles", "id")},
    ),
    "authors": Table(
        "People and desks named in bylines. Spellings that differ in capitals only are one row.",
        {
            "id": _ID,
            "name": _c("The best of the spellings in print; never cut in pieces."),
            "sort_key": _c("For ORDER BY: the order of the Vietnamese alphabet."),
            "folded": _c("The name in lower case: what all its spellings have in common."),
        },
        key=("id",),
    ),
    "article_authors": Table(
        "Who is named in the byline of which article.",
        {
            "article_id": _ARTICLE_ID,
            "author_id": _c("The author.", "integer"),
            "position": _c("1 for the first name of the byline.", "integer"),
            "role": _c("text, photo, text+photo, editor; empty if the byline does not say."),
            "printed": _c("The name as this byline writes it."),
        },
        key=("article_id", "position"),
        links={"article_id": ("articles", "id"), "author_id": ("authors", "id")},
    ),
    "sections": Table(
        "Rubrics.",
        {
            "id": _ID,
            "slug": _SECTION_SLUG,
            "name": _SECTION,
            "named_at": _c(f"When the name was last seen. {_UTC}", "datetime"),
        },
        key=("id",),
    ),
    "article_sections": Table(
        "Every section an article was seen in.",
        {"article_id": _ARTICLE_ID, "section_id": _c("The section.", "integer")},
        key=("article_id", "section_id"),
        links={"article_id": ("articles", "id"), "section_id": ("sections", "id")},
    ),
    "tags": Table("Keywords given by the site.", {"id": _ID, "name": _c("The keyword.")}, key=("id",)),
    "article_tags": Table(
        "Which article has which keyword.",
        {
            "article_id": _ARTICLE_ID,
            "tag_id": _c("The keyword.", "integer"),
            "position": _c("1 for the first.", "integer"),
        },
        key=("article_id", "tag_id"),
        links={"article_id": ("articles", "id"), "tag_id": ("tags", "id")},
    ),
    "duplicates": Table(
        "Pairs of articles with the same or nearly the same text; linked, never deleted. A text that"
        " stands more than 24 times makes pairs with its original alone.",
        {
            "article_id": _c("The article with the smaller row number.", "integer"),
            "other_id": _c("The other one.", "integer"),
            "kind": _c("exact or near."),
            "similarity": _c("1 for exact copies.", "number"),
            "found_at": _c(f"When the likeness was found. {_UTC}", "datetime"),
        },
        key=("article_id", "other_id"),
        links={"article_id": ("articles", "id"), "other_id": ("articles", "id")},
    ),
    "captures": Table(
        "One row per fetched response; its bytes are in the WARC file.",
        {
            "id": _ID,
            "crawl_id": _c("The run that fetched it; empty for imports.", "integer"),
            "url": _c("Address as the site's own."),
            "fetched_at": _c(f"When it was fetched (WARC-Date). {_UTC}", "datetime"),
            "status": _c("HTTP status.", "integer"),
            "mime": _c("Content type as sent."),
            "redirect_to": _c("Where a redirect leads."),
            "warc_file": _WARC_FILE,
            "warc_offset": _WARC_OFFSET,
            "warc_length": _c("Length of the record in the file, in bytes.", "integer"),
            "record_type": _c("response or revisit (the same payload as before)."),
            "record_id": _c("WARC-Record-ID."),
            "payload_digest": _PAYLOAD,
            "origin": _c("live, wayback, commoncrawl or import:<file name>."),
            "outcome": _c("article, list, redirect, gone, blocked, failed (reading), error (HTTP), other."),
            "error": _c("What went wrong, in words."),
            "layout": _LAYOUT,
            "article_id": _ARTICLE_ID,
            "revision_id": _c("The revision it shows.", "integer"),
            "address": _c("Canonical form of the address."),
            "statement_id": _c("What its page said.", "integer"),
            "doubt": _c(
                "Why it does not count, empty if it does: held (its run is not judged yet), gone or"
                " revised (its night was doubtful; a later night that is well confirms it or drops"
                " it), date (an import without a possible date), conflict (an import that says"
                " otherwise than the live site), unproved (seen once: a page with another headline that"
                " does not say whose it is, one that lost letters, or one whose stamp alone is new"
                " and the server's clock), repeated (the first page at a new address, with the text of"
                " many others; a second night that finds the same confirms it); new (it counts, but"
                " its text joins no articles)."
            ),
            "named": _c(
                "How many articles a list names, by its own links; empty if it is not a list, or if it"
                " was fetched by a version that did not count (khobao reextract counts then).",
                "integer",
            ),
        },
        key=("id",),
        links={"article_id": ("articles", "id"), "crawl_id": ("crawls", "id")},
    ),
    "statements": Table(
        "What one page said by itself, before it is set against other captures of the article.",
        {
            "id": _ID,
            "key": _c("The key that the page's address gives."),
            "generation": _GENERATION,
            "digest": _c("Hash of all that was read."),
            "text_digest": _c("Hash of title and body alone."),
            "day": _c("Day of the stamp.", "date"),
            "article": _c("The record as this page states it, as JSON.", "object"),
        },
        key=("id",),
    ),
    "extractions": Table(
        "The rows behind the view `statements`, which keep only the differences.",
        {
            "id": _ID,
            "key": _c("The key that the page's address gives."),
            "generation": _GENERATION,
            "digest": _c("Hash of all that was read."),
            "text_digest": _c("Hash of title and body alone."),
            "day": _c("Day of the stamp.", "date"),
            "changes": _CHANGES,
            "article_id": _c("The article that the differences are counted from; empty if there is"
                             " none: then `changes` is the full record.", "integer"),
        },
        key=("id",),
        links={"article_id": ("articles", "id")},
    ),
    "redirects": Table(
        "Article addresses that the site forwards to another.",
        {
            "source": _c("The address that was asked for."),
            "target": _c("The address it leads to."),
            "key": _c("The key of the source."),
            "generation": _c("CMS generation of the source."),
            "section_slug": _SECTION_SLUG,
            "first_seen_at": _FIRST_SEEN,
            "last_seen_at": _LAST_SEEN,
        },
        key=("source",),
    ),
    "warc_files": Table(
        "WARC files whose every record has its row.",
        {
            "name": _WARC_FILE,
            "bytes": _c("Size of the file.", "integer"),
            "records": _c("How many captures it holds.", "integer"),
            "summary": _c("The crawl's own summary, as JSON.", "object"),
        },
        key=("name",),
    ),
    "nights": Table(
        "One row per run that asked the live site for articles: what it saw of those known before,"
        " by which the run is judged.",
        {
            "run": _c("The run: time and number in the names of its WARC files."),
            "started_at": _c(f"When it fetched its first article. {_UTC}", "datetime"),
            "known": _c("Addresses of articles asked for that were there when last seen.", "integer"),
            "answered": _c("Addresses of articles that answered, new ones among them.", "integer"),
            "gone": _c("Known addresses at which there was no article any more.", "integer"),
            "revised": _c(
                "Known addresses at which the page said something else than before.", "integer"
            ),
            "new": _c("Addresses of articles seen for the first time.", "integer"),
            "doubt": _c(
                "Why the night proves nothing: silent (lists that named articles name none), gone,"
                " revised or new (too many at once, or one text at many new addresses); empty if it is"
                " well."
            ),
            "lists": _c("Lists asked for that named articles before.", "integer"),
            "silent": _c("Those of them that named none.", "integer"),
            "repeated": _c(
                "New articles with the text of many other new ones, or of a known one.", "integer"
            ),
        },
        key=("run",),
    ),
    "crawls": Table(
        "One row per run of a command that writes.",
        {
            "id": _ID,
            "command": _c("crawl, backfill, import, reextract …"),
            "arguments": _c("Its options, as JSON.", "object"),
            "started_at": _c(f"When it began. {_UTC}", "datetime"),
            "finished_at": _c(f"When it ended; empty if it was killed. {_UTC}", "datetime"),
            "exit_code": _c("See exit codes.", "integer"),
            "reason": _c("Why it ended."),
            "warc_file": _WARC_FILE,
            "listed": _c("Article addresses seen on lists.", "integer"),
            "fetched": _c("Pages fetched.", "integer"),
            "new": _c("Articles not known before.", "integer"),
            "revised": _c("Articles with a new revision.", "integer"),
            "unchanged": _c("Articles fetched again, the same.", "integer"),
            "duplicates": _c("Articles found to be copies.", "integer"),
            "gone": _c("Articles found gone on a second night.", "integer"),
            "failed": _c("Pages that could not be fetched or read.", "integer"),
            "blocked": _c("Pages answered with a block.", "integer"),
            "bytes": _c("Bytes received.", "integer"),
            "counts": _c("Everything the run counted, as JSON.", "object"),
        },
        key=("id",),
    ),
    "alarms": Table(
        "What runs found wrong, from the first run that found it to the one that did not.",
        {
            "id": _ID,
            "kind": _c("Which rule found it: blocked, lists-new-shape, floor/flat/byline …"),
            "text": _c("What was found, in a sentence; of the last run that found it."),
            "exit_code": _c("Exit code of that run.", "integer"),
            "opened_at": _c(f"When it was first found. {_UTC}", "datetime"),
            "opened_by": _c("The run that found it first.", "integer"),
            "seen_at": _c(f"When it was last found. {_UTC}", "datetime"),
            "seen_by": _c("The run that found it last.", "integer"),
            "runs": _c("How many runs found it.", "integer"),
            "closed_at": _c(f"When a run did not find it any more; empty if open. {_UTC}", "datetime"),
            "closed_by": _c("That run.", "integer"),
        },
        key=("id",),
        links={
            "opened_by": ("crawls", "id"),
            "seen_by": ("crawls", "id"),
            "closed_by": ("crawls", "id"),
        },
    ),
    "frontier": Table(
        "Every address known, and what is to be done about it: the only crawl state.",
        {
            "url": _c("Address as it is fetched."),
            "address": _c("Its canonical form: one row for each."),
            "kind": _c("article or list."),
            "key": _c("The key that the address gives."),
            "state": _c("due, done, failed, blocked or gone."),
            "section_slug": _SECTION_SLUG,
            "found_on": _c("The page that names it."),
            "found_at": _c(f"When it was first found. {_UTC}", "datetime"),
            "listed_on": _c("The day that the list gives for it.", "date"),
            "last_listed_at": _c(f"When a list last named it. {_UTC}", "datetime"),
            "fetched_at": _c(f"When it was last fetched. {_UTC}", "datetime"),
            "due_at": _c(f"When it is to be fetched again. {_UTC}", "datetime"),
            "last_status": _c("HTTP status of the last answer.", "integer"),
            "attempts": _c("Failures in a row.", "integer"),
            "error": _c("What went wrong last, in words."),
            "etag": _c("For conditional requests."),
            "last_modified": _c("For conditional requests."),
            "payload_digest": _PAYLOAD,
            "article_id": _ARTICLE_ID,
            "named_at": _c(f"When it, a list, last named an article. {_UTC}", "datetime"),
        },
        key=("url",),
        links={"article_id": ("articles", "id")},
    ),
    "fingerprints": Table(
        "The fingerprints by which near-duplicates are found.",
        {
            "article_id": _ARTICLE_ID,
            "sketch": _c("The smallest hashes of its wording.", "any"),
            "keys": _c("The hashes it is looked up by.", "any"),
            "entities": _c("Its numbers, dates and names; null until asked for.", "any"),
        },
        key=("article_id",),
    ),
    "fingerprint_keys": Table(
        "Where the fingerprints of two articles must meet for the two to be compared.",
        {"key": _c("One of the article's keys.", "integer"), "article_id": _ARTICLE_ID},
        key=("key", "article_id"),
    ),
    "articles_unindexed": Table(
        "Articles that a search does not find yet: empty but within a transaction.",
        {"article_id": _ARTICLE_ID},
        key=("article_id",),
    ),
    "articles_respelled": Table(
        "Searched text where it differs from the text kept: Đ for its doubles, marks in one order, no"
        " invisible characters. Only such articles have a row, and only such columns a value.",
        {
            "article_id": _ARTICLE_ID,
            **{
                name: _c(f"articles.{name}, as it is searched.")
                for name in ("title", "kicker", "lead", "body", "captions", "byline")
            },
        },
        key=("article_id",),
        links={"article_id": ("articles", "id")},
    ),
    "articles_searched": Table(
        "The text of every article as it is searched: what the exact index reads.",
        {
            "id": _ID,
            **{
                name: _c(f"articles_respelled.{name}, or else articles.{name}.")
                for name in ("title", "kicker", "lead", "body", "captions", "byline")
            },
        },
        key=("id",),
    ),
    "articles_folded": Table(
        "The searched columns with d for đ: what the plain index reads.",
        {
            "id": _ID,
            **{
                name: _c(f"articles_searched.{name}, with d for đ.")
                for name in ("title", "kicker", "lead", "body", "captions", "byline")
            },
        },
        key=("id",),
    ),
}  # fmt: skip

SEARCH = {
    "articles_exact": "Full-text index (FTS5) that keeps marks: for words typed with them.",
    "articles_plain": "Full-text index (FTS5) without marks, d for đ: for words typed without.",
}

EXIT_CODES = {
    0: "Done; nothing to report (also: nothing new, and none was expected).",
    1: "An unexpected error.",
    2: "Wrong usage.",
    3: "The site is unreachable, or answers with a block or challenge page.",
    4: "Drift: pages of no known layout, or a field's fill rate fell below its floor.",
    5: "Partial: more than the tolerated share of pages failed.",
    6: "Another crawl holds the lock.",
    7: "The disk is full, or nearly.",
}


def markdown() -> Iterator[str]:
    """The lines of docs/data-dictionary.md."""
    yield "# Data dictionary"
    yield ""
    yield "Every table, view, column and exit code. Made from `archive/database/dictionary.py` by"
    yield "`python -m archive.database.dictionary > docs/data-dictionary.md`; a test keeps the two alike."
    yield ""
    yield "Text is Unicode NFC, in the paper's own spelling. An empty cell (NULL) means that the page"
    yield "does not say. Times of observation are UTC (`…Z`); the paper's own are in `+07:00`."
    yield ""
    yield "## Tables and views"
    for name, table in TABLES.items():
        yield ""
        yield f"### `{name}`"
        yield ""
        yield table.text
        yield ""
        yield "| column | type | meaning |"
        yield "|---|---|---|"
        for column, meaning in table.columns.items():
            marks = " (key)" if column in table.key else ""
            link = table.links.get(column)
            refers = f" → `{link[0]}.{link[1]}`" if link else ""
            yield f"| `{column}`{marks} | {meaning.type} | {meaning.text}{refers} |"
    yield ""
    yield "## Search indexes"
    yield ""
    yield "| index | holds |"
    yield "|---|---|"
    for name, text in SEARCH.items():
        yield f"| `{name}` | {text} |"
    yield ""
    yield "Both have the columns `body`, `title`, `kicker`, `lead`, `captions`, `byline`, and the"
    yield "`rowid` is `articles.id`. They need no function of ours:"
    yield "`SELECT key, title FROM articles WHERE id IN (SELECT rowid FROM"
    yield "articles_plain('dan van'))`."
    yield ""
    yield "## Exit codes"
    yield ""
    yield "| code | meaning | errors |"
    yield "|---|---|---|"
    for code, text in EXIT_CODES.items():
        names = ", ".join(f"`{name}`" for name in _errors_of(code))
        yield f"| {code} | {text} | {names} |"


def _errors_of(code: int) -> list[str]:
    return [
        name
        for name, kind in vars(errors).items()
        if isinstance(kind, type)
        and issubclass(kind, errors.KhobaoError)
        and kind.exit_code == code
        and kind is not errors.KhobaoError
    ]


if __name__ == "__main__":
    sys.stdout.write("\n".join(markdown()) + "\n")
