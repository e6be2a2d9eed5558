"""The page of the package index: README.md with links that lead somewhere from anywhere."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REPOSITORY = "https://example.org/owner/khobao"
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


@pytest.fixture
def project(tmp_path):
    """A folder with the tool and the files that it changes."""
    (tmp_path / "tools").mkdir()
    for name in ("tools/package_page.py", "README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def fit(project, ref):
    return subprocess.run(
        [sys.executable, project / "tools/package_page.py", REPOSITORY, ref],
        capture_output=True,
        text=True,
        check=False,
    )


def test_no_relative_link_is_left(project):
    assert fit(project, f"v{VERSION}").returncode == 0
    page = (project / "README.md").read_text("utf-8")
    targets = re.findall(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"", page)
    assert len(targets) > 10
    for target in map("".join, targets):
        assert re.match(r"https?://|#", target), target


def test_pages_and_pictures_are_linked_at_the_tag(project):
    fit(project, f"v{VERSION}")
    page = (project / "README.md").read_text("utf-8")
    assert f"({REPOSITORY}/blob/v{VERSION}/docs/tutorial.md)" in page
    assert f"{REPOSITORY}/raw/v{VERSION}/docs/images/" in page
    assert f"({REPOSITORY}/blob/v{VERSION}/docs/operating.md#exit-codes)" in page


def test_every_link_names_a_file_of_the_repository(project):
    fit(project, "main")
    page = (project / "README.md").read_text("utf-8")
    for path in re.findall(rf"{REPOSITORY}/(?:blob|raw)/main/([^)\"#\s]+)", page):
        assert (ROOT / path).exists(), path


def test_the_project_names_its_addresses(project):
    fit(project, "main")
    table = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    assert table["project"]["urls"]["Issues"] == f"{REPOSITORY}/issues"
    before = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    del table["project"]["urls"]
    assert table == before


def test_a_tag_of_another_version_is_refused(project):
    done = fit(project, "v9.9.9")
    assert done.returncode != 0
    assert f"v9.9.9, and pyproject.toml has version {VERSION}" in done.stderr
    assert (project / "README.md").read_bytes() == (ROOT / "README.md").read_bytes()
