"""Answering an `ArticleQuery` with Tantivy. The only module that builds its queries."""

from collections.abc import Mapping

import tantivy
from tantivy import Occur, Query

from .documents import day_number
from .query import NONE, ArticleQuery, FacetChoice, FacetCount, Value
from .words import Term, parse_words

# How much more a word counts in the headline than in the text.
HEADLINE_BOOST = 2.0
# A terms aggregation keeps the top values of each index segment only, unless this covers them all:
# with fewer the counts can be too low, silently.
ALL_VALUES = 100_000_000


class Answerer:
    """Answers questions from one state of the index, so that ids, total and counts belong together."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self._searcher = searcher
        self._schema = schema

    def total(self, query: ArticleQuery) -> int:
        return self._count(self._build(query))

    def ids(self, query: ArticleQuery, offset: int, limit: int) -> list[int]:
        sort = query.sort if query.sort != "relevance" or parse_words(query.words).required else "newest"
        found = self._searcher.search(
            self._build(query),
            limit=limit,
            offset=offset,
            count=False,
            order_by_field=None if sort == "relevance" else sort,
        )
        return self._searcher.fast_field_values("pk", [address for _, address in found.hits])

    def facets(self, query: ArticleQuery, sizes: Mapping[str, int]) -> dict[str, list[FacetCount]]:
        """The most frequent values of each facet named in `sizes`, with exact counts.

        Each facet is counted without its own OR-selection. A chosen value is always there, even at 0.
        """
        counts: dict[str, list[FacetCount]] = {}
        together = {name: size for name, size in sizes.items() if not _ignores_itself(query, name)}
        if together:
            counts.update(self._aggregate(self._build(query), together))
        for name in sizes.keys() - together.keys():
            counts.update(self._aggregate(self._build(query, without=name), {name: sizes[name]}))
        return {name: self._with_chosen(query, name, counts[name]) for name in sizes}

    def _aggregate(self, query: Query, sizes: Mapping[str, int]) -> dict[str, list[FacetCount]]:
        request = {
            name: {"terms": {"field": name, "size": size, "segment_size": ALL_VALUES}} for name, size in sizes.items()
        }
        answer = self._searcher.aggregate(query, request)
        return {
            name: [FacetCount(_value(bucket["key"]), bucket["doc_count"]) for bucket in answer[name]["buckets"]]
            for name in sizes
        }

    def _with_chosen(self, query: ArticleQuery, name: str, counts: list[FacetCount]) -> list[FacetCount]:
        choice = query.facets.get(name, FacetChoice())
        missing = set(choice.values) - {count.value for count in counts}
        base = self._build(query, without=name if _ignores_itself(query, name) else None)
        extra = [FacetCount(value, self._count(_all_of([base, self._has(name, value)]))) for value in missing]
        return counts + sorted(extra, key=lambda count: -count.count)

    def _count(self, query: Query) -> int:
        return self._searcher.search(query, limit=1).count

    def _build(self, query: ArticleQuery, without: str | None = None) -> Query:
        """The engine's query; `without` leaves out the chosen values (not the excluded ones) of a facet."""
        required = [_any_of([self._term("status", status) for status in query.statuses])]
        required += self._date_range(query)
        excluded = []
        words = parse_words(query.words)
        required += [self._words(term) for term in words.required]
        excluded += [self._phrase("text", term) for term in words.excluded]
        for name, choice in query.facets.items():
            values = [self._has(name, value) for value in choice.values]
            if values and name != without:
                required.append(_all_of(values) if choice.match_all else _any_of(values))
            excluded += [self._has(name, value) for value in choice.excluded]
        return Query.boolean_query(
            [(Occur.Must, part) for part in required] + [(Occur.MustNot, part) for part in excluded]
        )

    def _words(self, term: Term) -> Query:
        in_headline = Query.boost_query(self._phrase("headline", term), HEADLINE_BOOST)
        return Query.boolean_query([(Occur.Must, self._phrase("text", term)), (Occur.Should, in_headline)])

    def _phrase(self, field: str, term: Term) -> Query:
        if len(term.stems) == 1:
            return Query.term_query(self._schema, field, term.stems[0], "freq")
        return Query.phrase_query(self._schema, field, list(term.stems))

    def _has(self, facet: str, value: Value) -> Query:
        return self._term(facet, str(value) if facet == "language" else value)

    def _term(self, field: str, value: Value) -> Query:
        return Query.const_score_query(Query.term_query(self._schema, field, value, "basic"), 0.0)

    def _date_range(self, query: ArticleQuery) -> list[Query]:
        if query.first_day is None and query.last_day is None:
            return []
        first = day_number(query.first_day) if query.first_day else NONE + 1
        last = day_number(query.last_day) if query.last_day else 99_991_231
        days = Query.range_query(self._schema, "day", tantivy.FieldType.Unsigned, first, last)
        return [Query.const_score_query(days, 0.0)]


def _ignores_itself(query: ArticleQuery, name: str) -> bool:
    choice = query.facets.get(name)
    return bool(choice and choice.values and not choice.match_all)


def _value(key: int | float | str) -> Value:
    if isinstance(key, str):
        return NONE if key == str(NONE) else key
    return int(key)


def _any_of(parts: list[Query]) -> Query:
    return parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Should, part) for part in parts])


def _all_of(parts: list[Query]) -> Query:
    return parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Must, part) for part in parts])
