"""Scrapy settings of khobao.

Flat and without I/O, so that ``scrapy list`` and ``scrapy crawl recent`` work as they always do.
The command line sets a few of them per run (``--delay``, ``--base-url`` …).
"""

from dataclasses import fields
from importlib.metadata import version

from archive.frontier import LADDER
from archive.models import Article

BOT_NAME = "khobao"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"

# --- who we are -----------------------------------------------------------------------------------
# An honest name with a way to reach the operator; set KHOBAO_CONTACT (mail or page) before a crawl
# of the live site: it is what the newsroom's administrator sees in the log.
KHOBAO_CONTACT = ""
USER_AGENT = f"khobao/{version('khobao')} (newspaper archive)"
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "khobao"
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Language": "vi,en;q=0.5",
}
COOKIES_ENABLED = False
# Where a link was found is nobody's concern. (Without the middleware Scrapy warns at every start.)
REFERRER_POLICY = "no-referrer"

# --- where the archive is -------------------------------------------------------------------------
KHOBAO_ARCHIVE = "dongthap"
# Read the lists of these sections only (slugs); empty: all.
KHOBAO_SECTIONS: list[str] = []
# Fetch every address of the site's hosts from this mirror instead; records keep the site's own.
KHOBAO_BASE_URL = ""
# The newspaper: the name of a paper that khobao knows, or the path of a definition file.
KHOBAO_PAPER = "dongthap"
# The command and its arguments, for the `crawls` row.
KHOBAO_COMMAND = ""
KHOBAO_ARGUMENTS: dict[str, object] = {}

# --- pace -----------------------------------------------------------------------------------------
# One request at a time with a pause. All hosts of the site share one download slot, for they are
# one server.
SLOT = "site"
CONCURRENT_REQUESTS = 4
CONCURRENT_REQUESTS_PER_DOMAIN = 1
# Scrapy 2.19 starts this many tasks for every response (default 100), though a page gives one item:
# 2 ms of the 6 that a page cost the reactor (benchmarks/crawl.py, November 2026).
CONCURRENT_ITEMS = 1
DOWNLOAD_DELAY = 2.0
# Scrapy would wait between half of the delay and one and a half; `Politeness` keeps all of it.
DOWNLOAD_DELAY_JITTER = 0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 2.0
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
DOWNLOAD_TIMEOUT = 60
RETRY_TIMES = 2
# Failed requests are repeated before all others, so that a site which only fails is known
# for it after a few addresses, and not after one request for each.
RETRY_PRIORITY_ADJUST = 100
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the frontier and the summary tell it
# The pause before a retry, doubled each time; longer if a Retry-After header asks for it. If that
# asks for more than the longest pause, the run ends.
KHOBAO_RETRY_PAUSE = 5.0
KHOBAO_RETRY_PAUSE_MAX = 120.0

# --- bounds ---------------------------------------------------------------------------------------
# The largest pages of the paper are below 1 MB; a body of ten times that is not a page.
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 4 * 1024 * 1024
# A body shorter than announced is captured as it came, then retried (middlewares.Retry).
DOWNLOAD_FAIL_ON_DATALOSS = False
# A page from a server that cannot prove who it is is no evidence. The configuration may allow it
# (a sister paper's chain was incomplete); the WARC's first record then says so.
DOWNLOAD_VERIFY_CERTIFICATES = True
# The longest run: it ends before the next night's, and no endless list keeps it longer. The whole
# paper has fewer pages. Scrapy closes the spider; the next run goes on from there.
CLOSESPIDER_TIMEOUT = 20 * 3600.0
CLOSESPIDER_PAGECOUNT = 200_000
METAREFRESH_ENABLED = False  # the page itself is the capture
# Scrapy parses the source of a callback for every response to warn of a mistake in it: 1 ms a page.
WARN_ON_GENERATOR_RETURN_VALUE = False
URLLENGTH_LIMIT = 2083
# The site's own hosts may not resolve to a private address: no way into the operator's network.
TWISTED_DNS_RESOLVER = "crawler.http.downloader.PublicResolver"
DOWNLOAD_HANDLERS = {
    "http": "crawler.http.downloader.SiteDownloadHandler",
    "https": "crawler.http.downloader.SiteDownloadHandler",
    "file": None,
    "ftp": None,
    "s3": None,
    "data": None,
}

# --- re-checks: when a known article is fetched again ---------------------------------------------
KHOBAO_LADDER = LADDER

# --- health ---------------------------------------------------------------------------------------
# The share of a night's articles that must state a field; a redesign shows here first. About 80 %
# of a healthy night. Title is not among them: a page without one is not an article. Photo stories
# and videos have less by nature.
KHOBAO_FLOORS = {"updated_at": 0.90, "body": 0.90, "lead": 0.60, "byline": 0.40}

# --- middlewares and extensions -------------------------------------------------------------------
# Capture sits below everything that alters a response: 950 sees each redirect hop and the body
# still compressed (Redirect is 600, HttpCompression 590; process_response runs from high to low).
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.http.robots.Robots": 100,
    "crawler.http.middlewares.Unpack": 590,
    "crawler.http.middlewares.Retry": 550,
    "crawler.http.middlewares.Capture": 950,
}
# Every status reaches our callbacks, and nothing asks how deep a page lies or copies a request's
# meta. Each layer that a page passes costs it 0.05 ms of CPU.
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
EXTENSIONS = {
    "crawler.run.extension.CrawlExtension": 100,
    "crawler.http.robots.CrawlDelay": 200,
    "crawler.run.progress.Progress": 500,
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
}
# The spiders ask for no address twice, whatever its spelling; Scrapy need not compare again.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
FEED_EXPORT_ENCODING = "utf-8"
FEED_EXPORT_FIELDS = [field.name for field in fields(Article)]

# --- logs -----------------------------------------------------------------------------------------
LOG_LEVEL = "WARNING"
LOGSTATS_INTERVAL = 0
TELNETCONSOLE_ENABLED = False
STATS_DUMP = False
DOWNLOADER_STATS = False  # the archive counts pages and bytes itself
