"""The crawl's own answer to cron: one exit code and one sentence, computed from the counts.

Scrapy exits 0 when the site is down, when every callback raises and when the disk is full, so the
code is ours.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from archive.alarms import Finding
from archive.errors import DiskFull
from archive.history.nights import HANDFUL
from archive.models import Article
from crawler.extract import LOSS, UNKNOWN_MARKUP
from crawler.settings import KHOBAO_FLOORS

#: Fewer text articles than this say nothing about a share.
ENOUGH_ARTICLES = 20

#: The share of articles of unknown markup above which the site is another.
STRANGE = 0.2

#: The share of a layout's articles with text left over, or read by its selectors and by the engine
#: in two ways, above which its pages have changed.
FLAGGED = 0.1

#: A layout's bodies are this much shorter than in the archive's past if its pages have changed.
SHRUNK = 0.5

#: The tolerated share of failed pages, and the number below which a share is chance: on a night
#: with ten articles, one that timed out is due again by itself and no reason to wake anybody.
TOLERATED_FAILURES = 0.05
TOLERATED_NUMBER = 2

#: Scrapy's close reasons of a run that reached a bound, with the bound's name in khobao.toml.
_BOUNDS = {"closespider_timeout": "max_hours", "closespider_pagecount": "max_requests"}


@dataclass(frozen=True, slots=True)
class RunResult:
    """How a run ended."""

    exit_code: int
    reason: str
    findings: tuple[Finding, ...] = ()
    """What was wrong, the gravest first; empty if all is well."""

    @classmethod
    def of(cls, exit_code: int, kind: str, reason: str) -> RunResult:
        """The result of a run in which one thing was wrong."""
        return cls(exit_code, reason, (Finding(kind, reason),))

    @property
    def judged(self) -> bool:
        """Whether the run saw enough of the site that what it did not find wrong is well."""
        return self.exit_code in (0, 4) or any(f.kind == "partial" for f in self.findings)


@dataclass
class FillRates:
    """How often each layout found each field, and which rule did."""

    floors: Mapping[str, float] = field(default_factory=lambda: KHOBAO_FLOORS)
    """The share of articles that must state a field."""
    articles: Counter[str] = field(default_factory=Counter)
    filled: Counter[tuple[str, str]] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    unknown: int = 0
    """Articles whose markup no layout knows."""
    flagged: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Articles of each layout by what speaks for a loss."""
    words: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """The words in the bodies of each layout."""

    def add(self, article: Article) -> None:
        """Count one extracted article."""
        for name, rule in article.rules.items():
            self.rules[f"rule/{name}/{rule}"] += 1
        for flag in article.flags:
            self.rules[f"flag/{flag}"] += 1
        if article.kind != "article":
            return
        self.unknown += not UNKNOWN_MARKUP.isdisjoint(article.flags)
        layout = article.layout or "?"
        self.articles[layout] += 1
        self.words[layout].append((article.body or "").count(" ") + 1)
        for flag in article.flags:
            if flag in LOSS:
                self.flagged[layout, flag] += 1
        for name in self.floors:
            self.filled[layout, name] += getattr(article, name) is not None

    def losses(self, past: Mapping[str, float]) -> list[Finding]:
        """Signs that a layout loses text; *past* is the median of words in its earlier bodies."""
        found = []
        for (layout, flag), number in sorted(self.flagged.items()):
            total = self.articles[layout]
            if number > TOLERATED_NUMBER and number > FLAGGED * total:
                sentence = f"{layout}: {number} of {total} articles are flagged {flag}"
                found.append(Finding(f"loss/{layout}/{flag}", sentence))
        for layout, words in sorted(self.words.items()):
            now, before = median(words), past.get(layout, 0)
            if len(words) >= ENOUGH_ARTICLES and now < SHRUNK * before:
                sentence = f"{layout}: an article has {now:,.0f} words, {before:,.0f} before"
                found.append(Finding(f"shrunk/{layout}", f"{sentence} (medians)"))
        return found

    def below_floor(self) -> list[Finding]:
        """Each field that a layout found too seldom."""
        total = sum(self.articles.values())
        strange = self.unknown > TOLERATED_NUMBER and self.unknown > STRANGE * total
        sentence = f"no layout knows the markup of {self.unknown} of {total} articles"
        unknown = [Finding("unknown-markup", sentence)] if strange else []
        return unknown + [
            Finding(
                f"floor/{layout}/{name}",
                f"{layout}: {name} filled {share:.2f}, expected ≥ {floor:.2f}",
            )
            for layout, count in sorted(self.articles.items())
            if count >= ENOUGH_ARTICLES
            for name, floor in self.floors.items()
            if (share := self.filled[layout, name] / count) < floor
        ]


