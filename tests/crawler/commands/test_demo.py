"""The command ``khobao demo``: where it works, and how it refuses (`test_demo.py` of the demo runs it)."""

from click.testing import CliRunner

from archive.cli import khobao


def test_without_a_name_the_folder_is_demo_and_what_is_in_it_stays(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "thesis.txt").write_text("mine", encoding="utf-8")
    done = CliRunner().invoke(khobao, ["demo"])
    assert done.exit_code == 2
    assert "demo is not empty and was not made by khobao demo" in done.stderr
    assert "khobao demo FOLDER" in done.stderr
    assert [path.name for path in (tmp_path / "demo").iterdir()] == ["thesis.txt"]


def test_a_folder_with_spaces_and_marks_is_one_argument(tmp_path):
    mine = tmp_path / "thử kho"
    mine.write_text("mine", encoding="utf-8")
    done = CliRunner().invoke(khobao, ["demo", str(mine)])
    assert done.exit_code == 2
    assert "thử kho is a file" in done.stderr
    assert mine.read_text(encoding="utf-8") == "mine"


def test_a_demo_reads_no_archive(tmp_path):
    done = CliRunner().invoke(khobao, ["-a", str(tmp_path), "demo", str(tmp_path / "x")])
    assert done.exit_code == 2
    assert "khobao demo reads no archive" in done.stderr
    assert not (tmp_path / "x").exists()
