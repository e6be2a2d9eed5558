"""The whole schema, as a list of small steps that is only ever appended to.

`apply` brings any older archive up to date inside transactions of its own; what has been applied
is recorded in ``_sqlite_migrations``. This is the only DDL of the project. Two traps, measured on
sqlite-utils 4.2.1: ``table.transform()`` drops every trigger of its table without a word, so a step
that transforms ``articles`` must end with `index_searched_text` and `rebuild_search`; and
``enable_fts`` cannot map đ to d, so the search indexes are written by hand.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable

from sqlite_utils import Database, Migrations

from archive.database import author_rows
from archive.database.records import changes, record_of
from archive.database.respelling import SEARCH_COLUMNS, respell_all
from archive.duplicates import near
from archive.periods import FIRST_YEAR, LAST_YEAR, day_of

migrations = Migrations("khobao")

#: The order of `SEARCH_COLUMNS` until step 12.
_SEARCHED_BEFORE = ("title", "kicker", "lead", "body", "captions", "byline")


def apply(db: Database) -> None:
    """Bring the schema of *db* up to date."""
    migrations.apply(db)


def folded(column: str) -> str:
    """The SQL that maps đ to d, which no FTS5 tokenizer does (measured up to SQLite 3.54.1)."""
    return f"replace(replace({column}, 'đ', 'd'), 'Đ', 'D')"


def searched(column: str) -> str:
    """The SQL for a text as it is searched, but for what ``articles_respelled`` has.

    One article in seven has an m² in it, which queries write m2: no reason to keep its text twice.
    """
    return f"replace(replace({column}, '²', '2'), '³', '3')"


def dated(column: str) -> str:
    """The SQL for the day of a stamp; NULL where `archive.periods.day_of` says None."""
    day = f"substr({column}, 1, 10)"
    # Without a modifier, SQLite takes 31 February for a day.
    return (
        f"CASE WHEN substr({column}, 1, 4) BETWEEN '{FIRST_YEAR}' AND '{LAST_YEAR}'"
        f" AND date({day}, '+0 days') = {day} THEN {day} END"
    )


def create_search_triggers(connection: sqlite3.Connection) -> None:
    """Create the triggers that kept both search indexes in step with ``articles`` until step 7.

    An index takes in many articles at once for half of what it takes for one by one (measured: 0.24
    and 0.55 ms for an article of 2.3 KB). So a writer may put an article's id into
    ``articles_unindexed`` first; it is indexed when that row is deleted, before the commit.
    """
    names = ", ".join(_SEARCHED_BEFORE)
    indexes = (("articles_exact", "articles"), ("articles_plain", "articles_folded"))

    def values(row: str, plain: bool) -> str:
        columns = [f"{row}.{name}" for name in _SEARCHED_BEFORE]
        return ", ".join(folded(c) if plain else c for c in columns)

    def put(row: str) -> str:
        return "".join(
            f"INSERT INTO {index}(rowid, {names})"
            f" VALUES ({row}.id, {values(row, source != 'articles')});"
            for index, source in indexes
        )

    def take(row: str) -> str:
        return "".join(
            f"INSERT INTO {index}({index}, rowid, {names})"
            f" VALUES ('delete', {row}.id, {values(row, source != 'articles')});"
            for index, source in indexes
        )

    def indexed(row: str) -> str:
        waits = f"SELECT 1 FROM articles_unindexed WHERE article_id = {row}.id"
        return f"ON articles WHEN NOT EXISTS ({waits})"

    watched = ", ".join(_SEARCHED_BEFORE)
    late = "".join(
        f"INSERT INTO {index}(rowid, {names})"
        f" SELECT id, {names} FROM {source} WHERE id = old.article_id;"
        for index, source in indexes
    )
    for name, event, body in (
        ("articles_search_insert", f"AFTER INSERT {indexed('new')}", put("new")),
        ("articles_search_delete", f"AFTER DELETE {indexed('old')}", take("old")),
        (
            "articles_search_update",
            f"AFTER UPDATE OF {watched} {indexed('old')}",
            take("old") + put("new"),
        ),
        ("articles_search_late", "AFTER DELETE ON articles_unindexed", late),
    ):
        connection.execute(f"DROP TRIGGER IF EXISTS {name}")
        connection.execute(f"CREATE TRIGGER {name} {event} BEGIN {body} END")


def index_searched_text(
    connection: sqlite3.Connection, searched: Callable[[str], str] = searched
) -> None:
    """Create the triggers that keep both search indexes in step with what is searched.

    That is ``articles``, *searched*, but for what ``articles_respelled`` writes otherwise. Each
    trigger takes out what the index holds and puts in what its view says, so the two agree after
    every single statement, whatever a writer does first. For ``articles_unindexed`` see
    `create_search_triggers`.
    """
    indexes = (("articles_exact", "articles_searched"), ("articles_plain", "articles_folded"))
    names = ", ".join(SEARCH_COLUMNS)

    def put(id: str) -> str:
        return "".join(
            f"INSERT INTO {index}(rowid, {names}) SELECT id, {names} FROM {view} WHERE id = {id};"
            for index, view in indexes
        )

    def take(id: str, row: str, text: str, source: str = "") -> str:
        """*text* says where a column's text is: ``coalesce(r.{0}, {1})``; {1} is that of *row*."""
        columns = [text.format(name, searched(f"{row}.{name}")) for name in SEARCH_COLUMNS]
        return "".join(
            f"INSERT INTO {index}({index}, rowid, {names})"
            f" SELECT 'delete', {id}, {', '.join(map(folded, columns) if plain else columns)}"
            f" {source};"
            for index, plain in (("articles_exact", False), ("articles_plain", True))
        )

    def ready(id: str) -> str:
        waits = f"SELECT 1 FROM articles_unindexed WHERE article_id = {id}"
        return f"WHEN NOT EXISTS ({waits})"

    respelled = "FROM (SELECT 1) LEFT JOIN articles_respelled AS r ON r.article_id = old.id"
    before = take("old.id", "old", "coalesce(r.{0}, {1})", respelled)
    watched = ", ".join(SEARCH_COLUMNS)
    article = "FROM articles AS a WHERE a.id = {0}.article_id"
    for name, event, body in (
        ("insert", f"AFTER INSERT ON articles {ready('new.id')}", put("new.id")),
        # Before, for with the article goes its row in articles_respelled.
        ("delete", f"BEFORE DELETE ON articles {ready('old.id')}", before),
        (
            "update",
            f"AFTER UPDATE OF {watched} ON articles {ready('old.id')}",
            before + put("new.id"),
        ),
        ("late", "AFTER DELETE ON articles_unindexed", put("old.article_id")),
        (
            "respell",
            f"AFTER INSERT ON articles_respelled {ready('new.article_id')}",
            take("a.id", "a", "{1}", article.format("new")) + put("new.article_id"),
        ),
        (
            "unspell",
            f"AFTER DELETE ON articles_respelled {ready('old.article_id')}",
            take("a.id", "a", "coalesce(old.{0}, {1})", article.format("old"))
            + put("old.article_id"),
        ),
    ):
        connection.execute(f"DROP TRIGGER IF EXISTS articles_search_{name}")
        connection.execute(f"CREATE TRIGGER articles_search_{name} {event} BEGIN {body} END")


