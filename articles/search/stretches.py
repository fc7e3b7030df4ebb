"""Reading an answer to its very end, a stretch at a time, with nothing kept in between.

By date a stretch begins behind the sort key of the last article that was read: the last one comes as quickly as the
first, and articles that come or go meanwhile make none come twice or be left out. By relevance there is no such key,
so a stretch begins behind a number of articles.
"""

from dataclasses import dataclass

from tantivy import FieldType, Occur, Query

from .engine import Answerer
from .files import open_latest
from .language import parse_search
from .query import ArticleQuery
from .tree import positive_texts

LARGEST_KEY = (1 << 64) - 1


@dataclass(frozen=True)
class Position:
    """Where to read on: behind the article with this sort key, else behind so many articles."""

    key: int | None = None
    offset: int = 0


@dataclass(frozen=True)
class Stretch:
    """Ids in order, and where the next stretch begins: None at the end."""

    ids: list[int]
    next: Position | None = None


def read_on(query: ArticleQuery, position: Position, limit: int) -> Stretch:
    """The next `limit` articles. The index is as the last `search` left it: search first."""
    answerer = Answerer(open_latest(), query)
    if position.offset and position.offset >= answerer.total:
        return Stretch([])
    if is_by_relevance(query):
        return _read_ranked(answerer, position.offset, limit)
    return _read_dated(answerer, position, limit)


def is_by_relevance(query: ArticleQuery) -> bool:
    """Whether there are words to rank by; without them the order is by date, whatever was asked for."""
    return query.sort == "relevance" and bool(positive_texts(parse_search(query.words)[0]))


def _read_ranked(answerer: Answerer, offset: int, limit: int) -> Stretch:
    # One more than wanted tells whether there is more.
    ids = answerer.ids(offset, limit + 1)
    return Stretch(ids[:limit], Position(offset=offset + limit) if len(ids) > limit else None)


def _read_dated(answerer: Answerer, position: Position, limit: int) -> Stretch:
    field = "oldest" if answerer.query.sort == "oldest" else "newest"
    query = answerer.built if position.key is None else _behind(answerer, field, position.key)
    hits = answerer.searcher.search(query, limit + 1, count=False, order_by_field=field, offset=position.offset).hits
    ids = answerer.searcher.fast_field_values("pk", [address for _, address in hits[:limit]])
    return Stretch(ids, Position(key=hits[limit - 1][0]) if len(hits) > limit else None)


def _behind(answerer: Answerer, field: str, key: int) -> Query:
    """What comes after a sort key: they run downwards in both directions, see `sort_keys`."""
    smaller = Query.range_query(
        answerer.schema, field, FieldType.Unsigned, 0, min(key, LARGEST_KEY), include_upper=False
    )
    return Query.boolean_query([(Occur.Must, answerer.built), (Occur.Must, smaller)])
