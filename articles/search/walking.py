"""Going through all articles of an answer, however many there are, without holding them all."""

from collections.abc import Iterator

import tantivy
from tantivy import Occur, Query

from .engine import Answerer

# So many ids at a time: each time the engine goes through the whole index once, for some 40 ms in a million.
PORTION = 20_000


def walk(answerer: Answerer) -> Iterator[int]:
    """Each id once, oldest first where that is asked for, else newest first.

    The answerer keeps one state of the index open: what is saved meanwhile changes nothing. The order by relevance
    is not kept, because only a date leads from one portion to the next.
    """
    key = "oldest" if answerer.query.sort == "oldest" else "newest"
    query = answerer.built
    while hits := answerer.searcher.search(query, limit=PORTION, count=False, order_by_field=key).hits:
        yield from answerer.searcher.fast_field_values("pk", [address for _, address in hits])
        query = _below(answerer, key, hits[-1][0])


def _below(answerer: Answerer, key: str, value: int) -> Query:
    """What comes after the article with this sort key. No two articles have the same."""
    if not value:
        return Query.empty_query()
    rest = Query.range_query(answerer.schema, key, tantivy.FieldType.Unsigned, 0, value - 1)
    return Query.boolean_query([(Occur.Must, answerer.built), (Occur.Must, rest)])
