"""Turning an `ArticleQuery` into Tantivy's query. The only module that builds one."""

from collections.abc import Callable, Iterable

import tantivy
from tantivy import Occur, Query

from . import tree
from .analysis import PLAIN, stems
from .documents import day_number
from .language import parse_search
from .query import NONE, ArticleQuery, Value
from .schema import PUBLIC, words_prefix

# How much more a word counts in the headline than in the text.
HEADLINE_BOOST = 2.0
LAST_DAY = 99_991_231

# Finds the values of a facet that are called so: `FACETS[facet].find(text)`.
Finder = Callable[[str, str], Iterable[Value]]


class QueryBuilder:
    """Builds queries for one state of the index. `analyses` are those that its articles went through.

    `is_ranked` if the order by relevance is wanted: otherwise headlines need not be asked twice.
    """

    def __init__(
        self, schema: tantivy.Schema, analyses: tuple[str, ...], find: Finder, is_ranked: bool = False
    ) -> None:
        self._schema = schema
        self._analyses = analyses or (PLAIN,)
        self._find = find
        self._is_ranked = is_ranked
        self._prefixes = [PUBLIC]

    def build(self, query: ArticleQuery, without: str | None = None) -> Query:
        """The engine's query; `without` leaves out the chosen values (not the excluded ones) of a facet."""
        self._prefixes = sorted({words_prefix(status) for status in query.statuses})
        node, _ = parse_search(query.words)
        required = []
        if self._prefixes != [PUBLIC] or not tree.is_bound_to_words(node):
            required.append(_any_of([self.has("status", status) for status in query.statuses]))
        if query.first_day or query.last_day:
            required.append(self._days(tree.Days(query.first_day, query.last_day)))
        if node != tree.All():
            required.append(self._node(node))
        excluded = []
        for name, choice in query.facets.items():
            values = [self.has(name, value) for value in choice.values]
            if values and name != without:
                required.append(_all_of(values) if choice.match_all else _any_of(values))
            excluded += [self.has(name, value) for value in choice.excluded]
        return _boolean(required, excluded)

    def has(self, field: str, value: Value) -> Query:
        """Articles with this value in a facet. Counts nothing for the order by relevance."""
        value = str(value) if field == "language" else value
        return Query.const_score_query(Query.term_query(self._schema, field, value, "basic"), 0.0)

    def _node(self, node: tree.Node) -> Query:
        match node:
            case tree.Text():
                return self._text(node)
            case tree.Named(facet, text):
                return _any_of([self.has(facet, value) for value in self._find(facet, text)])
            case tree.Days():
                return self._days(node)
            case tree.Not(part):
                return _boolean([], [self._node(part)])
            case tree.Any(parts):
                return _any_of([self._node(part) for part in parts])
            case tree.All(parts):
                required = [self._node(part) for part in parts if not isinstance(part, tree.Not)]
                return _boolean(required, [self._node(part.part) for part in parts if isinstance(part, tree.Not)])

    def _text(self, text: tree.Text) -> Query:
        if text.is_prefix:
            return self._prefix(text)
        texts, headlines = [], []
        for analysis in self._analyses:
            words = stems(text.text, analysis)
            for prefix in self._prefixes if words else ():
                texts.append(self._phrase(f"{prefix}text_{analysis}", words))
                headlines.append(self._phrase(f"{prefix}headline_{analysis}", words))
        if text.in_headline:
            return _any_of(headlines)
        # The text holds the headline, too. All side by side: of nested queries the engine would score every article.
        return _any_of(texts + [Query.boost_query(each, HEADLINE_BOOST) for each in headlines if self._is_ranked])

    def _prefix(self, text: tree.Text) -> Query:
        """Words that begin so, unstemmed; what comes before a hyphen or full stop must be there whole."""
        *whole, beginning = stems(text.text) or [""]
        if not beginning:
            return Query.empty_query()
        found = []
        for prefix in self._prefixes:
            field = f"{prefix}headline_words" if text.in_headline else f"{prefix}words"
            parts = [Query.term_query(self._schema, field, word, "freq") for word in whole]
            found.append(_all_of([*parts, Query.regex_query(self._schema, field, f"{beginning}.*")]))
        return _any_of(found)

    def _phrase(self, field: str, words: list[str]) -> Query:
        if len(words) == 1:
            return Query.term_query(self._schema, field, words[0], "freq")
        return Query.phrase_query(self._schema, field, words)

    def _days(self, days: tree.Days) -> Query:
        first = day_number(days.first) if days.first else NONE + 1
        last = day_number(days.last) if days.last else LAST_DAY
        if first > last:
            return Query.empty_query()
        found = Query.range_query(self._schema, "day", tantivy.FieldType.Unsigned, first, last)
        return Query.const_score_query(found, 0.0)


def _boolean(required: list[Query], excluded: list[Query]) -> Query:
    """Without anything required: everything but what is excluded."""
    if not required:
        required = [Query.const_score_query(Query.all_query(), 0.0)]
    if len(required) == 1 and not excluded:
        return required[0]
    parts = [(Occur.Must, part) for part in required]
    return Query.boolean_query(parts + [(Occur.MustNot, part) for part in excluded])


def _any_of(parts: list[Query]) -> Query:
    """Without parts: nothing."""
    if not parts:
        return Query.empty_query()
    return parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Should, part) for part in parts])


def _all_of(parts: list[Query]) -> Query:
    return parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Must, part) for part in parts])
