"""Answering an `ArticleQuery` with Tantivy."""

import functools
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property

from tantivy import Occur, Query

from .builder import Finder, QueryBuilder
from .facets import FACETS
from .files import OpenIndex
from .language import parse_search
from .periods import Level, level_of, period_of
from .query import NONE, ArticleQuery, FacetChoice, FacetCount, Period, Value
from .suggestions import suggest_words
from .tree import All, positive_texts

# A terms aggregation keeps the top values of each index segment only, unless this covers them all:
# with fewer the counts can be too low, silently.
ALL_VALUES = 100_000_000
# Tantivy refuses an answer with more values than this, those of all facets together.
MOST_BUCKETS = 65_000
# Counting for more articles than this is shared between two threads: the engine does not hold Python's lock.
WORTH_TWO_THREADS = 20_000
# Facets of which an article has several values take most of the time.
LABORIOUS = ("people", "places", "topics")

_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="facets")


def find_named(facet: str, text: str) -> list[Value]:
    return FACETS[facet].find(text)


class Answerer:
    """Answers one question from one state of the index, so that ids, total and counts belong together."""

    def __init__(self, opened: OpenIndex, query: ArticleQuery, find: Finder = find_named) -> None:
        self.query = query
        self._opened = opened
        self.searcher = opened.index.searcher()
        self.schema = opened.index.schema
        find = functools.cache(find)
        self._builder = QueryBuilder(self.schema, opened.analyses, find)
        self._ranked_builder = QueryBuilder(self.schema, opened.analyses, find, is_ranked=True)
        self._tree, self.notes = parse_search(query.words)

    @cached_property
    def built(self) -> Query:
        return self._builder.build(self.query)

    @cached_property
    def total(self) -> int:
        return self._count(self.built)

    def ids(self, offset: int, limit: int) -> list[int]:
        found = self.searcher.search(
            self._ranked_builder.build(self.query) if self._by_relevance else self.built,
            limit=limit,
            offset=offset,
            count=False,
            order_by_field=None if self._by_relevance else "oldest" if self.query.sort == "oldest" else "newest",
        )
        return self.searcher.fast_field_values("pk", [address for _, address in found.hits])

    def facets(self, sizes: Mapping[str, int]) -> dict[str, list[FacetCount]]:
        """The most frequent values of each facet named in `sizes`, with exact counts.

        A chosen value is always there, even at 0, and so is "none" if any article has none.
        """
        if not self._asks_for_everything:
            return self._count_facets(sizes)
        known = self._opened.counted
        wanted = {name: size for name, size in sizes.items() if (self.query.statuses, name, size) not in known}
        for name, counts in self._count_facets(wanted).items():
            known[self.query.statuses, name, sizes[name]] = counts
        return {name: list(known[self.query.statuses, name, size]) for name, size in sizes.items()}

    def periods(self) -> list[Period]:
        """The histogram over time: years, or the months of a year, or the days of a month."""
        level = level_of(self.query)
        request = {"periods": {"terms": {"field": level, "size": Level.MOST, "segment_size": ALL_VALUES}}}
        buckets = self.searcher.aggregate(self.built, request)["periods"]["buckets"]
        counts = {int(bucket["key"]): bucket["doc_count"] for bucket in buckets}
        return [period_of(number, counts[number]) for number in sorted(counts) if number != NONE]

    def total_with(self, words: str) -> int:
        """How many articles other words would find; names that stand in both are looked up once."""
        return self._count(self._builder.build(replace(self.query, words=words)))

    def suggestion(self) -> str | None:
        return suggest_words(self.query.words, positive_texts(self._tree), self.searcher)

    @property
    def _by_relevance(self) -> bool:
        return self.query.sort == "relevance" and bool(positive_texts(self._tree))

    @property
    def _asks_for_everything(self) -> bool:
        return self._tree == All() and not any((self.query.facets, self.query.first_day, self.query.last_day))

    def _count_facets(self, sizes: Mapping[str, int]) -> dict[str, list[FacetCount]]:
        tasks = self._counting_tasks(sizes)
        if len(tasks) > 1 and self.total > WORTH_TWO_THREADS:
            answers = list(_threads.map(self._aggregate, *zip(*tasks, strict=True)))
        else:
            answers = [self._aggregate(*task) for task in tasks]
        counts = {name: found for answer in answers for name, found in answer.items()}
        return {name: self._completed(name, counts[name]) for name in sizes}

    def _counting_tasks(self, sizes: Mapping[str, int]) -> list[tuple[Query, dict[str, int]]]:
        """Queries with the facets to count in each: a facet with a choice of its own apart, the others in two parts
        of about the same work."""
        apart = [name for name in sizes if self.query.counts_beside_choice(name)]
        together = [name for name in sizes if name not in apart]
        laborious = [name for name in together if name in LABORIOUS]
        first = laborious[:1] + [name for name in together if name not in LABORIOUS]
        parts = [{name: sizes[name] for name in names} for names in (laborious[1:], first) if names]
        tasks = [(self.built, part) for part in parts]
        return tasks + [(self._builder.build(self.query, without=name), {name: sizes[name]}) for name in apart]

    def _aggregate(self, query: Query, sizes: Mapping[str, int]) -> dict[str, list[FacetCount]]:
        share = MOST_BUCKETS // len(sizes)
        request = {
            name: {"terms": {"field": name, "size": min(size, share), "segment_size": ALL_VALUES}}
            for name, size in sizes.items()
        }
        answer = self.searcher.aggregate(query, request)
        return {
            name: self._count_by_ranges(query, name)[:size]
            if size > share and answer[name]["sum_other_doc_count"]
            else [FacetCount(_value(bucket["key"]), bucket["doc_count"]) for bucket in answer[name]["buckets"]]
            for name, size in sizes.items()
        }

    def _count_by_ranges(self, query: Query, name: str) -> list[FacetCount]:
        """All values of a facet of numbers that has too many for one answer: a range of values at a time."""
        counts = []
        for first in self._histogram(query, name, interval=MOST_BUCKETS):
            bounds = {"min": first, "max": first + MOST_BUCKETS - 1}
            found = self._histogram(query, name, interval=1, hard_bounds=bounds)
            counts += [FacetCount(value, count) for value, count in found.items()]
        return sorted(counts, key=lambda count: -count.count)

    def _histogram(self, query: Query, name: str, **options) -> dict[int, int]:
        request = {name: {"histogram": {"field": name, "min_doc_count": 1, **options}}}
        buckets = self.searcher.aggregate(query, request)[name]["buckets"]
        return {int(bucket["key"]): bucket["doc_count"] for bucket in buckets}

    def _completed(self, name: str, counts: list[FacetCount]) -> list[FacetCount]:
        """With the chosen values and "none", where they are not among the most frequent."""
        choice = self.query.facets.get(name, FacetChoice())
        missing = {*choice.values, NONE} - {count.value for count in counts}
        beside = name if self.query.counts_beside_choice(name) else None
        base = self._builder.build(self.query, without=beside) if missing else None
        extra = [FacetCount(value, self._count_with(base, name, value)) for value in missing]
        kept = [count for count in extra if count.count or count.value in choice.values]
        return counts + sorted(kept, key=lambda count: (-count.count, str(count.value)))

    def _count_with(self, base: Query, facet: str, value: Value) -> int:
        both = [(Occur.Must, base), (Occur.Must, self._builder.has(facet, value))]
        return self._count(Query.boolean_query(both))

    def _count(self, query: Query) -> int:
        return self.searcher.search(query, limit=1).count


def _value(key: float | str) -> Value:
    if isinstance(key, str):
        return NONE if key == str(NONE) else key
    return int(key)
