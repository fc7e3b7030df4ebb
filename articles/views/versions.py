"""Other articles that are versions of the same text: corrections, copies under other ids."""

from collections.abc import Iterable

from django.db.models import Count

from articles.models import Article

MOST_VERSIONS = 50


def other_versions(article: Article) -> list[Article]:
    """The published ones, newest first."""
    if article.text_group_id is None:
        return []
    versions = Article.objects.published().filter(text_group=article.text_group_id).exclude(pk=article.pk)
    return list(versions.for_list().newest_first()[:MOST_VERSIONS])


def count_versions(articles: Iterable[Article]) -> dict[int, int]:
    """For each article that has other published versions, how many. One query for a page of a list."""
    groups = {article.pk: article.text_group_id for article in articles if article.text_group_id}
    if not groups:
        return {}
    versions = Article.objects.published().filter(text_group__in=set(groups.values()))
    sizes = dict(versions.order_by().values("text_group").annotate(size=Count("pk")).values_list("text_group", "size"))
    return {pk: sizes[group] - 1 for pk, group in groups.items() if sizes.get(group, 0) > 1}
