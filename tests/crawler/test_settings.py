"""The settings as Scrapy resolves them, with its own defaults beneath."""

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.conf import build_component_list
from scrapy.utils.misc import load_object

from crawler import settings
from crawler.http.middlewares import Capture


@pytest.fixture(scope="module")
def resolved():
    project = Settings()
    project.setmodule(settings, priority="project")
    return project


def components(resolved, name):
    """The classes of *name*, from the engine to the network."""
    return [load_object(one) for one in build_component_list(resolved.getwithbase(name))]


def test_nothing_stands_between_the_capture_and_the_network(resolved):
    """What is captured is what came: each hop of a redirect, and the body still compressed."""
    chain = components(resolved, "DOWNLOADER_MIDDLEWARES")
    assert chain[-1] is Capture
    assert len(chain) > 5


def test_robots_txt_is_asked_before_anything_but_the_host(resolved):
    names = [one.__name__ for one in components(resolved, "DOWNLOADER_MIDDLEWARES")]
    assert names[:2] == ["OffsiteMiddleware", "Robots"]
    assert resolved.getbool("ROBOTSTXT_OBEY")


def test_every_component_that_is_named_can_be_loaded(resolved):
    for name in ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "EXTENSIONS"):
        assert components(resolved, name)
    for handler in filter(None, resolved["DOWNLOAD_HANDLERS"].values()):
        load_object(handler)
    load_object(resolved["TWISTED_DNS_RESOLVER"])
    load_object(resolved["DUPEFILTER_CLASS"])


def test_no_door_is_open_while_a_crawl_runs(resolved):
    """Neither a console on a port nor a scheme that reads this machine's files."""
    names = {one.__name__ for one in components(resolved, "EXTENSIONS")}
    assert "CrawlExtension" in names
    assert not {"TelnetConsole", "RemoteControl"} & names
    schemes = resolved.getwithbase("DOWNLOAD_HANDLERS")
    assert {name for name, handler in schemes.items() if handler} == {"http", "https"}


def test_every_spider_is_found_by_scrapy(resolved):
    assert set(SpiderLoader.from_settings(resolved).list()) == {
        "recent", "backfill", "wayback", "commoncrawl",
    }  # fmt: skip


def test_a_run_ends_before_the_next_night_begins(resolved):
    assert resolved.getfloat("CLOSESPIDER_TIMEOUT") < 24 * 3600
    longest = resolved.getfloat("KHOBAO_RETRY_PAUSE") * 2 ** resolved.getint("RETRY_TIMES")
    assert longest <= resolved.getfloat("KHOBAO_RETRY_PAUSE_MAX")


def test_the_site_is_visited_as_one_server_one_page_at_a_time(resolved):
    assert resolved.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 1
    assert resolved.getfloat("DOWNLOAD_DELAY") >= 1
    assert not resolved.getbool("COOKIES_ENABLED")
    assert "khobao" in resolved["USER_AGENT"]
