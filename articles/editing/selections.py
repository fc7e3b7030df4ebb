"""Many articles to work on: those that were chosen, or all that a list matches, taken by their ids in rising order.

What is behind an id is asked for anew for each portion, so that work can go on where it was broken off.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Protocol

from django.db.models import Max, QuerySet

from articles.models import Article
from articles.models.tree import in_parts
from articles.search import ArticleQuery, all_ids, catch_up


@dataclass(frozen=True)
class Portion:
    """Articles, and the id up to which that is all."""

    ids: list[int]
    last: int


@dataclass(frozen=True)
class Newest:
    """Some of the articles, the newest first; `is_all` unless there are more."""

    ids: list[int]
    is_all: bool


class Selection(Protocol):
    def newest(self, limit: int) -> Newest: ...

    def count(self) -> int: ...

    def after(self, id: int, limit: int) -> Portion | None:
        """The next articles; None at the end. Also a portion without ids may be followed by others."""


class MatchedArticles:
    """All rows of a queryset of articles, none of which is newer than the article with the id `last`."""

    def __init__(self, articles: QuerySet[Article], last: int) -> None:
        self._articles = articles.filter(pk__lte=last).order_by("pk")

    def newest(self, limit: int) -> Newest:
        ids = list(self._articles.order_by("-pk").values_list("pk", flat=True)[: limit + 1])
        return Newest(ids[:limit], len(ids) <= limit)

    def count(self) -> int:
        return self._articles.count()

    def after(self, id: int, limit: int) -> Portion | None:
        ids = list(self._articles.filter(pk__gt=id).values_list("pk", flat=True)[:limit])
        return Portion(ids, ids[-1]) if ids else None


class ChosenArticles(MatchedArticles):
    def __init__(self, articles: QuerySet[Article], ids: Iterable[int]) -> None:
        ids = list(ids)
        super().__init__(articles.filter(pk__in=ids), max(ids, default=0))


class FoundArticles:
    """Those of a queryset in which words were found.

    The index finds them in the order of their dates and the work goes by ids: so the ids are held, 8 bytes each, and
    looked up a portion at a time.
    """

    def __init__(self, articles: QuerySet[Article], last: int, query: ArticleQuery) -> None:
        self._articles = articles.filter(pk__lte=last).order_by()
        self._query = query

    def newest(self, limit: int) -> Newest:
        """Raises IndexUnavailable."""
        found = list(islice(all_ids(self._query), limit + 1))
        matching = set(self._matching(found[:limit]))
        return Newest([id for id in found[:limit] if id in matching], len(found) <= limit)

    def count(self) -> int:
        return sum(1 for _id in self._matching(self._found))

    def after(self, id: int, limit: int) -> Portion | None:
        start = bisect_right(self._found, id)
        ids = self._found[start : start + limit].tolist()
        return Portion(sorted(self._matching(ids)), ids[-1]) if ids else None

    @cached_property
    def _found(self) -> array:
        catch_up()
        return array("q", sorted(all_ids(self._query)))

    def _matching(self, ids: Iterable[int]) -> Iterator[int]:
        for part in in_parts(ids):
            yield from self._articles.filter(pk__in=part).values_list("pk", flat=True)


def newest_id() -> int:
    """Of all articles: those that come later have higher ones."""
    return Article.objects.aggregate(newest=Max("pk"))["newest"] or 0


def portions(articles: Selection, limit: int) -> Iterator[list[int]]:
    last = 0
    while portion := articles.after(last, limit):
        yield portion.ids
        last = portion.last
