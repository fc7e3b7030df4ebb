"""The admin's search in articles: by the search index, as on the public pages, but in every status."""

from django.db.models import Model

from articles.models import SUBJECT_KINDS, Article, Source
from articles.search import NONE, ArticleQuery, IndexUnavailable, SearchPage, count_values, search

EVERY_STATUS = tuple(Article.Status.values)
SEARCH_LIMIT = 1_000
_FACET_OF = {Source: "source"} | {kind.model: kind.plural for kind in SUBJECT_KINDS.values()}


def search_articles(words: str) -> SearchPage:
    """The newest articles with these words. Raises IndexUnavailable."""
    return search(ArticleQuery(words=words, statuses=EVERY_STATUS), limit=SEARCH_LIMIT)


def most_frequent(facet: str, count: int) -> list:
    """The values of a facet that most articles have; none while there is no index."""
    try:
        page = search(ArticleQuery(statuses=EVERY_STATUS), limit=0, facets={facet: count})
    except IndexUnavailable:
        return []
    return [found.value for found in page.facets[facet]]


def article_counts(model: type[Model], statuses: tuple[str, ...] = EVERY_STATUS) -> dict[int, int] | None:
    """{id: how many articles}, of people, places, topics or sources that have any; None while there is no index."""
    try:
        counts = count_values(_FACET_OF[model], ArticleQuery(statuses=statuses))
    except IndexUnavailable:
        return None
    counts.pop(NONE, None)
    return counts
