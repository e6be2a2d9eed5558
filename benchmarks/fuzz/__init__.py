"""Pages that nobody would write, against `crawler.extract.extract`.

    make fuzz SECONDS=3600

libFuzzer, through atheris, keeps every page that reaches new code and alters it further; half of
the alterations are its own, half are `mutations`, which know tags, stamps and Vietnamese. What may
come of a page is judged in `oracle`; what should not come is kept in ``fuzz/crashes`` and made
small (`shrink`). The normal test run has a short, repeatable turn of the same mutations without
atheris (tests/benchmarks/test_fuzz.py).
"""
