"""The article before and the article after one in time."""

from dataclasses import dataclass

from articles.models import Article
from articles.search import IndexUnavailable
from articles.search.beside import find_beside


@dataclass(frozen=True)
class Neighbours:
    previous: Article | None = None
    next: Article | None = None


def find_neighbours(article: Article) -> Neighbours:
    """None on either side for the first, the last, and an article without a date; and where there is no index."""
    try:
        beside = find_beside(article)
    except IndexUnavailable:
        return Neighbours()
    found = Article.objects.published().only("headline", "slug", "published_on", "language")
    found = found.in_bulk([beside.before, beside.after])
    return Neighbours(found.get(beside.before), found.get(beside.after))
