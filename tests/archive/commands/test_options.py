"""What several commands share: which archive they read, and how a query is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.cli import khobao
from archive.commands.options import asked, opened, warn_of_loose_words
from archive.errors import NoArchive, NotFound
from archive.search.parser import parse


def articles(*arguments: str, **environment: str) -> str:
    done = CliRunner().invoke(khobao, [*arguments], env=environment, catch_exceptions=False)
    return done.output.partition("\n")[0]


def test_the_archive_is_named_after_the_command_or_before_it_or_in_the_environment(
    scene, tmp_path, monkeypatch
):
    elsewhere = str(tmp_path / "none")
    after = articles("status", "-a", str(scene), KHOBAO_ARCHIVE=elsewhere)
    assert after == str(scene)
    assert articles("-a", str(scene), "status", KHOBAO_ARCHIVE=elsewhere) == str(scene)
    assert articles("-a", elsewhere, "status", "-a", str(scene)) == str(scene)
    assert articles("status", KHOBAO_ARCHIVE=str(scene)) == str(scene)
    monkeypatch.chdir(tmp_path)
    Path("dongthap").symlink_to(scene)
    assert articles("status", KHOBAO_ARCHIVE="") == "dongthap"


def test_options_are_the_same_as_filters_in_the_query():
    options = {"since": "2018", "sections": ("kinh-te",), "authors": ("Mỹ Lý",)}
    assert (
        asked(("lúa", "gạo"), options).filters
        == parse('lúa gạo section:kinh-te author:"Mỹ Lý"').filters
    )
    assert asked(("lúa",), options).since == "2018-01-01"


def test_an_archive_is_opened_for_reading_only(scene):
    with opened(scene) as archive, pytest.raises(Exception, match="readonly"):
        archive.connection.execute("DELETE FROM articles")
    with pytest.raises(NoArchive), opened(scene / "none"):
        pass


def test_an_unknown_article_leads_to_the_search(scene):
    with pytest.raises(NotFound, match="look for it with khobao search"), opened(scene) as archive:
        archive.article("dto:0")


def test_words_that_stand_apart_are_warned_of(scene, capsys):
    with opened(scene) as archive:
        warn_of_loose_words(archive.connection, parse("vận dân"))
        assert capsys.readouterr().err == (
            "Note: 2 have all the words of vận dân, 0 of them together;"
            " for these only: '\"vận dân\"'\n"
        )
        warn_of_loose_words(archive.connection, parse('"dân vận"'))
        assert capsys.readouterr().err == ""
