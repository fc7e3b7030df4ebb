"""Search: ask with an `ArticleQuery`, get a `SearchPage`. Nothing outside knows which engine answers."""

import contextlib
import functools
import logging
from collections.abc import Iterable, Iterator, Mapping

from articles.database.transactions import is_inside_transaction
from articles.models import Article

from .engine import Answerer, find_named
from .files import IndexBusy, IndexNotWritten, IndexUnavailable, open_latest
from .language import Note
from .passages import Fragment, make_snippets
from .query import NONE, SORTS, ArticleQuery, FacetChoice, FacetCount, Period, SearchPage, Value
from .queue import catch_up, pending_changes
from .rebuilding import rebuild
from .walking import walk

logger = logging.getLogger(__name__)

__all__ = [
    "NONE",
    "SORTS",
    "ArticleQuery",
    "FacetChoice",
    "FacetCount",
    "Fragment",
    "IndexBusy",
    "IndexNotWritten",
    "IndexUnavailable",
    "Note",
    "Period",
    "SearchPage",
    "Value",
    "all_ids",
    "catch_up",
    "count_values",
    "rebuild",
    "search",
    "snippets",
    "totals",
    "update_index",
]

# What a page does before it answers: index up to so many changes, wait up to so many seconds for another
# process that is at it. An archive up to this size is built on the spot where there is no index.
READER_LIMIT = 5_000
READER_PATIENCE = 2.0
SMALL_ARCHIVE = 5_000
# With no more results than this, another spelling is looked for.
FEW_RESULTS = 5


def search(
    query: ArticleQuery,
    offset: int = 0,
    limit: int = 20,
    facets: Mapping[str, int] | None = None,
    with_periods: bool = False,
    with_suggestion: bool = False,
) -> SearchPage:
    """One page of the articles that `query` asks for.

    `facets` maps the name of each facet to count to the number of values wanted; `with_periods` asks for the
    histogram, `with_suggestion` for another spelling where little is found. Changes that are committed in the database
    are in the answer, unless they are too many to index now, or a transaction is open: `pending` says so. Raises
    `IndexUnavailable` with a sentence that says what to do.
    """
    catch_up_for_reader()
    answerer = Answerer(open_latest(), query)
    return SearchPage(
        ids=answerer.ids(offset, limit) if limit and offset < answerer.total else [],
        total=answerer.total,
        facets=answerer.facets(facets) if facets else {},
        periods=answerer.periods() if with_periods else [],
        notes=answerer.notes,
        suggestion=_better_spelling(answerer) if with_suggestion else None,
        pending=pending_changes(),
    )


def snippets(query: ArticleQuery, articles: Iterable[Article]) -> dict[int, list[Fragment]]:
    """For each article in whose text the words stand, the passage around them. Give the articles of one page."""
    if not query.words:
        return {}
    words_only = Answerer(
        open_latest(),
        ArticleQuery(words=query.words, statuses=query.statuses),
        find=lambda facet, text: (),  # no snippet shows a name that was asked for
    )
    return make_snippets(articles, words_only.built, words_only.searcher, words_only.schema)


def all_ids(query: ArticleQuery) -> Iterator[int]:
    """The id of every article that `query` asks for, from one state of the index: see `walk`.

    Looks for the index at once, so that `IndexUnavailable` comes before the first id and not among them.
    """
    catch_up_for_reader()
    return walk(Answerer(open_latest(), query))


def totals(queries: Iterable[ArticleQuery]) -> list[int]:
    """How many articles each of several questions finds."""
    opened, find = open_latest(), functools.cache(find_named)
    return [Answerer(opened, query, find).total for query in queries]


def count_values(facet: str, query: ArticleQuery | None = None) -> dict[Value, int]:
    """How many articles each value of a facet has, for all values that have any."""
    page = search(query or ArticleQuery(), limit=0, facets={facet: 1_000_000})
    return {count.value: count.count for count in page.facets[facet]}


def update_index() -> None:
    """Bring the index up to date, for commands: build it where there is none, leave it to another process
    that is at it already."""
    try:
        open_latest()
        catch_up()
    except IndexUnavailable:
        with contextlib.suppress(IndexBusy):
            rebuild()


def catch_up_for_reader() -> None:
    try:
        open_latest()
        catch_up(limit=READER_LIMIT, patience=READER_PATIENCE)
    except IndexBusy:
        pass  # another process is indexing: answer from what is there, and say how much is pending
    except IndexNotWritten as error:
        logger.error("%s", error)  # readers are told how much is pending
    except IndexUnavailable:
        if is_inside_transaction() or Article.objects.all()[SMALL_ARCHIVE : SMALL_ARCHIVE + 1].exists():
            raise
        _build_small_index()


def _better_spelling(answerer: Answerer) -> str | None:
    """Another spelling of the words, if they find little and it finds more."""
    if not answerer.query.words or answerer.total > FEW_RESULTS:
        return None
    suggestion = answerer.suggestion()
    if suggestion is None or answerer.total_with(suggestion) <= answerer.total:
        return None
    return suggestion


def _build_small_index() -> None:
    try:
        rebuild()
    except IndexBusy:
        raise IndexUnavailable("The search index is being built. Try again in a moment.") from None
    except IndexNotWritten as error:
        raise IndexUnavailable(str(error)) from error
