"""The instruments as methods of the open archive."""

from __future__ import annotations

from collections.abc import Sequence

from archive.corpus import collocations, concordance, frequencies, keyness
from archive.corpus.tokens import Unit
from archive.database.transactions import Transactions
from archive.reports import trends
from archive.search.parser import parse
from archive.search.query import Query


class Instruments(Transactions):
    """What a researcher asks an archive besides a search: `archive.archive.Archive` has it."""

    def trends(
        self,
        terms: Sequence[str],
        *,
        by: trends.Step | None = "month",
        within: str | Query = "",
    ) -> trends.Trends:
        """How many articles each of *terms* finds in each period, and their share of *within*.

        Without *by*, the periods are as short as can be read one below the other.
        """
        self.index()
        shared = parse(within) if isinstance(within, str) else within
        return trends.trends(self.connection, terms, by=by, within=shared)

    def concordance(
        self,
        query: str | Query,
        *,
        sort: concordance.Sort = "date",
        sample: int | None = None,
        seed: int = 1,
        limit: int | None = None,
        offset: int = 0,
        context: int = 100,
    ) -> concordance.Concordance:
        """Every mention of *query* with *context* characters on each side.

        *sample* draws so many at random, *seed* says which. Words typed together are a phrase.
        """
        self.index()
        return concordance.concordance(
            self.connection, query, sort=sort, sample=sample, seed=seed, limit=limit,
            offset=offset, context=context,
        )  # fmt: skip

    def frequencies(
        self,
        query: str | Query = "",
        *,
        n: int = 1,
        unit: Unit = "syllables",
        limit: int = 100,
        at_least: int = 1,
    ) -> frequencies.Frequencies:
        """The most frequent syllables, words or n-grams of the articles that *query* means.

        Only what stands in *at_least* so many articles.
        """
        self.index()
        return frequencies.frequencies(
            self.connection, query, n=n, unit=unit, limit=limit, at_least=at_least
        )

    def collocations(
        self,
        query: str | Query,
        *,
        window: tuple[int, int] = (5, 5),
        unit: Unit = "syllables",
        measure: collocations.Measure = "logdice",
        limit: int = 100,
        at_least: int = 3,
    ) -> collocations.Collocations:
        """What stands in the *window* (left, right) of *query* more often than by chance."""
        self.index()
        return collocations.collocations(
            self.connection, query, window=window, unit=unit, measure=measure, limit=limit,
            at_least=at_least,
        )  # fmt: skip

    def keyness(
        self,
        query: str | Query,
        other: str | Query,
        *,
        n: int = 1,
        unit: Unit = "syllables",
        limit: int = 100,
        at_least: int = 3,
    ) -> keyness.Keyness:
        """The words that the articles of *query* have more or less than those of *other*."""
        self.index()
        return keyness.keyness(
            self.connection, query, other, n=n, unit=unit, limit=limit, at_least=at_least
        )
