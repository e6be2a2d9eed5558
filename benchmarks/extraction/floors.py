"""What may not get worse: khobao's own scores, pinned in ``floors.toml``.

`check` compares, and CI runs it (tests/benchmarks). `pin` writes the scores of today as floors; it
refuses to lower one unless told so by name of the flag, so that a worse score is never an accident.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.extraction.pages import Case, corpus_hash
from benchmarks.extraction.scores import SCORES, Result

FILE = Path(__file__).with_name("floors.toml")

#: The one score of which less is better.
CEILING = "leak"

# Scores are pinned to this many places, rounded to the lenient side.
_PLACES = 4


@dataclass(frozen=True)
class Floors:
    """The pinned scores and the pages they were pinned on."""

    corpus: str
    pages: int
    scores: dict[str, float]


def load(file: Path = FILE) -> Floors:
    """The pinned floors."""
    record = tomllib.loads(file.read_text("utf-8"))
    return Floors(record["corpus"], record["pages"], record["khobao"])


def worse(score: str, floor: float, value: float | None) -> bool:
    """Whether *value* is below its floor (above it, for the leak); a lost score is worse."""
    if value is None:
        return True
    margin = 10**-_PLACES
    return value > floor + margin if score == CEILING else value < floor - margin


def check(floors: Floors, result: Result, cases: Sequence[Case]) -> tuple[list[str], list[str]]:
    """Failures, and remarks that fail nothing."""
    failures = [
        f"{score}: {'nothing' if value is None else f'{value:.4f}'},"
        f" pinned {'at most' if score == CEILING else 'at least'} {floor:.4f}"
        for score, floor in floors.scores.items()
        if worse(score, floor, value := result.scores.get(score))
    ]
    remarks = []
    if len(cases) < floors.pages:
        failures.append(
            f"{len(cases)} pages, {floors.pages} when the floors were pinned: pages that are hard"
            " may not be removed to pass"
        )
    elif corpus_hash(cases) != floors.corpus:
        remarks.append("the pages have changed since the floors were pinned; pin again with --pin")
    return failures, remarks


def pin(
    result: Result, cases: Sequence[Case], *, lower: bool = False, file: Path = FILE
) -> list[str]:
    """Write today's scores as floors; what would be lowered, and is not unless *lower*."""
    pinned = {score: value for score in SCORES if (value := result.scores[score]) is not None}
    lowered = []
    if file.exists():
        for score, floor in load(file).scores.items():
            if worse(score, floor, pinned.get(score)):
                lowered.append(f"{score}: {floor:.4f} → {pinned.get(score, 0.0):.4f}")
    if lowered and not lower:
        return lowered
    lines = [
        "# Written by `python -m benchmarks.extraction --pin`; lowering one takes --lower-floors.",
        f'corpus = "{corpus_hash(cases)}"',
        f"pages = {len(cases)}",
        "",
        "[khobao]",
        *(f"{score} = {round(value, _PLACES)}" for score, value in pinned.items()),
    ]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return []
