"""The options of the commands that fetch: days and sections as people write them."""

import pytest
from click.testing import CliRunner

from archive.cli import khobao
from archive.errors import UsageError


@pytest.mark.parametrize("command", ["crawl", "backfill", "reextract"])
def test_a_day_is_said_as_everywhere_else(tmp_path, command):
    options = ["--from", "wayback"] if command == "backfill" else []
    given = [command, *options, "-a", str(tmp_path / "none"), "--since", "hôm qua"]
    done = CliRunner().invoke(khobao, given)
    assert done.exit_code == 2
    assert "write 2018, 03/2018, 3/1/2018 or 2018-01-03" in done.output


@pytest.mark.parametrize(
    ("typed", "first"),
    [("2018", "2018-01-01"), ("2018-05", "2018-05-01"), ("3/1/2018", "2018-01-03")],
)
def test_a_crawl_takes_every_form_of_a_date(tmp_path, monkeypatch, typed, first):
    asked = {}

    class Stop(Exception):
        pass

    def run_spider(*_, arguments, **__):
        asked.update(arguments)
        raise Stop

    monkeypatch.setattr("crawler.run.run.run_spider", run_spider)
    done = CliRunner().invoke(khobao, ["crawl", "-a", str(tmp_path), "--create", "--since", typed])
    assert isinstance(done.exception, Stop)
    assert asked["since"] == first


@pytest.mark.parametrize("command", ["crawl", "backfill"])
def test_a_section_that_no_list_has_is_said_with_those_that_have_one(
    tmp_path, monkeypatch, command
):
    def run_spider(*_, **__):
        raise UsageError("stop")

    monkeypatch.setattr("crawler.run.run.run_spider", run_spider)
    given = [command, "-a", str(tmp_path), "--base-url", "http://127.0.0.1:9", "--section"]
    done = CliRunner().invoke(khobao, [*given, "kinhte"])
    assert "Did you mean kinh-te? Known are chinh-tri, " in done.stderr
    assert "Note" not in CliRunner().invoke(khobao, [*given, "xa-hoi"]).stderr
