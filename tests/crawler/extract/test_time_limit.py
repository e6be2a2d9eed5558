import signal
import threading
import time

import pytest

from archive.models import Capture
from archive.warc.exchange import StoredResponse
from crawler.extract.time_limit import TookTooLong, limited
from crawler.ingest.classify import classify

URL = "https://baodongthap.vn/xa-hoi/ben-pha-moi-tren-song-tien-90001.aspx"


def spin(seconds):
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def test_what_takes_too_long_is_ended():
    started = time.process_time()
    with pytest.raises(TookTooLong, match=r"more than 0\.2 s of CPU time"), limited(0.2):
        spin(5)
    assert time.process_time() - started < 2


def test_nothing_is_left_behind():
    before = signal.getsignal(signal.SIGVTALRM)
    with limited(0.2):
        spin(0.05)
    assert signal.getsignal(signal.SIGVTALRM) is before
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)
    spin(0.4)


def test_other_threads_have_no_limit():
    ended = []

    def work():
        with limited(0.05):
            spin(0.2)
        ended.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ended == [True]


def test_a_page_that_takes_too_long_is_a_failed_capture(monkeypatch):
    """The extraction is slow here because it is told to be; the timer, the signal are the real."""
    monkeypatch.setattr("crawler.ingest.classify.read_page", lambda page: spin(60))
    monkeypatch.setattr("crawler.ingest.classify.LONGEST", 0.2)
    body = "<html><body><h1>Bến phà mới trên sông Tiền</h1></body></html>".encode()
    at = "2026-11-30T20:00:00.000Z"
    stored = StoredResponse(
        URL, at, 200, [(b"Content-Type", b"text/html; charset=utf-8")], body, body
    )
    capture = Capture(URL, at, 200, "captures/2026/x.warc.gz", 0, 1, "x")
    outcome = classify(capture, stored)
    assert outcome.kind == "failed"
    assert "took more than 0.2 s" in (outcome.why or "")
