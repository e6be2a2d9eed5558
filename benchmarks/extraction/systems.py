"""Which systems there are, where they live, and how a pass of one is run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.extraction.pages import Case
from benchmarks.extraction.runner import SYSTEMS
from benchmarks.extraction.scores import Result, judge

ROOT = Path(__file__).parents[2]
RUNNER = Path(__file__).with_name("runner.py")

#: The environment of each system that is not ours (`make peers`).
_ENVIRONMENTS = {"fundus": ".venv-peers-fundus"}

#: Pages read before the clock counts: one of each group, so that every layout is warm.
_WARM_PER_GROUP = 1


class Unavailable(Exception):
    """The system is not installed here."""


def python_of(system: str) -> Path:
    """The interpreter that has *system*; raises Unavailable if there is none."""
    if system == "khobao":
        return Path(sys.executable)
    python = ROOT / _ENVIRONMENTS.get(system, ".venv-peers") / "bin" / "python"
    if not python.exists():
        raise Unavailable(f"{system}: {python.parents[1].name} does not exist; run `make peers`")
    return python


def run_pass(system: str, cases: Sequence[Case]) -> tuple[str, list[dict[str, Any]]]:
    """One pass over *cases* in a fresh process: the system's version and one reading per page."""
    groups: dict[str, list[Case]] = {}
    for case in cases:
        groups.setdefault(case.group, []).append(case)
    warm = [case for group in groups.values() for case in group[:_WARM_PER_GROUP]]
    requests = [
        json.dumps({"page": str(case.page.resolve()), "url": case.url, "warm": is_warm})
        for is_warm, some in ((True, warm), (False, cases))
        for case in some
    ]
    # -P: a module of this folder must not shadow one of the peer's.
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    if system == "khobao":
        environment["PYTHONPATH"] = str(ROOT)
    done = subprocess.run(
        [str(python_of(system)), "-P", str(RUNNER), system],
        input="\n".join(requests),
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode or len(answers) != len(cases) + 1:
        raise Unavailable(f"{system}: {done.stderr.strip().splitlines()[-1:] or 'no answer'}")
    return str(answers[0]["version"]), answers[1:]


def measure(
    cases: Sequence[Case], systems: Sequence[str], *, rounds: int = 3
) -> tuple[list[Result], list[str]]:
    """Every system over *cases*: results, and why a system is missing.

    The rounds of all systems alternate, so that whatever else the machine does meets all of them;
    each is a new process, so that no cache outlives its round; the fastest round counts.
    """
    results: dict[str, Result] = {}
    missing: list[str] = []
    for number in range(rounds):
        for system in systems:
            if number and system not in results:
                continue
            try:
                version, readings = run_pass(system, cases)
            except Unavailable as error:
                missing.append(str(error))
                continue
            cpu = sum(reading.pop("cpu") for reading in readings)
            if system not in results:
                results[system] = judge(
                    system,
                    version,
                    list(zip(cases, readings)),
                )
                results[system].cpu = cpu
            results[system].cpu = min(results[system].cpu, cpu)
    return list(results.values()), missing


__all__ = ["SYSTEMS", "Unavailable", "measure", "python_of", "run_pass"]
