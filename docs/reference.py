"""Writes docs/commands.md from the command line and docs/api.md from the docstrings.

``make reference`` writes both pages. A test fails where a page differs from the code.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import FunctionType

import click

DOCS = Path(__file__).parent

#: Columns of the help texts and of the signatures.
WIDTH = 88

_MADE = "<!-- Written by `make reference`; edit the code, not this page. -->"

#: The public Python API: module → its names, None for all that have a docstring.
PUBLIC: dict[str, list[str] | None] = {
    "archive": ["Archive"],
    "archive.corpus.instruments": ["Instruments"],
    "archive.corpus.concordance": ["Concordance", "Line"],
    "archive.corpus.frequencies": ["Frequencies", "Frequency"],
    "archive.corpus.collocations": ["Collocations", "Collocate"],
    "archive.corpus.keyness": ["Keyness", "Key"],
    "archive.models": None,
    "archive.errors": None,
    "archive.export.frames": None,
    "crawler.extract": ["extract"],
}


# --- commands ------------------------------------------------------------------------------------


def commands_page() -> str:
    """The help of every command, as a terminal of 88 columns shows it."""
    from archive.cli import khobao

    settings = khobao.context_settings
    group = click.Context(khobao, info_name="khobao", terminal_width=WIDTH, **settings)
    parts = [
        f"# Commands\n\n{_MADE}\n",
        "Each command shows the same with `--help`. [operating.md](operating.md) explains the exit"
        " codes and the settings of a crawl.\n",
        _help(khobao, group),
    ]
    for name in khobao.list_commands(group):
        command = khobao.get_command(group, name)
        if command is None or command.hidden:
            continue
        context = click.Context(command, group, name, terminal_width=WIDTH)
        parts.append(f"## khobao {name}\n\n{_help(command, context)}")
    return "\n".join(parts)


def _help(command: click.Command, context: click.Context) -> str:
    lines = (line.rstrip() for line in command.get_help(context).splitlines())
    return "```text\n" + "\n".join(lines) + "\n```\n"


# --- Python --------------------------------------------------------------------------------------


def api_page() -> str:
    """The docstrings and signatures of `PUBLIC`."""
    parts = [
        f"# Python API\n\n{_MADE}\n",
        "These names are stable: a release that changes one says so in the changelog. All other"
        " names may change in any release.\n",
    ]
    for module_name, chosen in PUBLIC.items():
        module = import_module(module_name)
        names = chosen or [name for name in _defined_in(module) if not name.startswith("_")]
        parts.append(f"## {module_name}\n")
        if chosen is None and module.__doc__:
            parts.append(_prose(module.__doc__))
        for name in names:
            parts += _of_class_or_function(module_name, name, getattr(module, name))
    return "\n".join(parts)


def _defined_in(module: object) -> Iterator[str]:
    """Classes and functions of *module* in the order of its source."""
    for node in ast.parse(inspect.getsource(module)).body:  # type: ignore[arg-type]
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name


def _of_class_or_function(module: str, name: str, found: object) -> Iterator[str]:
    if isinstance(found, type):
        base = found.__mro__[1].__name__
        kind = "exception" if issubclass(found, BaseException) else "class"
        after = f"({base})" if kind == "exception" else ""
        yield f"### {kind} `{name}{after}`\n"
        yield _prose(found.__doc__ or "")
        if code := getattr(found, "exit_code", None):
            yield f"Exit code {code}.\n"
        if kind == "class":
            yield from _attributes(found)
            yield from _methods(name, found)
    else:
        yield f"### `{module}.{name}`\n"
        yield _signature(name, found)  # type: ignore[arg-type]
        yield _prose(found.__doc__ or "")


def _attributes(cls: type) -> Iterator[str]:
    """A table of the fields, with the docstring that stands under each in the source."""
    [node] = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
    assert isinstance(node, ast.ClassDef)
    rows = []
    for field, meaning in zip(node.body, [*node.body[1:], None]):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            said = ""
            if isinstance(meaning, ast.Expr) and isinstance(meaning.value, ast.Constant):
                said = " ".join(_inline(str(meaning.value.value)).split())
            kind = ast.unparse(field.annotation).replace("|", "\\|")
            rows.append(f"| `{field.target.id}` | `{kind}` | {said.replace('|', chr(92) + '|')} |")
    if rows:
        yield "\n".join(["| field | type | meaning |", "|---|---|---|", *rows, ""])


def _methods(name: str, cls: type) -> Iterator[str]:
    for member, value in vars(cls).items():
        target = value.__func__ if isinstance(value, classmethod | staticmethod) else value
        if member.startswith("_") or not getattr(target, "__doc__", None):
            continue
        if isinstance(target, property):
            yield f"#### `{name}.{member}`\n"
        elif isinstance(target, FunctionType):
            yield f"#### `{name}.{member}()`\n"
            yield _signature(member, target)
        else:
            continue
        yield _prose(target.__doc__ or "")


def _signature(name: str, function: FunctionType) -> str:
    """The call as the source has it: one line, or one parameter a line where that is too long."""
    [node] = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    assert isinstance(node, ast.FunctionDef)
    given = node.args
    given.args = [each for each in given.args if each.arg not in ("self", "cls")]
    result = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    text = f"{name}({', '.join(_parameters(given))}){result}"
    if len(text) > WIDTH:
        lines = [f"    {line},\n" for line in _parameters(given)]
        text = f"{name}(\n{''.join(lines)}){result}"
    return f"```python\n{text}\n```\n"


def _parameters(given: ast.arguments) -> Iterator[str]:
    """Each parameter of *given* with its type and default, and the star between them."""
    missing: list[ast.expr | None] = [None] * (len(given.args) - len(given.defaults))
    kinds = [zip(given.args, [*missing, *given.defaults]), zip(given.kwonlyargs, given.kw_defaults)]
    for keywords, parameters in enumerate(kinds):
        if keywords and given.kwonlyargs:
            yield "*"
        for parameter, default in parameters:
            yield ast.unparse(parameter) + (f" = {ast.unparse(default)}" if default else "")


def _prose(docstring: str) -> str:
    """A docstring as Markdown: examples in fences, names in code."""
    lines: list[str] = []
    in_example = False
    for line in inspect.cleandoc(docstring).splitlines():
        if line.startswith(">>>") and not in_example:
            lines.append("```pycon")
            in_example = True
        elif in_example and not line.strip():
            lines.append("```")
            in_example = False
        lines.append(re.sub(r"\s*# doctest:.*", "", line) if in_example else _inline(line))
    if in_example:
        lines.append("```")
    return "\n".join(lines) + "\n"


def _inline(text: str) -> str:
    """Names between two backquotes, as docstrings have them, between one."""
    return text.replace("``", "`")


PAGES = {"commands.md": commands_page, "api.md": api_page}


def main() -> None:
    """Write the pages."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
