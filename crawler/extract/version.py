"""The version of the extraction; every Article carries it."""

from __future__ import annotations

#: Raised whenever the same page may give another Article; `reextract` goes by it.
EXTRACTOR_VERSION = "10"