def rebuild_search(connection: sqlite3.Connection) -> None:
    """Rebuild both search indexes from ``articles`` and check them against it."""
    for index in ("articles_exact", "articles_plain"):
        connection.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")
        connection.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")


def add_summaries(connection: sqlite3.Connection) -> None:
    """Add to a published copy what its readers would otherwise count at every visit.

    Copies are made anew and never migrated, so this is no step of the schema.
    """
    connection.executescript(SUMMARIES)


@migrations()
def m001_records(db: Database) -> None:
    """Crawls, captures, articles with their addresses, revisions, people, sections and tags."""
    for statement in _RECORDS:
        db.execute(statement)


@migrations()
def m002_search(db: Database) -> None:
    """Two full-text indexes: exact, and plain (no marks, đ as d). No custom function is needed."""
    names = ", ".join(_SEARCHED_BEFORE)
    db.execute(
        f"CREATE VIEW articles_folded AS SELECT id, "
        f"{', '.join(f'{folded(name)} AS {name}' for name in _SEARCHED_BEFORE)} FROM articles"
    )
    db.execute(
        f"CREATE VIRTUAL TABLE articles_exact USING fts5({names}, content='articles',"
        f" content_rowid='id', tokenize='unicode61 remove_diacritics 0')"
    )
    db.execute(
        f"CREATE VIRTUAL TABLE articles_plain USING fts5({names}, content='articles_folded',"
        f" content_rowid='id', tokenize='unicode61 remove_diacritics 2')"
    )
    for index in ("articles_exact", "articles_plain"):
        # Merge sixteen parts of an index into one, not four: a batch is rewritten half as often,
        # which takes a fifth off indexing (measured over 10,000 articles); a search is 0.03 ms
        # slower for each word.
        db.execute(f"INSERT INTO {index}({index}, rank) VALUES ('automerge', 16)")
    db.execute("CREATE TABLE articles_unindexed (article_id INTEGER PRIMARY KEY)")
    create_search_triggers(db.conn)


@migrations()
def m003_views(db: Database) -> None:
    """What spreadsheets and counters see: ``articles_flat`` and ``coverage``."""
    db.execute(_ARTICLES_FLAT)
    db.execute(_COVERAGE)
    # Holds all that the view asks of articles: their rows are long, and a scan of them slow.
    db.execute(
        "CREATE INDEX articles_coverage"
        " ON articles(updated_at, section_slug, gone_at, first_seen_at)"
    )


@migrations()
def m004_observations(db: Database) -> None:
    """What each page said by itself, and which address leads to which: revisions follow from it."""
    for statement in _OBSERVATIONS:
        db.execute(statement)


@migrations()
def m005_neighbours(db: Database) -> None:
    """Fingerprints, by which near-duplicates are looked up."""
    for statement in _NEIGHBOURS:
        db.execute(statement)


@migrations()
def m006_dates(db: Database) -> None:
    """An impossible stamp is no point in time; what has no date is of no day in ``coverage``."""
    for column, text in (("updated_at", "updated_precision"), ("published_at", None)):
        rows = db.execute(f"SELECT id, {column} FROM articles WHERE {column} IS NOT NULL")
        impossible = [(id,) for id, stamp in rows.fetchall() if day_of(stamp) is None]
        also = f", {text} = NULL" if text else ""
        db.conn.executemany(f"UPDATE articles SET {column} = NULL{also} WHERE id = ?", impossible)
    db.execute("DROP VIEW coverage")
    db.execute(_COVERAGE_BY_DAY)


