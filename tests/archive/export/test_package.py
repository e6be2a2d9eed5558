"""A data package describes itself, and its parts belong together."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys

import pytest

from archive.errors import UsageError
from archive.export import export_package
from archive.export.package import Provenance

HOSTILE = [
    '=1+1', '=HYPERLINK("http://x","y")', "+84 277", "-5 độ", "@SUM(A1)", "\tTab", "\rCR",
    'Nói "có", rồi thôi', "Dòng một\nDòng hai", "a,b;c", "'=1", "<script>alert(1)</script>", "…",
    "Đồng Tháp – hoà/hòa ơ ư ằ",
]  # fmt: skip


def read(path, encoding="utf-8"):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


ASKED = Provenance('đoạn "hai"', "đoạn and “hai”")


def test_a_package_describes_every_column_of_every_table(package):
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    names = [resource["name"] for resource in descriptor["resources"]]
    assert names == ["articles", "images", "authors", "sections", "revisions", "coverage"]
    for resource in descriptor["resources"]:
        file = package / resource["path"]
        header, *rows = read(file)
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        assert all(field["description"] for field in resource["schema"]["fields"])
        assert resource["rows"] == len(rows)
        assert resource["bytes"] == file.stat().st_size
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        assert resource["hash"] == f"sha256:{digest}"
        key = resource["schema"].get("primaryKey", [])
        places = [header.index(name) for name in key]
        keys = [tuple(row[place] for place in places) for row in rows]
        assert not key or len(set(keys)) == len(keys)
        csvw = json.loads((package / f"{file.name}-metadata.json").read_text(encoding="utf-8"))
        assert csvw["url"] == file.name
        assert [column["name"] for column in csvw["tableSchema"]["columns"]] == header


def test_parts_of_a_package_belong_to_its_articles(full, tmp_path):
    export_package(full.connection, tmp_path / "pkg", "đoạn", ASKED)
    header, *rows = read(tmp_path / "pkg" / "articles.csv")
    keys = {row[header.index("key")] for row in rows}
    assert len(keys) == len(HOSTILE) // 2
    for name in ("images", "authors", "revisions"):
        parts = read(tmp_path / "pkg" / f"{name}.csv")[1:]
        assert {row[0] for row in parts} == keys
    assert len(read(tmp_path / "pkg" / "authors.csv")) == 2 * len(keys) + 1


def test_checksums_of_a_package_hold(package):
    lines = (package / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    named = dict(reversed(line.split("  ")) for line in lines)
    assert set(named) == {file.name for file in package.iterdir()} - {"SHA256SUMS"}
    for name, digest in named.items():
        assert hashlib.sha256((package / name).read_bytes()).hexdigest() == digest


def test_the_readme_says_what_was_asked_and_what_is_there(package):
    text = (package / "README.md").read_text(encoding="utf-8")
    assert '`đoạn "hai"`' in text
    assert f"| articles in this extract | {len(HOSTILE)} |" in text
    assert "coverage.csv" in text
    assert "Tiếng Việt" in text


def test_a_package_is_the_same_again_and_replaces_itself_only(full, package, tmp_path):
    before = {file.name: file.read_bytes() for file in package.iterdir()}
    export_package(full.connection, package, "", ASKED, force=True)
    assert {file.name: file.read_bytes() for file in package.iterdir()} == before
    other = tmp_path / "mine"
    other.mkdir()
    (other / "thesis.txt").write_text("do not delete", encoding="utf-8")
    for force in (False, True):
        with pytest.raises(UsageError, match="something else than a data package"):
            export_package(full.connection, other, "", ASKED, force=force)
    assert (other / "thesis.txt").exists()


def test_a_package_validates_with_frictionless(package):
    pytest.importorskip("frictionless")
    done = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "datapackage.json"],
        cwd=package,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
