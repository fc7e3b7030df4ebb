"""The articles before and after one in time: the exact reverse of each other, in the order of the list, newest first.

The index is asked rather than the database: it reads on from the article's own sort key, among those of the same year
first, and takes the same time anywhere in an archive of any size.
"""

import datetime
from dataclasses import dataclass

from tantivy import FieldType, Occur, Order, Query

from articles.models import Article

from . import catch_up_for_reader
from .engine import Answerer
from .files import OpenIndex, open_latest
from .query import ArticleQuery, FacetChoice
from .schema import sort_keys
from .stretches import LARGEST_KEY


@dataclass(frozen=True)
class Beside:
    """Ids; None where there is nothing more."""

    before: int | None = None
    after: int | None = None


def find_beside(article: Article) -> Beside:
    """Published articles on both sides of one with a date. Raises `IndexUnavailable`."""
    if article.published_on is None:
        return Beside()
    catch_up_for_reader()
    opened, year = open_latest(), article.published_on.year
    key, _ = sort_keys(article.pk, article.published_on, article.published_at)
    same_year = ArticleQuery(facets={"year": FacetChoice((year,))})
    earlier = ArticleQuery(last_day=datetime.date(year - 1, 12, 31))
    later = ArticleQuery(first_day=datetime.date(year + 1, 1, 1))
    return Beside(
        before=_next(opened, same_year, 0, key - 1, Order.Desc) or _next(opened, earlier, 0, key - 1, Order.Desc),
        after=_next(opened, same_year, key + 1, LARGEST_KEY, Order.Asc)
        or _next(opened, later, key + 1, LARGEST_KEY, Order.Asc),
    )


def _next(opened: OpenIndex, query: ArticleQuery, lowest: int, highest: int, order: Order) -> int | None:
    """The first article of `query` whose sort key lies in the range."""
    answerer = Answerer(opened, query)
    keys = Query.range_query(answerer.schema, "newest", FieldType.Unsigned, lowest, highest)
    both = Query.boolean_query([(Occur.Must, answerer.built), (Occur.Must, keys)])
    hits = answerer.searcher.search(both, limit=1, count=False, order_by_field="newest", order=order).hits
    ids = answerer.searcher.fast_field_values("pk", [address for _, address in hits])
    return ids[0] if ids else None
