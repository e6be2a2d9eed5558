"""Everything kept: records, versions, captures and the questions asked of them. Knows no web.

An archive is a folder: ``archive.db`` (SQLite), ``captures/YYYY/*.warc.gz`` (raw bytes, the
evidence), ``crawl.lock`` and ``heartbeat.json``. Everything in the database can be made again
from the captures.
"""