@migrations()
def m007_searched_text(db: Database) -> None:
    """The indexes hold texts as queries are written; tools that look for an index find one."""
    names = ", ".join(_SEARCHED_BEFORE)
    for trigger in ("insert", "delete", "update", "late"):
        db.execute(f"DROP TRIGGER articles_search_{trigger}")
    db.execute("DROP TABLE articles_exact")
    db.execute("DROP VIEW articles_folded")
    db.execute(
        "CREATE TABLE articles_respelled (article_id INTEGER PRIMARY KEY REFERENCES articles(id)"
        f" ON DELETE CASCADE, {', '.join(f'{name} TEXT' for name in _SEARCHED_BEFORE)})"
    )
    searched = ", ".join(f"coalesce(r.{name}, a.{name}) AS {name}" for name in _SEARCHED_BEFORE)
    db.execute(
        f"CREATE VIEW articles_searched AS SELECT a.id, {searched} FROM articles AS a"
        " LEFT JOIN articles_respelled AS r ON r.article_id = a.id"
    )
    db.execute(
        f"CREATE VIEW articles_folded AS SELECT id, "
        f"{', '.join(f'{folded(name)} AS {name}' for name in _SEARCHED_BEFORE)}"
        " FROM articles_searched"
    )
    # Datasette and sqlite-utils look for the index of a table by these very words, content="…".
    db.execute(
        'CREATE VIRTUAL TABLE articles_exact USING fts5 /* for tools: content="articles" */'
        f" ({names}, content='articles_searched', content_rowid='id',"
        " tokenize='unicode61 remove_diacritics 0')"
    )
    db.execute("INSERT INTO articles_exact(articles_exact, rank) VALUES ('automerge', 16)")
    db.execute("INSERT INTO articles_exact(articles_exact) VALUES ('rebuild')")
    index_searched_text(db.conn, searched=str)
    respell_all(db.conn)


@migrations()
def m008_authors(db: Database) -> None:
    """One author behind spellings that differ in capitals only; the byline keeps its own."""
    db.execute("ALTER TABLE authors ADD COLUMN folded TEXT")
    db.execute("ALTER TABLE article_authors ADD COLUMN printed TEXT")
    author_rows.merge_all(db.conn)
    db.execute("CREATE UNIQUE INDEX authors_folded ON authors(folded)")


@migrations()
def m009_nights(db: Database) -> None:
    """Which captures do not count, and each run as a whole: see `archive.history.nights`."""
    for statement in _NIGHTS:
        db.execute(statement)


_NIGHTS = (
    "ALTER TABLE captures ADD COLUMN doubt TEXT",
    "CREATE INDEX captures_doubt ON captures(doubt) WHERE doubt IS NOT NULL",
    # One row for each run that asked the live site for articles.
    """CREATE TABLE nights (
        run TEXT PRIMARY KEY,
        started_at TEXT NOT NULL,
        known INTEGER NOT NULL,
        answered INTEGER NOT NULL,
        gone INTEGER NOT NULL,
        revised INTEGER NOT NULL,
        new INTEGER NOT NULL,
        doubt TEXT
    )""",
    "CREATE INDEX nights_started_at ON nights(started_at)",
)


@migrations()
def m010_lists(db: Database) -> None:
    """When a list last named an article: a list that ever did stays one, whatever it answers."""
    for statement in _LISTS:
        db.execute(statement)


_FIRST_PAGE = (
    "kind = 'list' AND url NOT GLOB '*[?&]p=[0-9]*' AND url NOT GLOB '*[?&]page=[0-9]*'"
    " AND url NOT GLOB '*/p[0-9]*/*'"
)
_LISTS = (
    "ALTER TABLE frontier ADD COLUMN named_at TEXT",
    "UPDATE frontier SET named_at = fetched_at WHERE due_at IS NOT NULL AND state = 'done'"
    f" AND {_FIRST_PAGE}",
    # What articles were found on is a list, though one bad answer took it for none (O1).
    "UPDATE frontier SET named_at = fetched_at WHERE named_at IS NULL AND fetched_at IS NOT NULL"
    f" AND {_FIRST_PAGE} AND EXISTS (SELECT 1 FROM frontier AS article WHERE article.kind ="
    " 'article' AND article.found_on IN (frontier.url, frontier.address))",
    # The others are looked at once more.
    f"UPDATE frontier SET due_at = fetched_at WHERE due_at IS NULL AND {_FIRST_PAGE}",
)


@migrations()
def m011_named(db: Database) -> None:
    """How many articles a list named: a night of silent lists is judged by its captures.

    Of captures that are older it stays NULL until ``khobao reextract`` reads them again.
    """
    db.execute("ALTER TABLE captures ADD COLUMN named INTEGER")
    for column in ("lists", "silent", "repeated"):
        db.execute(f"ALTER TABLE nights ADD COLUMN {column} INTEGER NOT NULL DEFAULT 0")


@migrations()
def m012_one_copy(db: Database) -> None:
    """The text of an article stands once (`archive.database.records`). Smaller search indexes."""
    db.execute(_ARTICLE_RECORDS)
    for statement in _DIFFERENCES:
        db.execute(statement)
    _keep_differences(db.conn)
    # Each of these writes all rows again: they are short by now.
    for column in ("title", "lead", "body", "updated_at", "updated_text", "byline", "article"):
        db.execute(f"ALTER TABLE article_revisions DROP COLUMN {column}")
    db.execute(_REVISIONS)
    db.execute(_STATEMENTS)
    _create_search_indexes(db.conn)


@migrations()
def m013_fingerprints(db: Database) -> None:
    """Fingerprints of other hashes, by which near-duplicates are found anew."""
    db.execute("ALTER TABLE fingerprints RENAME COLUMN facts TO entities")
    near.link_all(db.conn)


@migrations()
def m014_alarms(db: Database) -> None:
    """What runs found wrong, until a run finds it well again (`archive.alarms`)."""
    db.execute(
        """
        CREATE TABLE alarms (
            id INTEGER PRIMARY KEY,
            paper TEXT NOT NULL,
            kind TEXT NOT NULL,
            text TEXT NOT NULL,
            exit_code INTEGER NOT NULL,
            opened_at TEXT NOT NULL,
            opened_by INTEGER NOT NULL REFERENCES crawls(id),
            seen_at TEXT NOT NULL,
            seen_by INTEGER NOT NULL REFERENCES crawls(id),
            runs INTEGER NOT NULL,
            closed_at TEXT,
            closed_by INTEGER REFERENCES crawls(id)
        )
        """
    )
    db.execute("CREATE UNIQUE INDEX alarms_open ON alarms(paper, kind) WHERE closed_at IS NULL")


