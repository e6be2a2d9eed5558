"""The yardstick: khobao and its peers read the same pages, and every field is scored.

    python -m benchmarks.extraction [FOLDER…] [--systems a,b] [--markdown F] [--csv F] [--check]

No published benchmark measures Vietnamese pages, the time of day, captions, bylines or sections;
this one does. How a page is judged is in `scores`, which field of a peer is taken for which of ours
in `runner`, what may not get worse in `floors`.
"""
