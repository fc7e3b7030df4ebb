"""Search: ask with an `ArticleQuery`, get a `SearchPage`. Nothing outside knows which engine answers."""

import contextlib
from collections.abc import Mapping

from articles.models import Article

from .engine import Answerer
from .files import IndexBusy, IndexUnavailable, open_searcher
from .query import NONE, SORTS, ArticleQuery, FacetChoice, FacetCount, SearchPage, Value
from .queue import catch_up, pending_changes
from .rebuild import rebuild

__all__ = [
    "NONE",
    "SORTS",
    "ArticleQuery",
    "FacetChoice",
    "FacetCount",
    "IndexBusy",
    "IndexUnavailable",
    "SearchPage",
    "catch_up",
    "count_values",
    "rebuild",
    "search",
    "update_index",
]

# What a page does before it answers: index up to so many changes, wait up to so many seconds for another
# process that is at it. An archive up to this size is built on the spot where there is no index.
READER_LIMIT = 5_000
READER_PATIENCE = 2.0
SMALL_ARCHIVE = 5_000


def search(
    query: ArticleQuery, offset: int = 0, limit: int = 20, facets: Mapping[str, int] | None = None
) -> SearchPage:
    """One page of the articles that `query` asks for.

    `facets` maps the name of each facet to count to the number of values wanted. Changes that are
    committed in the database are in the answer, unless they are too many to index now: `pending` says so.
    Raises `IndexUnavailable` with a sentence that says what to do.
    """
    _catch_up_for_reader()
    answerer = Answerer(*open_searcher())
    total = answerer.total(query)
    return SearchPage(
        ids=answerer.ids(query, offset, limit) if limit and offset < total else [],
        total=total,
        facets=answerer.facets(query, facets or {}),
        pending=pending_changes(),
    )


def count_values(facet: str, query: ArticleQuery | None = None) -> dict[Value, int]:
    """How many articles each value of a facet has, for all values that have any."""
    page = search(query or ArticleQuery(), limit=0, facets={facet: 1_000_000})
    return {count.value: count.count for count in page.facets[facet]}


def update_index() -> None:
    """Bring the index up to date, for commands: build it where there is none, leave it to another process
    that is at it already."""
    try:
        open_searcher()
        catch_up()
    except IndexUnavailable:
        with contextlib.suppress(IndexBusy):
            rebuild()


def _catch_up_for_reader() -> None:
    try:
        open_searcher()
        catch_up(limit=READER_LIMIT, patience=READER_PATIENCE)
    except IndexBusy:
        pass  # another process is indexing: answer from what is there, and say how much is pending
    except IndexUnavailable:
        if Article.objects.all()[SMALL_ARCHIVE : SMALL_ARCHIVE + 1].exists():
            raise
        _build_small_index()


def _build_small_index() -> None:
    try:
        rebuild()
    except IndexBusy:
        raise IndexUnavailable("The search index is being built. Try again in a moment.") from None
