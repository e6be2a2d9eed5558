"""Every kind of site, crawled by real processes: no false "gone", no false revision, a true code."""

import fcntl
import os

import pytest

from tests.nights.kinds import kinds, within
from tests.nights.nights import Nights

KINDS = kinds()


@pytest.fixture(scope="session")
def nights(tmp_path_factory):
    """The nights of one test process; the good past is made once for all of them."""
    own = tmp_path_factory.mktemp("operator")
    shared = (
        own if "PYTEST_XDIST_WORKER" not in os.environ else tmp_path_factory.getbasetemp().parent
    )
    past = shared / "good-past" / "archive"
    past.parent.mkdir(exist_ok=True)
    with Nights(past, own) as nights, (past.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (past.parent / "made").exists():
            nights.prepare()
            (past.parent / "made").touch()
        fcntl.flock(lock, fcntl.LOCK_UN)
        yield nights


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_a_night(nights, kind):
    played = nights.play(kind)
    expected = {
        name: getattr(kind, name) for name in ("code", "new", "gone", "revised", "then", "missing")
    }
    unlike = {
        name: f"{getattr(played, name)}, expected {value}"
        for name, value in expected.items()
        if not within(getattr(played, name), value)
    }
    if kind.says not in played.says:
        unlike["says"] = f"expected {kind.says!r}"
    if not within(played.requests, kind.requests):
        unlike["requests"] = f"{played.requests}, expected {kind.requests}"
    assert unlike == {}, f"it ended with {played.code}: {played.says}\n{played.stderr}"


def test_there_are_enough_kinds_and_each_has_a_name():
    names = [kind.name for kind in KINDS]
    assert len(set(names)) == len(names) >= 60