@migrations()
def m015_papers(db: Database) -> None:
    """One archive may hold several papers; every article names its own by the paper's code."""
    for statement in _PAPERS:
        db.execute(statement)


@migrations()
def m016_same_authors(db: Database) -> None:
    """Which authors are one person under another name, and why (`archive.authors.same`)."""
    author_rows.merge_all(db.conn)
    db.execute(
        "ALTER TABLE authors ADD COLUMN same_as INTEGER REFERENCES authors(id) ON DELETE SET NULL"
    )
    db.execute("ALTER TABLE authors ADD COLUMN same_reason TEXT")
    db.execute("CREATE INDEX authors_same_as ON authors(same_as)")
    db.execute(_ARTICLES_BY_AUTHOR)


_ARTICLES_BY_AUTHOR = """CREATE VIEW articles_by_author AS
    SELECT shown.id AS author_id, shown.name AS author, w.article_id, w.position, w.role, w.printed
    FROM article_authors AS w
    JOIN authors AS a ON a.id = w.author_id
    JOIN authors AS shown ON shown.id = coalesce(a.same_as, a.id)"""


@migrations()
def m017_places(db: Database) -> None:
    """The places that articles mention (`archive.places`)."""
    for statement in _PLACES:
        db.execute(statement)


@migrations()
def m018_losses(db: Database) -> None:
    """WARC files that are lost for good, as a person has stated (`khobao verify --accept-loss`)."""
    db.execute(
        "CREATE TABLE losses (warc_file TEXT PRIMARY KEY, accepted_at TEXT NOT NULL,"
        " captures INTEGER NOT NULL, articles INTEGER NOT NULL)"
    )


_PLACES = (
    """CREATE TABLE places (
        id INTEGER PRIMARY KEY,
        path TEXT NOT NULL,
        level TEXT NOT NULL CHECK (level IN ('province', 'district', 'commune')),
        within INTEGER REFERENCES places(id),
        is_new INTEGER NOT NULL,
        latitude REAL,
        longitude REAL
    )""",
    """CREATE TABLE place_changes (
        old INTEGER NOT NULL REFERENCES places(id),
        new INTEGER NOT NULL REFERENCES places(id),
        PRIMARY KEY (old, new)
    ) WITHOUT ROWID""",
    """CREATE TABLE article_places (
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        place_id INTEGER NOT NULL REFERENCES places(id),
        candidates INTEGER NOT NULL,
        mentions INTEGER NOT NULL,
        PRIMARY KEY (article_id, place_id, candidates)
    ) WITHOUT ROWID""",
    "CREATE TABLE place_version (value TEXT PRIMARY KEY)",
    # No reference to articles: a trigger may name a row that the same transaction takes away.
    "CREATE TABLE places_due (article_id INTEGER PRIMARY KEY)",
    """CREATE TRIGGER places_due_insert AFTER INSERT ON articles BEGIN
        INSERT OR IGNORE INTO places_due VALUES (new.id);
    END""",
    """CREATE TRIGGER places_due_update
        AFTER UPDATE OF title, body, captions, updated_at, paper ON articles
        WHEN (old.title, old.body, old.captions, old.updated_at, old.paper)
            IS NOT (new.title, new.body, new.captions, new.updated_at, new.paper) BEGIN
        INSERT OR IGNORE INTO places_due VALUES (new.id);
    END""",
)


def _keep_differences(connection: sqlite3.Connection) -> None:
    """Replace every full record by its differences from the article that it is of."""
    for (article_id,) in connection.execute("SELECT id FROM articles ORDER BY id").fetchall():
        base = record_of(connection, article_id)
        # Until now, an extraction that said what a revision says had no record of its own.
        for table, question in (
            (
                "extractions",
                "SELECT extractions.id, coalesce(extractions.changes, (SELECT article FROM captures"
                " JOIN article_revisions AS r ON r.id = revision_id"
                " WHERE statement_id = extractions.id ORDER BY fetched_at, captures.id LIMIT 1))"
                " FROM extractions WHERE article_id = ?",
            ),
            ("article_revisions", "SELECT id, article FROM article_revisions WHERE article_id = ?"),
        ):
            connection.executemany(
                f"UPDATE {table} SET changes = ? WHERE id = ?",
                [
                    (changes(base, json.loads(record)), id)
                    for id, record in connection.execute(question, (article_id,)).fetchall()
                ],
            )
        connection.execute(
            "UPDATE article_revisions SET title = '', lead = NULL, body = NULL, article = ''"
            " WHERE article_id = ?",
            (article_id,),
        )


def _create_search_indexes(connection: sqlite3.Connection) -> None:
    """Create both search indexes anew, and fill them."""
    names = ", ".join(SEARCH_COLUMNS)
    text = ", ".join(
        f"coalesce(r.{name}, {searched(f'a.{name}')}) AS {name}" for name in _SEARCHED_BEFORE
    )
    connection.execute("DROP VIEW articles_searched")
    connection.execute(
        f"CREATE VIEW articles_searched AS SELECT a.id, {text} FROM articles AS a"
        " LEFT JOIN articles_respelled AS r ON r.article_id = a.id"
    )
    for name in ("insert", "delete", "update", "late", "respell", "unspell"):
        connection.execute(f"DROP TRIGGER articles_search_{name}")
    respell_all(connection)
    for index, view, remove_diacritics, note in (
        # Datasette and sqlite-utils look for the index of a table by these very words, content="…".
        ("articles_exact", "articles_searched", 0, '/* for tools: content="articles" */ '),
        ("articles_plain", "articles_folded", 2, ""),
    ):
        connection.execute(f"DROP TABLE IF EXISTS {index}")
        connection.execute(
            f"CREATE VIRTUAL TABLE {index} USING fts5 {note}({names}, content='{view}',"
            f" content_rowid='id', tokenize='unicode61 remove_diacritics {remove_diacritics}')"
        )
        connection.execute(f"INSERT INTO {index}({index}, rank) VALUES ('automerge', 16)")
    index_searched_text(connection)
    rebuild_search(connection)