def run_result(
    counts: Mapping[str, int],
    fill: FillRates,
    *,
    reason: str = "finished",
    disk_full: DiskFull | None = None,
    unwell: str | None = None,
    drift: Sequence[Finding] = (),
    stopped: RunResult | None = None,
) -> RunResult:
    """How one crawl ended; the gravest finding wins.

    *reason* is Scrapy's close reason, *unwell* and *drift* are what the lists prove
    (`crawler.run.alarms`), *stopped* is why the crawl ended the run because of the site.
    """
    seen = Counter(counts)
    if disk_full is not None:
        return RunResult.of(disk_full.exit_code, "disk-full", str(disk_full))
    if reason == "shutdown":
        return RunResult(130, "interrupted; the next run goes on from here")
    if stopped is not None:
        return stopped
    if seen["refused"]:
        return RunResult.of(3, "refused", reason)
    if reason in _BOUNDS:
        return RunResult.of(
            5,
            "bound",
            f"partial: the run ended at its bound of {_BOUNDS[reason]}; the next one"
            " goes on from here",
        )
    if reason not in ("finished", "max_articles"):
        return RunResult.of(1, "ended-early", f"the crawl ended early: {reason}")
    if seen["errors"]:
        return RunResult.of(1, "errors", f"{seen['errors']} unexpected errors; the log names them")
    if finding := _site_is_not_well(seen, unwell):
        return RunResult.of(3, *finding)
    articles, lost, unknown = _lost(seen)
    if signs := _signs_of_drift(seen, unknown, [*drift, *fill.below_floor()]):
        return RunResult(4, "drift: " + "; ".join(sign.text for sign in signs), tuple(signs))
    if seen["doubtful_lists"]:
        return RunResult.of(
            3,
            "silent-lists",
            f"{seen['doubtful_lists']} lists that named articles name none any more;"
            " no article was changed, the next nights decide",
        )
    too_many = lost > TOLERATED_FAILURES * (articles + lost) and lost > TOLERATED_NUMBER
    if too_many or (lost and not articles):
        return RunResult.of(
            5, "partial", f"partial: {lost} of {articles + lost} articles could not be kept"
        )
    return RunResult(0, "done")


def _site_is_not_well(seen: Counter[str], unwell: str | None) -> Finding | None:
    """A finding if the site did not answer, blocks us, or is in trouble as a whole."""
    pages = seen["fetched"]
    if pages == 0 and not seen["index_pages"]:
        failed = seen["failed"] + seen["lists_failed"]
        return Finding("no-answer", f"the site did not answer ({failed} requests failed)")
    blocked, articles = seen["blocked"], _articles(seen)
    # Where lists are read, a page or two that refuse us are those pages'.
    if blocked >= max(articles, 1) and (blocked > TOLERATED_NUMBER or not seen["lists_naming"]):
        said = f"the site answers with a block page ({blocked} of {pages} pages)"
        return Finding("blocked", said)
    if seen["unreachable_lists"]:
        return Finding("no-lists", "the site's front page and lists could not be read")
    if unwell:
        held = seen["doubtful_gone"] + seen["doubtful_revised"]
        waits = f"; known articles that seemed gone or revised ({held}) were not changed"
        return Finding("unwell", unwell + (waits if held else ""))
    if seen["doubtful_gone"] > HANDFUL:
        return Finding(
            "many-gone",
            f"{seen['doubtful_gone']} of {seen['asked_known']} known articles seemed gone at once:"
            " the site is not well; no article was changed, the next nights decide",
        )
    return None


def _articles(seen: Counter[str]) -> int:
    """How many articles were read."""
    return seen["new"] + seen["revised"] + seen["unchanged"]


def _lost(seen: Counter[str]) -> tuple[int, int, int]:
    """How many articles were read, how many were not, and how many have an unknown layout."""
    articles, lost = _articles(seen), seen["failed"] + seen["blocked"]
    unknown = seen["unknown_layout"]
    if seen["hopeless"] > max(TOLERATED_NUMBER, (articles + lost) // 2):
        return articles, lost, unknown + seen["hopeless_layout"]  # so many are not single pages
    # Known to fail for days, and due again once a week.
    return articles, lost - seen["hopeless"], unknown


def _signs_of_drift(seen: Counter[str], unknown: int, signs: list[Finding]) -> list[Finding]:
    """Findings that speak for a new design, the gravest first; *signs* come last."""
    found: list[Finding] = []
    if unknown:
        found.append(Finding("unknown-layout", f"{unknown} pages of no known layout"))
    if seen["repeated"]:
        found.append(
            Finding(
                "repeated",
                f"{seen['repeated']} of {seen['asked_new']} new addresses have a text that stands"
                " at other addresses too; they are not kept as articles, the next nights decide",
            )
        )
    if seen["doubtful_revised"] > HANDFUL:
        found.append(
            Finding(
                "many-revised",
                f"{seen['doubtful_revised']} of {seen['asked_known']} known articles seemed revised"
                " at once; no article was changed, the next nights decide",
            )
        )
    return found + signs
