"""The command of the fuzzer: seeds, a run, the failures made small, memory, a verdict."""

from __future__ import annotations

import argparse
import importlib.util
import random
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.extraction.pages import GOLDEN
from benchmarks.fuzz import memory, mutations, oracle, seeds
from benchmarks.fuzz.findings import keep
from benchmarks.fuzz.shrink import shrink

#: More than this after five further passes over the same pages is a leak.
MAX_GROWTH = 16_000_000

#: The corpus is replayed for the memory test; so many pages are enough.
_REPLAYED = 400


def main() -> int:
    """Run; 1 if any page failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=3600)
    parser.add_argument("--folder", type=Path, default=Path("fuzz"), help="corpus and crashes")
    parser.add_argument("--seeds", type=Path, default=GOLDEN, help="pages to begin with")
    parser.add_argument("--plain", action="store_true", help="no coverage feedback (no atheris)")
    parser.add_argument("--random-seed", type=int, default=0)
    given = parser.parse_args()
    crashes, corpus = given.folder / "crashes", given.folder / "corpus"
    crashes.mkdir(parents=True, exist_ok=True)
    corpus.mkdir(exist_ok=True)
    first = seeds.load(given.seeds)
    if not first:
        parser.error(f"no page below {given.seeds}")
    for place, page in enumerate(first):
        for address in range(len(oracle.ADDRESSES)):
            if address in (0, 1 + place % (len(oracle.ADDRESSES) - 1)):
                (corpus / f"seed-{place:04}-{address}").write_bytes(seeds.pack(page, address))
    guided = not given.plain and importlib.util.find_spec("atheris") is not None
    run = guided_run if guided else plain_run
    say(f"{'coverage-guided' if guided else 'plain (no atheris here)'}: {given.seconds} s")
    run(given.seconds, crashes, corpus, given.seeds, given.random_seed)
    replay = [seeds.unpack(f.read_bytes()) for f in sorted(corpus.iterdir())[:_REPLAYED]]
    grown = memory.growth(replay)
    say(f"memory: {grown / 1e6:+.1f} MB after 5 more passes over {len(replay)} pages")
    failures = sorted(crashes.iterdir())
    for place in failures:
        make_small(place)
        say(f"{place}: {(place / 'why.txt').read_text('utf-8').splitlines()[0]}")
    say(f"{len(failures)} kinds of failure, {len(list(corpus.iterdir()))} pages in the corpus")
    return 1 if failures or grown > MAX_GROWTH else 0


def guided_run(seconds: int, crashes: Path, corpus: Path, pages: Path, seed: int) -> None:
    """libFuzzer until the time is over; begun again if a hang or its memory limit ends it early."""
    until = time.monotonic() + seconds
    while (left := int(until - time.monotonic())) > 0:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "benchmarks.fuzz.target"),
                *(str(crashes), str(corpus), str(pages)),
                f"-max_total_time={left}",
                "-timeout=60",
                "-rss_limit_mb=4096",
                "-max_len=120000",
                "-len_control=0",
                "-report_slow_units=600",
                "-print_final_stats=1",
                f"-artifact_prefix={crashes.resolve()}/raw-",
                f"-seed={seed}",
            ],
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            check=False,
        )
        for line in done.stderr.splitlines():
            if "stat::" in line or "ERROR" in line or "DONE" in line:
                say(line)
        for raw in crashes.glob("raw-*"):
            judge_again(raw, crashes)
        if done.returncode and "libFuzzer: " not in done.stderr:
            say(done.stderr[-2000:])
            raise SystemExit(f"the fuzzer itself failed with {done.returncode}")
        seed = seed + 1 if seed else 0


def judge_again(raw: Path, crashes: Path) -> None:
    """Keep what libFuzzer stopped at, if it fails here too: it has the wall's clock, we the CPU's.

    On a busy machine it stops at pages that only had to wait.
    """
    page, url = seeds.unpack(raw.read_bytes())
    if failure := oracle.judge(page, url):
        keep(crashes, failure, page, url)
    raw.unlink()


def plain_run(seconds: int, crashes: Path, corpus: Path, pages: Path, seed: int) -> None:
    """Mutations of the seeds alone, without feedback."""
    chance = random.Random(seed)
    first = seeds.load(pages)
    until = time.monotonic() + seconds
    count = 0
    while time.monotonic() < until:
        url = chance.choice(oracle.ADDRESSES)
        page = mutations.mutate(chance, chance.choice(first), first)
        count += 1
        if failure := oracle.judge(page, url):
            keep(crashes, failure, page, url)
    say(f"{count} pages")


def make_small(place: Path) -> None:
    """Write the smallest page of the same failure beside the found one."""
    if (place / "small.html").exists():
        return
    why = (place / "why.txt").read_text("utf-8").splitlines()
    signature, url = why[0], why[1].removeprefix("url: ") or None
    page = (place / "page.html").read_bytes()

    def fails(smaller: bytes) -> bool:
        failure = oracle.judge(smaller, url)
        return failure is not None and failure.signature == signature

    if fails(page):
        (place / "small.html").write_bytes(shrink(page, fails))


def say(text: str) -> None:
    """One line on stderr."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
