"""The configuration file: what holds, where it comes from, and what a wrong key is told."""

from datetime import timedelta

import pytest

from archive.errors import UsageError
from archive.frontier import LADDER
from crawler import config


@pytest.fixture
def stated(tmp_path):
    """Writes the file; returns the archive's folder."""

    def write(text):
        (tmp_path / config.FILE).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_without_a_file_the_defaults_hold(tmp_path):
    held = config.load(tmp_path)
    assert (held.crawl.delay, held.recheck.ladder) == (2.0, LADDER)
    assert {one.source for one in config.settings(tmp_path)} == {"default"}


def test_the_template_is_a_file_of_defaults(stated):
    """Also with every key uncommented."""
    lines = config.template().splitlines()
    keys = [line.removeprefix("# ") if " = " in line else line for line in lines]
    folder = stated("\n".join(keys))
    assert config.load(folder) == config.Config()
    assert len(config.settings(folder)) == sum(
        one.source != "default" for one in config.settings(folder)
    )


def test_the_environment_comes_before_the_file(stated, monkeypatch):
    folder = stated('[crawl]\ndelay = 5\ncontact = "a@example.org"\nsections = ["xa-hoi"]')
    monkeypatch.setenv("KHOBAO_CONTACT", "b@example.org")
    monkeypatch.setenv("KHOBAO_CRAWL_SECTIONS", "kinh-te, van-hoa")
    held = config.load(folder).crawl
    assert (held.delay, held.contact, held.sections) == (5, "b@example.org", ("kinh-te", "van-hoa"))
    sources = {one.name: one.source for one in config.settings(folder)}
    assert sources["crawl.contact"] == "$KHOBAO_CONTACT"
    assert sources["crawl.delay"] == str(folder / config.FILE)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[crawl]\ndeley = 3", "did you mean crawl.delay"),
        ("delay = 3", "its place is crawl.delay"),
        ("[notfy]\nto = []", "did you mean notify"),
        ("[crawl]\nzzz = 1", "known are"),
        ('[crawl]\ndelay = "slow"', "found 'slow'"),
        ("[crawl]\ndelay = -1", "greater than or equal to 0"),
        ("[floors]\nbody = 1.5", "less than or equal to 1"),
        ('[crawl]\nsections = "xa-hoi"', "found 'xa-hoi'"),
        ('[recheck]\nladder = [["3 hrs", "1 day"]]', "3 hours"),
        ('[recheck]\nladder = [["3 hours", "1 day"]]', "ever"),
        (
            '[recheck]\nladder = [["9 days", "1 day"], ["1 day", "1 day"], ["ever", "9 days"]]',
            "rise",
        ),
        ("[crawl\ndelay = 3", "not valid TOML"),
    ],
)
def test_a_wrong_key_or_value_is_named_with_the_right_one(stated, text, said):
    folder = stated(text)
    with pytest.raises(UsageError, match=said) as raised:
        config.load(folder)
    assert str(folder / config.FILE) in str(raised.value)


def test_a_wrong_environment_variable_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("KHOBAO_CRAWL_DELAY", "soon")
    with pytest.raises(UsageError, match=r"\$KHOBAO_CRAWL_DELAY: crawl.delay"):
        config.load(tmp_path)


def test_another_file_must_exist(tmp_path):
    with pytest.raises(UsageError, match="there is no configuration"):
        config.load(tmp_path, tmp_path / "other.toml")


def test_spans_are_written_as_people_say_them(stated):
    folder = stated('[recheck]\nladder = [["90 minutes", "0.5 hours"], ["ever", "2 days"]]')
    assert config.load(folder).recheck.ladder == (
        (timedelta(minutes=90), timedelta(minutes=30)),
        (timedelta.max, timedelta(days=2)),
    )
    [shown] = [one for one in config.settings(folder) if one.name == "recheck.ladder"]
    assert shown.value == [["1.5 hours", "30 minutes"], ["ever", "2 days"]]
