"""The admin's search in articles: by the search index, as on the public pages, but in every status."""

from articles.models import SUBJECT_KINDS, Article, Subject
from articles.search import NONE, ArticleQuery, IndexUnavailable, SearchPage, count_values, search

EVERY_STATUS = tuple(Article.Status.values)
SEARCH_LIMIT = 1_000


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


def link_counts(model: type[Subject], query: ArticleQuery) -> dict[int, int] | None:
    """{id: how many of these articles are linked to it}, of those that have any; None where it is not known.

    Of 50,000 people in 20 ms, where the database needs 300. Of kinds that are trees the index counts whole branches.
    """
    kind = SUBJECT_KINDS[model._meta.model_name]
    if kind.is_tree:
        return None
    try:
        counts = count_values(kind.plural, query)
    except IndexUnavailable:
        return None
    counts.pop(NONE, None)
    return counts
