"""Articles related to one that is being read. What “related” means is in articles/search/similar.py."""

from collections.abc import Iterable

from articles.models import Article
from articles.search import IndexUnavailable
from articles.search.similar import similar_articles

from .article_subjects import SubjectGroup

RELATED = 5
# As many more are asked for, should some be unpublished that the index has not followed yet.
SPARE = 3


def related_articles(article: Article, groups: list[SubjectGroup], versions: Iterable[Article]) -> list[Article]:
    """Other texts than its versions. Without an index nothing is related: the article can still be read."""
    subjects = {group.kind.plural: [subject.pk for subject in group.subjects] for group in groups}
    left_out = {version.pk for version in versions}
    try:
        ids = similar_articles(article, subjects, limit=RELATED + SPARE + len(left_out))
    except IndexUnavailable:
        return []
    found = Article.objects.published().for_list().in_order(id for id in ids if id not in left_out)
    return found[:RELATED]
