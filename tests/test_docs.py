"""Documentation that cannot lie: what exists is documented, what is documented exists."""

import re
from datetime import timedelta
from importlib.metadata import entry_points
from pathlib import Path

import click
import pytest

from archive import cli, errors
from archive.frontier import LADDER
from crawler import settings
from tests.nights.kinds import kinds, table

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
#: Folders whose comments cite the docs.
ROOMS = [p.name for p in ROOT.iterdir() if p.is_dir() and next(p.glob("*.py"), None)]
ALL = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


def commands():
    group = cli.khobao
    context = click.Context(group)
    return {name: group.get_command(context, name) for name in group.list_commands(context)}


COMMANDS = commands()


def test_the_commands_of_both_packages_are_there():
    assert {"crawl", "extract", "demo", "reextract", "search", "show", "export", "status"} <= set(
        COMMANDS
    )
    assert entry_points(group="khobao.commands")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_and_explains_itself(name):
    assert f"khobao {name}" in ALL
    assert COMMANDS[name].help
    for parameter in COMMANDS[name].params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert parameter.help, f"khobao {name} {parameter.opts[0]} has no help text"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_line_in_the_docs_would_parse(page):
    """Names of commands and options in shell blocks exist. (The tutorial is also executed.)"""
    text = page.read_text(encoding="utf-8")
    for block in re.findall(r"```(?:sh|console|cron)\n(.*?)```", text, re.S):
        for line in re.findall(r"khobao ((?!-)[a-z]+[^\n|>&#]*)", block.replace("\\\n", " ")):
            name, *words = line.split()
            assert name in COMMANDS, f"{page.name}: khobao {name}"
            known = {
                option for p in COMMANDS[name].params for option in (*p.opts, *p.secondary_opts)
            }
            used = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
            assert used <= known | {"-h", "--help"}, f"{page.name}: khobao {line}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_exit_code_is_documented():
    codes = {
        e.exit_code
        for e in vars(errors).values()
        if isinstance(e, type) and issubclass(e, errors.KhobaoError)
    }
    text = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
    for code in codes | {0, 130}:
        assert f"| {code} |" in text


def test_every_setting_of_ours_is_documented():
    text = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
    for name in vars(settings):
        if name.startswith("KHOBAO_") and name not in ("KHOBAO_COMMAND", "KHOBAO_ARGUMENTS"):
            assert f"`{name}`" in text, f"{name} is missing in docs/operating.md"


def test_both_readmes_say_the_same_commands():
    english, vietnamese = (
        re.findall(
            r"^(?:make|khobao|sqlite3|pip) \S+", (ROOT / name).read_text(encoding="utf-8"), re.M
        )
        for name in ("README.md", "README.vi.md")
    )
    assert set(vietnamese) <= set(english)
    assert {"make demo", "make test"} <= set(vietnamese)


def test_the_ladder_in_the_docs_is_the_ladder():
    """The table in docs/operating.md is written from `archive.frontier.LADDER`, row by row."""
    text = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
    table = text.partition("<!-- ladder:begin -->")[2].partition("<!-- ladder:end -->")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")][1:]
    assert rows == [f"| {words(younger)} | {words(wait)} |" for younger, wait in LADDER]


def test_the_nights_in_trouble_are_those_that_are_played():
    """The table in docs/operating.md is what tests/nights holds real nights to."""
    text = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
    shown = text.partition("<!-- nights:begin -->\n")[2].partition("\n<!-- nights:end -->")[0]
    assert shown == table(kinds())


def words(span):
    """A span of time as the docs write it."""
    if span == timedelta.max:
        return "older"
    hours = span / timedelta(hours=1)
    if hours < 1:
        return f"{hours * 60:.0f} minutes"
    return f"{hours / 24:.0f} days" if hours >= 48 else f"{hours:.0f} hours"


def sections_of_the_site():
    """The numbers of the sections of docs/site.md."""
    text = (ROOT / "docs/site.md").read_text(encoding="utf-8")
    return re.findall(r"^## (\d+)\. ", text, re.M)


def test_every_cited_section_of_the_site_exists():
    """Comments give their evidence as `docs/site.md §7`, or as `§11, §15` where there are several."""
    sections = set(sections_of_the_site())
    cited = []
    for path in sorted(p for room in ROOMS for p in (ROOT / room).rglob("*.py")):
        text = re.sub(r"\s*\n\s*#?:?\s*", " ", path.read_text(encoding="utf-8"))
        for run in re.findall(r"docs/site\.md((?:,?(?: and)? §\d+)+)", text):
            for number in re.findall(r"§(\d+)", run):
                cited.append(number)
                assert number in sections, f"{path.relative_to(ROOT)} cites docs/site.md §{number}"
        assert not re.search(r"(?<![\w/])(SITE|DESIGN|REVIEW|FAULTS|FIELD)\.md", text), path
    assert len(set(cited)) > 5


def test_the_sections_of_the_site_are_numbered_in_order():
    assert sections_of_the_site() == [str(n) for n in range(len(sections_of_the_site()))]
