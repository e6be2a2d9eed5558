"""When a request may be sent, when only one page is in trouble, and when the run must end."""

import asyncio
import time

import pytest
from scrapy.http import Response
from twisted.internet.error import ConnectionRefusedError as Refused
from twisted.python.failure import Failure
from twisted.web._newclient import ResponseNeverReceived

from crawler.http.politeness import Politeness, RunEnded, asked_to_wait, no_answer


def never():
    return False


def waited(politeness):
    began = time.monotonic()
    asyncio.run(politeness.turn())
    return time.monotonic() - began


def test_without_a_pause_a_request_goes_out_at_once():
    assert waited(Politeness(never)) < 0.2


def test_a_pause_holds_every_request_and_a_shorter_one_does_not_end_it():
    politeness = Politeness(never)
    politeness.leave_alone(0.6)
    politeness.leave_alone(0.1)
    assert waited(politeness) >= 0.55


def test_when_the_run_ends_nothing_waits_and_nothing_is_sent():
    over = []
    politeness = Politeness(lambda: bool(over))
    politeness.leave_alone(60)

    async def ended_meanwhile():
        turn = asyncio.ensure_future(politeness.turn())
        await asyncio.sleep(0.05)
        over.append(True)
        await turn

    began = time.monotonic()
    with pytest.raises(RunEnded):
        asyncio.run(ended_meanwhile())
    assert time.monotonic() - began < 30


def test_three_addresses_in_a_row_are_the_sites_trouble():
    politeness = Politeness(never)
    states = []
    for _ in range(3):
        politeness.trouble("status 500")
        states.append(politeness.doubtful)
    assert states == [False, False, True]
    politeness.well()
    assert not politeness.doubtful


def test_ten_addresses_in_a_row_end_the_run():
    politeness = Politeness(never)
    assert [politeness.trouble("status 500") for _ in range(9)] == [None] * 9
    assert "10 addresses in a row (the last: status 503)" in politeness.trouble("status 503")


def test_a_page_that_is_delivered_begins_the_count_anew():
    politeness = Politeness(never)
    for _ in range(9):
        politeness.trouble("status 500")
    politeness.well()
    assert politeness.trouble("status 500") is None


def test_the_reason_of_no_answer_is_the_innermost():
    refused = Refused("connection refused")
    wrapped = ResponseNeverReceived([Failure(Exception("first")), Failure(refused)])
    outer = OSError("no response")
    outer.__cause__ = wrapped
    assert no_answer(wrapped) == no_answer(outer) == str(refused)
    assert no_answer(TimeoutError()) == "TimeoutError"


@pytest.mark.parametrize(("value", "seconds"), [("30", 30), (None, None), ("soon", None)])
def test_what_a_response_asks_for(value, seconds):
    headers = {"Retry-After": value} if value else {}
    assert asked_to_wait(Response("https://baodongthap.vn/", headers=headers)) == seconds
