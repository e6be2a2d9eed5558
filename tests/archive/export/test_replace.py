"""An export replaces only what khobao wrote."""

from __future__ import annotations

import os
import sys

import pytest

from archive.errors import UsageError
from archive.export import COLUMNS, export, export_package
from archive.export.export import export_citations
from archive.export.package import Provenance

#: The module: in its package the function has the same name.
WRITING = sys.modules["archive.export.export"]


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet"])
def test_a_failure_leaves_no_file(full, tmp_path, monkeypatch, name):
    rows = iter([("x",) * len(COLUMNS)])

    def fails(*_):
        yield next(rows)
        raise OSError("No space left on device")

    monkeypatch.setattr(WRITING, "flat_rows", fails)
    with pytest.raises(OSError, match="No space"):
        export(full.connection, tmp_path / name)
    assert list(tmp_path.iterdir()) == [full.folder]


ASKED = Provenance('đoạn "hai"', "đoạn and “hai”")


def test_a_package_with_anything_else_in_it_or_changed_by_hand_is_not_replaced(full, package):
    with pytest.raises(UsageError, match="exists already"):
        export_package(full.connection, package, "", ASKED)
    mine = package / "notes.csv"
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"notes\.csv, which is not of its data package"):
        export_package(full.connection, package, "", ASKED, force=True)
    mine.unlink()
    readme = package / "README.md"
    readme.write_text(readme.read_text(encoding="utf-8") + "my remarks", encoding="utf-8")
    with pytest.raises(UsageError, match=r"README\.md, which was changed"):
        export_package(full.connection, package, "", ASKED, force=True)
    assert readme.read_text(encoding="utf-8").endswith("my remarks")
    assert [path.name for path in package.parent.iterdir() if path.name.startswith(".")] == []


def test_force_replaces_what_khobao_wrote_and_nothing_else(full, tmp_path):
    for name in ("a.csv", "a.excel.csv", "a.jsonl", "a.parquet"):
        out = tmp_path / name
        export(full.connection, out, excel="excel" in name)
        before = out.read_bytes()
        with pytest.raises(UsageError, match="exists already"):
            export(full.connection, out, excel="excel" in name)
        export(full.connection, out, excel="excel" in name, force=True)
        assert out.read_bytes() == before
        out.write_bytes(b"my,own\r\n1,2\r\n")
        with pytest.raises(UsageError, match="does not look like something that khobao wrote"):
            export(full.connection, out, excel="excel" in name, force=True)
        assert out.read_bytes() == b"my,own\r\n1,2\r\n"
    for name, style in (
        ("a.bib", "bibtex"),
        ("a.ris", "ris"),
        ("a.json", "csl-json"),
        ("a", "ris"),
    ):
        out = tmp_path / name
        export_citations(full.connection, out, "", style)
        with pytest.raises(UsageError, match="exists already"):
            export_citations(full.connection, out, "", style)
        export_citations(full.connection, out, "", style, force=True)
        out.write_text("@book{mine,\n}\n", encoding="utf-8")
        with pytest.raises(UsageError, match="does not look like"):
            export_citations(full.connection, out, "", style, force=True)


def test_an_export_goes_to_a_file_and_never_through_a_link_or_into_a_device(full, tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "a.csv").symlink_to(tmp_path / "mine.txt")
    (tmp_path / "dangling.csv").symlink_to(tmp_path / "nowhere")
    (tmp_path / ".b.csv.part").symlink_to(tmp_path / "mine.txt")
    os.mkfifo(tmp_path / "pipe.csv")
    for name in ("a.csv", "dangling.csv", "pipe.csv"):
        with pytest.raises(UsageError):
            export(full.connection, tmp_path / name)
    export(full.connection, tmp_path / "b.csv")
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "nowhere").exists()
