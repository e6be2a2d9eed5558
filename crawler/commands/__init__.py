"""Commands that read pages again, or take in what others captured; `crawler.cli` registers them."""
