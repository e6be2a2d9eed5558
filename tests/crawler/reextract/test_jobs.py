"""Work that several processes share: all of it is done, once, and told in order."""

import logging
from operator import itemgetter

import pytest

from crawler.reextract.jobs import Jobs

TASKS = [(number, -number) for number in range(40)]


def test_what_comes_of_each_task_is_told_in_order():
    here = []

    def work(task):
        here.append(task)
        return task[1]

    with Jobs(3, work, "operator:itemgetter", 1) as jobs:
        assert list(jobs.map(TASKS)) == [-number for number in range(40)]
    assert 0 < len(here) < 40, "this process and the others have both worked"


def test_one_process_is_this_one():
    with Jobs(1, itemgetter(1), "no:such") as jobs:
        assert list(jobs.map(TASKS)) == [-number for number in range(40)]


def test_what_fails_in_another_process_fails_here():
    with (
        Jobs(2, lambda task: None, "operator:itemgetter", 2) as jobs,
        pytest.raises(IndexError, match="tuple index out of range"),
    ):
        list(jobs.map(TASKS))


def test_a_process_that_dies_leaves_its_tasks_to_this_one(caplog):
    with (
        caplog.at_level(logging.WARNING),
        Jobs(2, itemgetter(1), "os:_exit", 3) as jobs,
    ):
        assert list(jobs.map(TASKS)) == [-number for number in range(40)]
    assert "a process beside this one ended with 3" in caplog.text
