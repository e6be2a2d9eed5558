"""What belongs to a published project agrees with itself: versions, pins, workflows, forms."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("[0-9]*.yml"))


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


# --- the version ---------------------------------------------------------------------------------


def test_the_changelog_begins_with_this_version_and_has_a_date_for_each():
    headings = re.findall(r"^## (.*)", read("CHANGELOG.md"), re.M)
    if headings[0] == "[Unreleased]":
        headings.pop(0)
    assert headings[0].startswith(f"[{PROJECT['version']}] - ")
    for heading in headings:
        assert re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", heading), heading


def test_a_citation_names_this_version():
    cited = yaml.safe_load(read("CITATION.cff"))
    assert cited["version"] == PROJECT["version"]
    assert {"cff-version", "message", "title", "authors"} <= set(cited)
    assert f"[{cited['version']}] - {cited['date-released']}" in read("CHANGELOG.md")


def test_no_code_repeats_the_version():
    rooms = ("archive", "crawler", "newsroom", "benchmarks", "docs", "tools")
    code = [path for room in rooms for path in (ROOT / room).rglob("*.py")]
    assert len(code) > 100
    for path in code:
        text = path.read_text("utf-8")
        assert not re.search(r"khobao/\d", text), path
        assert f'"{PROJECT["version"]}"' not in text, path


# --- what it needs -------------------------------------------------------------------------------


def test_every_package_of_an_installation_is_pinned():
    pins = dict(line.split("==") for line in read("constraints.txt").splitlines())
    pins = {canonicalize_name(name): version for name, version in pins.items()}
    extras = PROJECT["optional-dependencies"]
    for text in [*PROJECT["dependencies"], *extras["web"], *extras["parquet"], *extras["plot"]]:
        needed = Requirement(text)
        pinned = pins[canonicalize_name(needed.name)]
        assert needed.specifier.contains(pinned), f"{text}: run `make constraints`"


def test_production_imports_only_what_is_installed_with_it():
    """warcio, isal and the packages of the tests are not among the dependencies."""
    names = {Requirement(text).name for text in PROJECT["dependencies"]}
    for path in [
        p for room in ("archive", "crawler", "newsroom") for p in (ROOT / room).rglob("*.py")
    ]:
        for package in ("warcio", "isal", "pytest", "hypothesis"):
            assert package not in names
            assert not re.search(
                rf"^\s*(from|import) {package}\b", path.read_text("utf-8"), re.M
            ), path


# --- GitHub --------------------------------------------------------------------------------------


def make_targets():
    return set(re.findall(r"^([a-z]+):", read("Makefile"), re.M))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_runs_targets_and_tools_that_exist(path):
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        for step in job.get("steps", []):
            command = step.get("run", "")
            assert set(re.findall(r"\bmake ([a-z]+)", command)) <= make_targets()
            for tool in re.findall(r"\btools/\w+\.py", command):
                assert (ROOT / tool).exists()


def test_ci_tries_every_python_that_the_package_promises():
    matrix = yaml.safe_load(read(".github/workflows/test.yml"))["jobs"]["test"]["strategy"][
        "matrix"
    ]
    promised = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["classifiers"]))
    assert matrix["python"] == promised
    assert PROJECT["requires-python"] == f">={promised[0]}"


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_an_issue_form_is_one_that_github_takes(path):
    form = yaml.safe_load(path.read_text("utf-8"))
    assert {"name", "description", "body"} <= set(form)
    fields = [part for part in form["body"] if part["type"] != "markdown"]
    assert len({part["id"] for part in fields}) == len(fields)
    for part in fields:
        assert part["type"] in ("input", "textarea", "dropdown", "checkboxes")
        assert part["attributes"]["label"]


# --- the container -------------------------------------------------------------------------------


def test_the_container_copies_what_is_there_and_runs_as_nobody_special():
    lines = read("Dockerfile").splitlines()
    copied = [
        word for line in lines if re.match(r"COPY (?!--from)", line) for word in line.split()[1:-1]
    ]
    allowed = read(".dockerignore").splitlines()
    for name in copied:
        assert (ROOT / name).exists()
        assert f"!{name}" in allowed
    packages = tomllib.loads(read("pyproject.toml"))["tool"]["setuptools"]["packages"]["find"][
        "include"
    ]
    assert {name.rstrip("*") for name in packages} <= set(copied)
    last_user = [line for line in lines if line.startswith("USER ")][-1]
    assert last_user == "USER khobao"
    assert "VOLUME /archive" in lines
