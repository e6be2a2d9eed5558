"""The graph of imports among our own packages, read from the source."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

Graph = dict[str, set[str]]


def read(root: Path, packages: Iterable[str]) -> Graph:
    """Module → the modules of *packages* that it imports, at any depth of its code.

    Imports for type checking only are left out: they are never run.
    """
    paths = [path for package in packages for path in sorted((root / package).rglob("*.py"))]
    names = {_name(path.relative_to(root)): path for path in paths}
    graph: Graph = {}
    for name, path in names.items():
        found: set[str] = set()
        for node in _run(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path}: relative import; name modules in full"
                full = [f"{node.module}.{alias.name}" for alias in node.names]
                found |= {one if one in names else node.module or "" for one in full}
        graph[name] = {other for other in found if other in names and other != name}
    return graph


def _name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _run(tree: ast.AST) -> Iterable[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        yield node
        yield from _run(node)


def within(module: str, place: str) -> bool:
    """Whether *module* is *place* or lies in it."""
    return module == place or module.startswith(f"{place}.")


def chains(graph: Graph, start: str, forbidden: Sequence[str]) -> list[str]:
    """The shortest way from *start* to each forbidden place that it reaches, over any modules."""
    ways, queue, found = {name: [name] for name in graph if within(name, start)}, [], []
    queue = sorted(ways)
    for name in queue:
        if len(ways[name]) > 1 and any(within(name, place) for place in forbidden):
            found.append(" → ".join(ways[name]))
            continue
        for other in sorted(graph[name] - set(ways)):
            ways[other] = [*ways[name], other]
            queue.append(other)
    return found


def circle(graph: Mapping[str, set[str]]) -> list[str]:
    """The modules of one circle of imports; empty if there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def upward(graph: Graph, floors: Sequence[Sequence[str]]) -> set[str]:
    """``importer → imported`` for each import from a lower floor to a higher one."""
    level = {
        name: number
        for number, floor in enumerate(floors)
        for place in floor
        for name in graph
        if within(name, place)
    }
    return {
        f"{name} → {other}"
        for name, others in graph.items()
        for other in others
        if name in level and other in level and level[other] < level[name]
    }
