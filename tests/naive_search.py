"""What an archive must answer, counted row by row: the model that the search index is held against.

Reads the rows of the database with the plainest means and knows nothing of the index.
"""

import datetime
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from articles.models import Article, Place, Topic
from articles.search import NONE, ArticleQuery, FacetChoice, Value
from articles.search.language import parse_search
from tests.naive_words import matches

FACETS = ("people", "places", "topics", "source", "language", "year")


@dataclass
class NaiveArticle:
    """An article, and the values that it has in each facet: NONE where it has none."""

    article: Article
    values: dict[str, set[Value]]


class NaiveSearch:
    """The archive as it is when this is made."""

    def __init__(self) -> None:
        related = ("person_links__subject__aliases", "place_links__subject__aliases", "topic_links__subject__aliases")
        self._parents = {model: dict(model.objects.values_list("pk", "parent_id")) for model in (Place, Topic)}
        self.articles = [
            NaiveArticle(article, self._values(article))
            for article in Article.objects.select_related("source").prefetch_related(*related)
        ]

    def ids(self, query: ArticleQuery) -> list[int]:
        """All ids, in order; by relevance in any order."""
        return [found.article.pk for found in sorted(self._found(query), key=_order(query.sort))]

    def counts(self, query: ArticleQuery, facet: str) -> dict[Value, int]:
        """The count of every value that has any or is chosen. Without the facet's own choice, if that is an OR."""
        choice = query.facets.get(facet, FacetChoice())
        if choice.values and not choice.match_all:
            query = query.with_choice(facet, FacetChoice(excluded=choice.excluded))
        counts = Counter(value for found in self._found(query) for value in found.values[facet])
        return {**dict.fromkeys(choice.values, 0), **counts}

    def values(self, facet: str) -> list[Value]:
        """Every value that any article has."""
        return sorted({value for each in self.articles for value in each.values[facet]}, key=str)

    def _found(self, query: ArticleQuery) -> list[NaiveArticle]:
        tree, _ = parse_search(query.words)
        return [each for each in self.articles if _fits(each, query) and matches(tree, each.article)]

    def _values(self, article: Article) -> dict[str, set[Value]]:
        people = {link.subject_id for link in article.person_links.all() if link.status == "accepted"}
        places = {link.subject_id for link in article.place_links.all() if link.status == "accepted"}
        topics = {link.subject_id for link in article.topic_links.all() if link.status == "accepted"}
        values = {
            "people": people,
            "places": self._with_all_above(Place, places),
            "topics": self._with_all_above(Topic, topics),
            "source": {article.source_id} - {None},
            "language": {article.language} - {""},
            "year": {article.published_on.year} if article.published_on else set(),
        }
        return {facet: found or {NONE} for facet, found in values.items()}

    def _with_all_above(self, model: type, ids: set[int]) -> set[int]:
        waiting, found = list(ids), set()
        while waiting:
            id = waiting.pop()
            if id is not None and id not in found:
                found.add(id)
                waiting.append(self._parents[model][id])
        return found


def _fits(each: NaiveArticle, query: ArticleQuery) -> bool:
    day = each.article.published_on
    if each.article.status not in query.statuses:
        return False
    if query.first_day and (day is None or day < query.first_day):
        return False
    if query.last_day and (day is None or day > query.last_day):
        return False
    return all(_has_chosen(each.values[facet], choice) for facet, choice in query.facets.items())


def _has_chosen(values: set[Value], choice: FacetChoice) -> bool:
    if any(value in values for value in choice.excluded):
        return False
    if not choice.values:
        return True
    decide = all if choice.match_all else any
    return decide(value in values for value in choice.values)


def _order(sort: str) -> Callable[[NaiveArticle], tuple]:
    """Undated articles come last in both directions; among equals the latest row comes first."""
    direction = 1 if sort == "oldest" else -1

    def key(each: NaiveArticle) -> tuple:
        day, time = each.article.published_on, each.article.published_at
        if day is None:
            return (1, 0, -1, -each.article.pk)
        minute = _within(day, time).timestamp() // 60 if time else -math.inf
        return (0, direction * day.toordinal(), direction * minute, -each.article.pk)

    return key


def _within(day: datetime.date, time: datetime.datetime) -> datetime.datetime:
    """The time, or the nearest at which it was this day anywhere in the world."""
    midnight = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    return min(max(time, midnight - datetime.timedelta(hours=14)), midnight + datetime.timedelta(hours=36))