#: A revision keeps its differences from the article as it is now, in ``changes``.
_DIFFERENCES = (
    "ALTER TABLE revisions RENAME TO article_revisions",
    "ALTER TABLE article_revisions ADD COLUMN changes TEXT",
    # What one page says, kept as its differences from article `article_id`, in full where that is
    # NULL. `captures.statement_id` points here.
    "ALTER TABLE statements RENAME TO extractions",
    "ALTER TABLE extractions RENAME COLUMN article TO changes",
    "ALTER TABLE extractions ADD COLUMN article_id INTEGER REFERENCES articles(id)",
    "CREATE INDEX extractions_article_id ON extractions(article_id)",
    "UPDATE extractions SET article_id = (SELECT article_id FROM captures"
    " WHERE statement_id = extractions.id AND article_id NOT NULL LIMIT 1)",
)

# The fields of `archive.models.Article`, in its order.
_ARTICLE_RECORDS = """CREATE VIEW article_records AS
    SELECT id, json_object(
        'title', title, 'url', url, 'key', key, 'site_id', site_id, 'generation', generation,
        'kicker', kicker, 'lead', lead, 'agency', agency, 'body', body,
        'updated_at', updated_at, 'updated_text', updated_text,
        'updated_precision', updated_precision, 'published_at', published_at, 'byline', byline,
        'authors', json((SELECT json_group_array(json_object('name', name, 'role', role)) FROM (
            SELECT coalesce(printed, authors.name) AS name, role FROM article_authors
            JOIN authors ON authors.id = author_id WHERE article_id = articles.id
            ORDER BY position))),
        'source', source, 'section', section, 'section_slug', section_slug,
        'tags', json((SELECT json_group_array(name) FROM (
            SELECT tags.name AS name FROM article_tags JOIN tags ON tags.id = tag_id
            WHERE article_id = articles.id ORDER BY position))),
        'images', json((SELECT json_group_array(json_object('position', position, 'url', url,
            'caption', caption, 'credit', credit, 'after_paragraph', after_paragraph)) FROM (
            SELECT * FROM images WHERE article_id = articles.id ORDER BY position))),
        'kind', kind, 'media', json(media), 'layout', layout,
        'extractor_version', extractor_version, 'rules', json(rules), 'flags', json(flags)
    ) AS article
    FROM articles"""

_LAID_OVER = "(SELECT article FROM article_records WHERE id = {0}.article_id)"


def _now_or_then(name: str) -> str:
    """The SQL for one field of a revision: from its differences, or else from the article."""
    return (
        f"iif(json_type(r.changes, '$.{name}') IS NULL,"
        f" (SELECT {name} FROM articles WHERE articles.id = r.article_id),"
        f" json_extract(r.changes, '$.{name}')) AS {name}"
    )


# No join: a question that asks for no text must not read the articles, as a count would.
_REVISIONS = f"""CREATE VIEW revisions AS
    SELECT r.id, r.article_id, r.number, r.seen_at, r.last_seen_at,
        {", ".join(map(_now_or_then, ("title", "lead", "body", "updated_at", "updated_text")))},
        {_now_or_then("byline")}, r.changed_fields, r.edit, r.content_digest,
        iif(r.changes IS NULL, {_LAID_OVER.format("r")},
            json_patch({_LAID_OVER.format("r")}, r.changes)) AS article,
        r.capture_id
    FROM article_revisions AS r"""

_STATEMENTS = f"""CREATE VIEW statements AS
    SELECT id, key, generation, digest, text_digest, day,
        CASE WHEN article_id IS NULL THEN changes
            WHEN changes IS NULL THEN {_LAID_OVER.format("extractions")}
            ELSE json_patch({_LAID_OVER.format("extractions")}, changes) END AS article
    FROM extractions"""


_OBSERVATIONS = (
    # The canonical address a capture was asked for, and what its page said. `article` is the record
    # as that page alone states it; NULL where the revision it began says the very same.
    """CREATE TABLE statements (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL,
        generation TEXT,
        digest TEXT NOT NULL,
        text_digest TEXT,
        day TEXT,
        article TEXT,
        UNIQUE (key, digest)
    )""",
    "CREATE INDEX statements_text_digest ON statements(text_digest)",
    "ALTER TABLE captures ADD COLUMN address TEXT",
    "ALTER TABLE captures ADD COLUMN statement_id INTEGER REFERENCES statements(id)",
    "CREATE INDEX captures_address ON captures(address)",
    "CREATE INDEX captures_statement_id ON captures(statement_id)",
    # An article's name may be cited once a crawl that saw it has ended; from then on it is frozen.
    "ALTER TABLE articles ADD COLUMN key_frozen INTEGER NOT NULL DEFAULT 0",
    # When a section's name was seen, so that the latest name stays in whatever order they come.
    "ALTER TABLE sections ADD COLUMN named_at TEXT",
    # Article addresses that the site forwards to another: evidence that two names are one article.
    """CREATE TABLE redirects (
        source TEXT NOT NULL,
        target TEXT NOT NULL,
        key TEXT NOT NULL,
        generation TEXT,
        section_slug TEXT,
        first_seen_at TEXT NOT NULL,
        last_seen_at TEXT NOT NULL,
        PRIMARY KEY (source, target)
    )""",
    "CREATE INDEX redirects_target ON redirects(target)",
    "CREATE INDEX redirects_key ON redirects(key)",
    # Files whose every record has its row; any other file is gone through at the next start.
    """CREATE TABLE warc_files (
        name TEXT PRIMARY KEY,
        bytes INTEGER NOT NULL,
        records INTEGER NOT NULL,
        summary TEXT
    )""",
)

