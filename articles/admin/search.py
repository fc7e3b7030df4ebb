"""The admin's search in articles: by the search index, as on the public pages, but in every status."""

from articles.models import Article
from articles.search import ArticleQuery, IndexUnavailable, SearchPage, search

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
