"""The version of the extraction; every Article carries it."""

from __future__ import annotations

#: Raised whenever the same page may give another Article; `reextract` goes by it. If it were
#: forgotten, the first fetch after an upgrade would look like an edit by the newspaper.
EXTRACTOR_VERSION = "14"

#: A digest of the sources that decide what a page reads as. tests/crawler/extract/test_version.py
#: computes it, fails when it has changed, and says what to write here.
SOURCES = "d05898625d9cbfb7"
