"""One process of libFuzzer: ``python -m benchmarks.fuzz.target CRASHES CORPUS -max_total_time=…``.

The code under test is imported under atheris' instrumentation, so that reaching a new branch of a
layout counts as progress. A failure does not stop the run: the first page of each signature is kept
in CRASHES. libFuzzer itself stops at a hang or at its memory limit, and leaves the page there too.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import atheris  # type: ignore[import-not-found]

with atheris.instrument_imports(include=["archive", "crawler"], enable_loader_override=False):
    from benchmarks.fuzz import oracle
from benchmarks.fuzz import mutations, seeds
from benchmarks.fuzz.findings import keep


def main() -> None:
    """Fuzz until libFuzzer's own limits end it."""
    crashes, corpus = Path(sys.argv[1]), Path(sys.argv[2])
    others = seeds.load(Path(sys.argv[3]))

    def one(data: bytes) -> None:
        page, url = seeds.unpack(data)
        failure = oracle.judge(page, url)
        if failure:
            keep(crashes, failure, page, url)

    def alter(data: bytes, max_size: int, seed: int) -> bytes:
        if seed % 2 or not data:
            altered: bytes = atheris.Mutate(data, max_size)
            return altered
        return data[:1] + mutations.mutate(random.Random(seed), data[1:], others)[: max_size - 1]

    atheris.Setup([sys.argv[0], str(corpus), *sys.argv[4:]], one, custom_mutator=alter)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
