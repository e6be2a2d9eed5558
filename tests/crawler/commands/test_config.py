"""`khobao init` and `khobao config`, as a new operator uses them."""

import json

from click.testing import CliRunner

from archive.archive import Archive
from archive.cli import khobao


def run(*arguments):
    return CliRunner().invoke(khobao, [str(argument) for argument in arguments])


def test_init_begins_an_archive_and_says_what_comes_next(tmp_path):
    folder = tmp_path / "dongthap"
    done = run("init", folder, "--contact", 'me "and" you@example.org')
    assert done.exit_code == 0, done.output
    assert [f"khobao {step} -a" in done.output for step in ("crawl", "schedule")] == [True, True]
    with Archive.open(folder, read_only=True):
        pass
    assert (folder / "khobao.toml").stat().st_mode & 0o777 == 0o600
    held = json.loads(run("config", "-a", folder, "--format", "json").output)
    assert held["crawl.contact"]["value"] == 'me "and" you@example.org'


def test_init_leaves_an_archive_alone(tmp_path):
    run("init", tmp_path / "dongthap")
    again = run("init", tmp_path / "dongthap")
    assert (again.exit_code, "already" in again.output) == (2, True)


def test_config_shows_where_a_value_comes_from(tmp_path):
    folder = tmp_path / "dongthap"
    run("init", folder)
    (folder / "khobao.toml").write_text("[crawl]\ndelay = 7\n")
    shown = run("config", "-a", folder).output
    assert [line.split()[1] for line in shown.splitlines() if "crawl.delay" in line] == ["7.0"]
    (folder / "khobao.toml").write_text("[crawl]\ndeley = 7\n")
    assert "did you mean crawl.delay" in run("config", "-a", folder).output


def test_a_crawl_begins_no_archive_by_mistake(tmp_path):
    """A disk that is not mounted must not cost a night, and be found full of new articles later."""
    refused = run("crawl", "-a", tmp_path / "dongthap")
    assert refused.exit_code == 2
    assert "khobao init" in refused.output
    assert not (tmp_path / "dongthap").exists()


def test_a_crawl_checks_the_configuration_first(tmp_path):
    run("init", tmp_path / "dongthap")
    (tmp_path / "dongthap" / "khobao.toml").write_text("[crawl]\ndeley = 7\n")
    refused = run("crawl", "-a", tmp_path / "dongthap")
    assert (refused.exit_code, "did you mean crawl.delay" in refused.output) == (2, True)