_NEIGHBOURS = (
    # What each text is found and compared by; fingerprint.py packs it. `facts` (`entities` since
    # step 13) are filled in when they are first asked for. Keys stand in a table of their own once
    # more, to be looked up by.
    """CREATE TABLE fingerprints (
        article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
        sketch BLOB NOT NULL,
        keys BLOB NOT NULL,
        facts BLOB
    )""",
    """CREATE TABLE fingerprint_keys (
        key INTEGER NOT NULL,
        article_id INTEGER NOT NULL,
        PRIMARY KEY (key, article_id)
    ) WITHOUT ROWID""",
)

_RECORDS = (
    # One row per run of a command that writes. `counts` is JSON: everything the run counted.
    """CREATE TABLE crawls (
        id INTEGER PRIMARY KEY,
        command TEXT NOT NULL,
        arguments TEXT NOT NULL DEFAULT '{}',
        started_at TEXT NOT NULL,
        finished_at TEXT,
        exit_code INTEGER,
        reason TEXT,
        warc_file TEXT,
        listed INTEGER NOT NULL DEFAULT 0,
        fetched INTEGER NOT NULL DEFAULT 0,
        new INTEGER NOT NULL DEFAULT 0,
        revised INTEGER NOT NULL DEFAULT 0,
        unchanged INTEGER NOT NULL DEFAULT 0,
        duplicates INTEGER NOT NULL DEFAULT 0,
        gone INTEGER NOT NULL DEFAULT 0,
        failed INTEGER NOT NULL DEFAULT 0,
        blocked INTEGER NOT NULL DEFAULT 0,
        bytes INTEGER NOT NULL DEFAULT 0,
        counts TEXT NOT NULL DEFAULT '{}'
    )""",
    # One row per fetched response. `outcome`: article (new, revised, unchanged told by the
    # revision), list, redirect, gone, blocked, failed (extraction), error (HTTP), other.
    """CREATE TABLE captures (
        id INTEGER PRIMARY KEY,
        crawl_id INTEGER REFERENCES crawls(id),
        url TEXT NOT NULL,
        fetched_at TEXT NOT NULL,
        status INTEGER NOT NULL,
        mime TEXT,
        redirect_to TEXT,
        warc_file TEXT NOT NULL,
        warc_offset INTEGER NOT NULL,
        warc_length INTEGER NOT NULL,
        record_type TEXT NOT NULL DEFAULT 'response',
        record_id TEXT,
        payload_digest TEXT NOT NULL,
        origin TEXT NOT NULL DEFAULT 'live',
        outcome TEXT,
        error TEXT,
        layout TEXT,
        article_id INTEGER REFERENCES articles(id),
        revision_id INTEGER REFERENCES revisions(id),
        UNIQUE (warc_file, warc_offset)
    )""",
    """CREATE TABLE articles (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        url TEXT NOT NULL,
        site_id TEXT NOT NULL,
        generation TEXT,
        title TEXT NOT NULL,
        kicker TEXT,
        lead TEXT,
        agency TEXT,
        body TEXT,
        captions TEXT,
        updated_at TEXT,
        updated_text TEXT,
        updated_precision TEXT,
        published_at TEXT,
        byline TEXT,
        source TEXT,
        section TEXT,
        section_slug TEXT,
        kind TEXT NOT NULL DEFAULT 'article',
        media TEXT NOT NULL DEFAULT '[]',
        word_count INTEGER NOT NULL DEFAULT 0,
        image_count INTEGER NOT NULL DEFAULT 0,
        layout TEXT,
        extractor_version TEXT,
        rules TEXT NOT NULL DEFAULT '{}',
        flags TEXT NOT NULL DEFAULT '[]',
        content_digest TEXT NOT NULL,
        text_digest TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 1,
        first_seen_at TEXT NOT NULL,
        last_seen_at TEXT NOT NULL,
        gone_at TEXT,
        gone_how TEXT,
        duplicate_of INTEGER REFERENCES articles(id),
        capture_id INTEGER REFERENCES captures(id)
    )""",
    """CREATE TABLE article_urls (
        url TEXT PRIMARY KEY,
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        key TEXT NOT NULL,
        generation TEXT,
        section_slug TEXT,
        first_seen_at TEXT NOT NULL,
        last_seen_at TEXT NOT NULL
    )""",
    # `article` is the full record as JSON (Article.to_dict), so that a revision can be shown,
    # compared and exported without knowing any other table.
    """CREATE TABLE revisions (
        id INTEGER PRIMARY KEY,
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        seen_at TEXT NOT NULL,
        last_seen_at TEXT NOT NULL,
        title TEXT NOT NULL,
        lead TEXT,
        body TEXT,
        updated_at TEXT,
        updated_text TEXT,
        byline TEXT,
        changed_fields TEXT NOT NULL DEFAULT '[]',
        edit TEXT,
        content_digest TEXT NOT NULL,
        article TEXT NOT NULL,
        capture_id INTEGER REFERENCES captures(id),
        UNIQUE (article_id, number)
    )""",
    """CREATE TABLE images (
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        url TEXT NOT NULL,
        caption TEXT,
        credit TEXT,
        after_paragraph INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (article_id, position)
    )""",
    """CREATE TABLE authors (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        sort_key TEXT NOT NULL
    )""",
    """CREATE TABLE article_authors (
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        author_id INTEGER NOT NULL REFERENCES authors(id),
        position INTEGER NOT NULL,
        role TEXT,
        PRIMARY KEY (article_id, position)
    )""",
    """CREATE TABLE sections (
        id INTEGER PRIMARY KEY,
        slug TEXT NOT NULL UNIQUE,
        name TEXT
    )""",
    """CREATE TABLE article_sections (
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        section_id INTEGER NOT NULL REFERENCES sections(id),
        PRIMARY KEY (article_id, section_id)
    )""",
    "CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    """CREATE TABLE article_tags (
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        tag_id INTEGER NOT NULL REFERENCES tags(id),
        position INTEGER NOT NULL,
        PRIMARY KEY (article_id, tag_id)
    )""",
    # Pairs are kept with the smaller article id first.
    """CREATE TABLE duplicates (
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        other_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('exact', 'near')),
        similarity REAL NOT NULL,
        found_at TEXT NOT NULL,
        PRIMARY KEY (article_id, other_id)
    )""",
    # The only crawl state. `kind`: article, list. `state`: due, done, failed, blocked, gone.
    """CREATE TABLE frontier (
        url TEXT PRIMARY KEY,
        address TEXT,
        kind TEXT NOT NULL,
        key TEXT,
        state TEXT NOT NULL DEFAULT 'due',
        section_slug TEXT,
        found_on TEXT,
        found_at TEXT NOT NULL,
        listed_on TEXT,
        last_listed_at TEXT,
        fetched_at TEXT,
        due_at TEXT,
        last_status INTEGER,
        attempts INTEGER NOT NULL DEFAULT 0,
        error TEXT,
        etag TEXT,
        last_modified TEXT,
        payload_digest TEXT,
        article_id INTEGER REFERENCES articles(id)
    )""",
    "CREATE INDEX articles_updated_at ON articles(updated_at)",
    "CREATE INDEX articles_section_slug ON articles(section_slug, updated_at)",
    "CREATE INDEX articles_byline ON articles(byline)",
    "CREATE INDEX articles_source ON articles(source)",
    "CREATE INDEX articles_text_digest ON articles(text_digest, duplicate_of)",
    "CREATE INDEX articles_duplicate_of ON articles(duplicate_of)",
    "CREATE INDEX articles_capture_id ON articles(capture_id)",
    "CREATE INDEX article_urls_article_id ON article_urls(article_id)",
    "CREATE INDEX article_urls_key ON article_urls(key)",
    "CREATE INDEX revisions_capture_id ON revisions(capture_id)",
    "CREATE INDEX article_authors_author_id ON article_authors(author_id)",
    "CREATE INDEX article_sections_section_id ON article_sections(section_id)",
    "CREATE INDEX article_tags_tag_id ON article_tags(tag_id)",
    "CREATE INDEX captures_url ON captures(url, fetched_at)",
    "CREATE INDEX captures_article_id ON captures(article_id)",
    "CREATE INDEX captures_revision_id ON captures(revision_id)",
    "CREATE INDEX captures_crawl_id ON captures(crawl_id)",
    "CREATE INDEX captures_outcome ON captures(outcome)",
    "CREATE INDEX duplicates_other_id ON duplicates(other_id)",
    "CREATE INDEX frontier_state ON frontier(state, due_at)",
    "CREATE INDEX frontier_article_id ON frontier(article_id)",
)

_ARTICLES_FLAT = """CREATE VIEW articles_flat AS
    SELECT a.key, a.url, a.title, a.kicker, a.lead, a.body, a.agency, a.byline,
        (SELECT group_concat(name, '; ') FROM (
            SELECT authors.name FROM article_authors JOIN authors ON authors.id = author_id
            WHERE article_id = a.id ORDER BY article_authors.position)) AS authors,
        a.source, a.section, a.section_slug,
        (SELECT group_concat(name, '; ') FROM (
            SELECT tags.name FROM article_tags JOIN tags ON tags.id = tag_id
            WHERE article_id = a.id ORDER BY article_tags.position)) AS tags,
        a.updated_at, substr(a.updated_at, 1, 10) AS updated_day, a.updated_text,
        a.updated_precision, a.published_at, a.kind, a.word_count, a.image_count, a.captions,
        a.revision AS revisions, a.first_seen_at, a.last_seen_at, a.gone_at, a.gone_how,
        (SELECT key FROM articles AS original WHERE original.id = a.duplicate_of) AS duplicate_of,
        a.site_id, a.generation, a.layout, a.extractor_version, a.content_digest,
        c.warc_file, c.warc_offset, c.payload_digest
    FROM articles AS a LEFT JOIN captures AS c ON c.id = a.capture_id"""

# Each thing known is counted once: every article, and every listed address that led to none.
_COVERAGE = """CREATE VIEW coverage AS
    SELECT day, section_slug, count(*) AS listed, sum(stored) AS stored, sum(failed) AS failed,
        sum(blocked) AS blocked, sum(gone) AS gone, sum(due) AS due
    FROM (
        SELECT coalesce(substr(updated_at, 1, 10), substr(first_seen_at, 1, 10)) AS day,
            section_slug, 1 AS stored, 0 AS failed, 0 AS blocked, gone_at IS NOT NULL AS gone,
            0 AS due
        FROM articles
        UNION ALL
        SELECT coalesce(listed_on, substr(found_at, 1, 10)) AS day, section_slug, 0,
            state = 'failed', state = 'blocked', state = 'gone',
            state NOT IN ('failed', 'blocked', 'gone')
        FROM frontier WHERE kind = 'article' AND article_id IS NULL)
    GROUP BY day, section_slug"""

# An undated article is of no day: coverage, trends and facets count a year alike.
_COVERAGE_BY_DAY = f"""CREATE VIEW coverage AS
    SELECT day, section_slug, count(*) AS listed, sum(stored) AS stored, sum(failed) AS failed,
        sum(blocked) AS blocked, sum(gone) AS gone, sum(due) AS due
    FROM (
        SELECT {dated("updated_at")} AS day, section_slug, 1 AS stored, 0 AS failed, 0 AS blocked,
            gone_at IS NOT NULL AS gone, 0 AS due
        FROM articles
        UNION ALL
        SELECT coalesce({dated("listed_on")}, {dated("found_at")}) AS day, section_slug, 0,
            state = 'failed', state = 'blocked', state = 'gone',
            state NOT IN ('failed', 'blocked', 'gone')
        FROM frontier WHERE kind = 'article' AND article_id IS NULL)
    GROUP BY day, section_slug"""

_COVERAGE_BY_PAPER = f"""CREATE VIEW coverage AS
    SELECT day, section_slug, count(*) AS listed, sum(stored) AS stored, sum(failed) AS failed,
        sum(blocked) AS blocked, sum(gone) AS gone, sum(due) AS due, paper
    FROM (
        SELECT {dated("updated_at")} AS day, section_slug, 1 AS stored, 0 AS failed, 0 AS blocked,
            gone_at IS NOT NULL AS gone, 0 AS due, paper
        FROM articles
        UNION ALL
        SELECT coalesce({dated("listed_on")}, {dated("found_at")}) AS day, section_slug, 0,
            state = 'failed', state = 'blocked', state = 'gone',
            state NOT IN ('failed', 'blocked', 'gone'),
            coalesce(substr(key, 1, instr(key, ':') - 1), 'dto')
        FROM frontier WHERE kind = 'article' AND article_id IS NULL)
    GROUP BY day, section_slug, paper"""

# Until this step every archive was of one paper, whose code is dto.
_PAPERS = (
    "CREATE TABLE papers (code TEXT PRIMARY KEY, name TEXT NOT NULL, host TEXT NOT NULL)",
    "INSERT INTO papers SELECT 'dto', 'Báo Đồng Tháp Online', 'baodongthap.vn'"
    " WHERE EXISTS (SELECT 1 FROM captures)",
    "ALTER TABLE articles ADD COLUMN paper TEXT NOT NULL DEFAULT 'dto'",
    "DROP VIEW articles_flat",
    _ARTICLES_FLAT.replace("c.payload_digest", "c.payload_digest, a.paper"),
    "DROP VIEW coverage",
    _COVERAGE_BY_PAPER,
    "DROP INDEX articles_coverage",
    "CREATE INDEX articles_coverage"
    " ON articles(updated_at, section_slug, gone_at, first_seen_at, paper)",
)

# `snapshot`: what a copy says about itself.
# `growth`: how many articles the paper dates to each month, and how many the archive met in it.
# `articles_brief` and its like: what is counted most, apart from the long texts: a count over all
# articles of 2 GB reads 20 MB.
# `article_facets`: the columns that a search is narrowed by, apart from the long texts.
# `coverage`: the view of that name, as a table; over 100,000 articles it took 0.2 s to compute.
# `facets`: what the search page offers when nothing has been asked yet.
SUMMARIES = f"""
CREATE TABLE snapshot (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE growth (
    month TEXT PRIMARY KEY,
    dated INTEGER NOT NULL,
    met INTEGER NOT NULL
);
INSERT INTO growth
    SELECT month, sum(dated), sum(met) FROM (
        SELECT substr({dated("updated_at")}, 1, 7) AS month, 1 AS dated, 0 AS met FROM articles
            WHERE {dated("updated_at")} IS NOT NULL
        UNION ALL
        SELECT substr(first_seen_at, 1, 7), 0, 1 FROM articles)
    GROUP BY month;
CREATE INDEX articles_brief ON articles(
    updated_at, section_slug, section, kind, source, word_count, image_count);
CREATE INDEX articles_kind ON articles(kind);
CREATE INDEX articles_generation ON articles(generation);
CREATE INDEX revisions_later ON article_revisions(id) WHERE number > 1;
CREATE TABLE coverage_days AS SELECT * FROM coverage;
DROP VIEW coverage;
ALTER TABLE coverage_days RENAME TO coverage;
CREATE INDEX coverage_day ON coverage(day, section_slug);
CREATE TABLE article_facets (
    id INTEGER PRIMARY KEY REFERENCES articles(id),
    year TEXT,
    section_slug TEXT,
    section TEXT,
    source TEXT,
    kind TEXT,
    paper TEXT
);
INSERT INTO article_facets
    SELECT id, substr({dated("updated_at")}, 1, 4), section_slug, section, source, kind, paper
        FROM articles;
CREATE TABLE facets (
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    label TEXT,
    articles INTEGER NOT NULL,
    PRIMARY KEY (facet, value)
);
INSERT INTO facets
    SELECT 'year', year, NULL, count(*) FROM article_facets WHERE year IS NOT NULL GROUP BY 2
    UNION ALL
    SELECT 'section', section_slug, max(section), count(*) FROM article_facets
        WHERE section_slug IS NOT NULL GROUP BY 2
    UNION ALL
    SELECT 'author', author, NULL, count(DISTINCT article_id) FROM articles_by_author GROUP BY 2
    UNION ALL
    SELECT 'source', source, NULL, count(*) FROM article_facets
        WHERE source IS NOT NULL GROUP BY 2
    UNION ALL
    SELECT 'kind', kind, NULL, count(*) FROM article_facets GROUP BY 2
    UNION ALL
    SELECT 'paper', paper, papers.name, count(*) FROM article_facets
        LEFT JOIN papers ON code = paper GROUP BY 2;
"""
