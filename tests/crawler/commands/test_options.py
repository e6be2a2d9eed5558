"""Options that commands share: an option goes before the configuration, and that before defaults."""

import json
from collections import Counter

import pytest

from archive.alarms import Changes
from archive.errors import UsageError
from crawler import settings
from crawler.commands.options import note_unknown_section, polite_settings, print_run
from crawler.config import FILE
from crawler.run.run import Run
from crawler.site.paper import DONGTHAP

NONE = {
    "config": None,
    "base_url": None,
    "delay": None,
    "timeout": None,
    "contact": None,
    "log_level": "WARNING",
}


@pytest.fixture
def configured(tmp_path):
    (tmp_path / FILE).write_text(
        '[crawl]\ndelay = 4.0\ntimeout = 30.0\ncontact = "https://example.org/we"\nmax_hours = 2\n',
        encoding="utf-8",
    )
    return tmp_path


def test_an_option_goes_before_the_configuration(configured):
    stated = polite_settings(configured, **NONE)
    assert (stated["DOWNLOAD_DELAY"], stated["DOWNLOAD_TIMEOUT"]) == (4, 30)
    assert stated["CLOSESPIDER_TIMEOUT"] == 7200
    given = polite_settings(configured, **NONE | {"delay": 9.0, "timeout": 5.0})
    assert (given["DOWNLOAD_DELAY"], given["DOWNLOAD_TIMEOUT"]) == (9, 5)


def test_autothrottle_begins_at_the_delay_and_rests_without_one(configured):
    stated = polite_settings(configured, **NONE)
    assert stated["AUTOTHROTTLE_START_DELAY"] == 4
    assert stated["AUTOTHROTTLE_ENABLED"] is True
    # Zero is a delay that was given: the configuration's does not come back.
    none = polite_settings(configured, **NONE | {"delay": 0.0})
    assert (none["DOWNLOAD_DELAY"], none["AUTOTHROTTLE_ENABLED"]) == (0, False)


def test_who_hurries_retries_sooner_and_who_does_not_no_later(configured):
    def pause(delay):
        return polite_settings(configured, **NONE | {"delay": delay})["KHOBAO_RETRY_PAUSE"]

    assert pause(0.0) == 0.05
    assert pause(1.0) == 2.5
    assert pause(60.0) == settings.KHOBAO_RETRY_PAUSE


def test_a_contact_is_in_the_user_agent_and_without_one_a_note_says_how(
    tmp_path, configured, capsys
):
    stated = polite_settings(configured, **NONE)
    assert "+https://example.org/we" in stated["USER_AGENT"]
    assert capsys.readouterr().err == ""
    anonymous = polite_settings(tmp_path / "other", **NONE)
    assert "USER_AGENT" not in anonymous
    assert "--contact" in capsys.readouterr().err
    # On a mirror of one's own nobody need be told.
    polite_settings(tmp_path / "other", **NONE | {"base_url": "http://127.0.0.1:8000"})
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "ftp://127.0.0.1", "file:///tmp"])
def test_a_mirror_is_an_address_of_the_web(tmp_path, url):
    with pytest.raises(UsageError, match="must begin with http"):
        polite_settings(tmp_path, **NONE | {"base_url": url})


def test_a_section_that_no_list_has_is_noted_with_the_nearest(capsys):
    note_unknown_section("xa-hoii", DONGTHAP)
    said = capsys.readouterr().err
    assert "Did you mean xa-hoi" in said
    assert "kinh-te" in said
    note_unknown_section("xa-hoi", DONGTHAP)
    note_unknown_section(None, DONGTHAP)
    assert capsys.readouterr().err == ""


def test_after_a_bad_run_the_next_step_is_named_and_json_is_one_line(tmp_path, capsys):
    bad = Run(7, 3, "the site does not answer", Counter(fetched=3), 1.5, Changes())
    print_run(bad, tmp_path, "table")
    assert f"Next: khobao run 7 -a {tmp_path}" in capsys.readouterr().out
    print_run(Run(8, 0, "done", Counter(fetched=3), 1.5, Changes()), tmp_path, "table")
    assert "Next:" not in capsys.readouterr().out
    print_run(bad, tmp_path, "json")
    printed = capsys.readouterr().out
    assert printed.count("\n") == 1
    assert json.loads(printed)["exit_code"] == 3
