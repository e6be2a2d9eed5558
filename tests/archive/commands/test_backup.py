"""`khobao backup` and `khobao restore`, as the operator types them."""

import json

from click.testing import CliRunner

from archive.cli import khobao


def run(*arguments):
    return CliRunner().invoke(khobao, [str(argument) for argument in arguments])


def test_an_archive_goes_to_a_backup_and_back(made_demo, tmp_path):
    saved = run("backup", tmp_path / "copy", "-a", made_demo)
    assert saved.exit_code == 0, saved.output
    assert "khobao restore" in saved.output
    back = run("restore", tmp_path / "copy", tmp_path / "again")
    assert "khobao verify --sample 500" in " ".join(back.output.split())
    ask = ("search", "hạn mặn", "--format", "json", "-a")
    assert run(*ask, tmp_path / "again").output == run(*ask, made_demo).output


def test_the_next_backup_says_how_little_was_new(made_demo, tmp_path):
    for new in (True, False):
        done = run("backup", tmp_path / "copy", "-a", made_demo / "archive.db", "--format", "json")
        assert (json.loads(done.output)["new"] > 0) is new


def test_a_folder_with_other_files_is_an_error(made_demo, tmp_path):
    (tmp_path / "letter.txt").write_text("Kính gửi")
    refused = run("backup", tmp_path, "-a", made_demo)
    assert (refused.exit_code, "not empty" in refused.output) == (2, True)
