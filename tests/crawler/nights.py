"""Crawls of a small paper, a day later each time."""

import json

from archive.clock import SHIFT
from tests.crawler.conftest import Operator


class Night(Operator):
    """An operator of the small paper, a day later each time."""

    def crawl(self, day, *arguments, code):
        done = self.khobao(
            *("crawl", "-a", self.path, "--base-url", self.newsroom.base_url, "--delay", 0),
            *("--timeout", 2, "--format", "json", *arguments),
            code=code,
            **{SHIFT: str(day * 86_400)},
        )
        return json.loads(done.stdout.splitlines()[-1])
