"""Fits README.md and pyproject.toml for the page of the package index, before a release is built.

``python tools/package_page.py REPOSITORY REF`` makes the relative links of README.md absolute and
writes ``[project.urls]``. The workflow knows the address of the repository, so that it stands
nowhere else and a copy of the project links to itself.
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def absolute(readme: str, repository: str, ref: str) -> str:
    """*readme* with absolute links: pages below ``blob``, pictures below ``raw``."""

    def link(found: re.Match[str]) -> str:
        kind = "raw" if found["path"].startswith("docs/images/") else "blob"
        return f"{found['before']}{repository}/{kind}/{ref}/{found['path']}{found['after']}"

    path = r"(?P<path>(?![a-z+]+:|#|/)[^)\"\s]+)"
    readme = re.sub(rf"(?P<before>\]\(){path}(?P<after>\))", link, readme)
    return re.sub(rf"(?P<before><img [^>]*?src=\"){path}(?P<after>\")", link, readme)


def with_urls(project: str, repository: str, ref: str) -> str:
    """The text of pyproject.toml with the table of addresses, before the next table."""
    table = (
        "[project.urls]\n"
        f'Homepage = "{repository}"\n'
        f'Documentation = "{repository}/blob/{ref}/docs/index.md"\n'
        f'Changelog = "{repository}/blob/{ref}/CHANGELOG.md"\n'
        f'Issues = "{repository}/issues"\n\n'
    )
    at = project.index("[project.scripts]")
    return project[:at] + table + project[at:]


def check_version(project: str, ref: str) -> None:
    """A tag must name the version of pyproject.toml; ValueError if it names another."""
    version = tomllib.loads(project)["project"]["version"]
    if ref.startswith("v") and ref != f"v{version}":
        raise ValueError(f"the tag is {ref}, and pyproject.toml has version {version}")


def main(repository: str, ref: str) -> None:
    """Rewrite both files in place."""
    readme, project = ROOT / "README.md", ROOT / "pyproject.toml"
    text = project.read_text(encoding="utf-8")
    check_version(text, ref)
    project.write_text(with_urls(text, repository, ref), encoding="utf-8")
    page = readme.read_text(encoding="utf-8")
    readme.write_text(absolute(page, repository, ref), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
