"""The operator's nights: a newspaper in every kind of trouble, crawled as cron would crawl it.

`python -m tests.nights` plays them all and prints the table of docs/operating.md.
"""
