"""What was observed of an article: every capture at every address of its keys, in order."""

from __future__ import annotations

from archive.archive import Alias, Archive
from archive.history.observations import load_observations
from tests.archive.pages import NIGHT, article, capture, save


def test_observations_come_in_the_order_of_time(archive: Archive) -> None:
    url = article().url or ""
    save(archive, article(title="Tựa mới"), 20)
    save(archive, article(), 10)
    archive.seen_again(url, capture(30, url, status=304), crawl_id=None)
    archive.mark_gone(url, "404", capture(30 + NIGHT, url, status=404), crawl_id=None)
    found = load_observations(archive.connection, ["dto:84085"])
    assert [seen.kind for seen in found.observations] == [
        "article", "article", "unchanged", "gone",
    ]  # fmt: skip
    assert [seen.page.title for seen in found.observations if seen.page] == [
        article().title, "Tựa mới",
    ]  # fmt: skip
    assert found.observations[-1].how == "404"


def test_captures_that_do_not_count_are_set_aside(archive: Archive) -> None:
    save(archive, article(), 10)
    saved = save(archive, article(title="Tựa mới"), 20)
    with archive.transaction() as connection:
        connection.execute("UPDATE captures SET doubt = 'held' WHERE id = 2")
        found = load_observations(connection, ["dto:84085"])
    assert saved.status == "revised"
    assert [seen.capture_id for seen in found.observations] == [1]
    assert found.set_aside == {2: "held"}
    assert set(found.statement_of) == {1, 2}


def test_the_addresses_are_those_of_the_keys_and_no_others(archive: Archive) -> None:
    save(archive, article(), 1)
    save(archive, article("dto:2", title="Bài khác", body="Sen nở. " * 20), 2)
    old = Alias("https://baodongthap.vn/van-hoa/cu-84085.aspx", "dto:84085", "A", "van-hoa")
    target = article().url or ""
    archive.redirected(old, target, capture(3, old.url, status=301), crawl_id=None)
    found = load_observations(archive.connection, ["dto:84085"])
    assert set(found.aliases) == {target, old.url}
    assert found.aliases[target].section_slug == "xa-hoi"  # as its page states it
    assert found.redirected == {old.url: (capture(3).fetched_at, capture(3).fetched_at)}
