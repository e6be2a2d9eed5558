"""The commands that touch the site or its pages; `crawler.cli` registers them."""
