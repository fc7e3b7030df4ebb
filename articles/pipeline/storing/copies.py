"""Articles with exactly the same text as others, under other ids: kept, and grouped."""

from collections import defaultdict
from collections.abc import Iterable

from articles.models import Article, TextGroup
from articles.pipeline.records import ArticleRecord


def known_copies(new: dict[str, ArticleRecord]) -> set[str]:
    """The keys of new records whose text the archive has, or an earlier one of them."""
    known = set(_same_texts(record.fingerprint for record in new.values()).values_list("fingerprint", flat=True))
    copies = set()
    for key, record in new.items():
        if record.fingerprint in known:
            copies.add(key)
        known.add(record.fingerprint)
    return copies


def group_copies(fingerprints: Iterable[str]) -> None:
    """Put articles with the same one of these fingerprints into a group, that of the others if they have one."""
    members: dict[str, list[Article]] = defaultdict(list)
    for article in _same_texts(fingerprints).only("pk", "fingerprint", "text_group").order_by("pk"):
        members[article.fingerprint].append(article)
    for articles in members.values():
        if len(articles) > 1:
            group = next((article.text_group_id for article in articles if article.text_group_id), None)
            group = group or TextGroup.objects.create().pk
            alone = [article.pk for article in articles if not article.text_group_id]
            Article.objects.filter(pk__in=alone).update(text_group=group)


def dissolve_lonely_groups(groups: Iterable[int]) -> None:
    """Remove the groups that have lost all members but one."""
    for group in TextGroup.objects.filter(pk__in=set(groups)).prefetch_related("articles"):
        if len(group.articles.all()) < 2:
            group.delete()


def _same_texts(fingerprints: Iterable[str]):
    return Article.objects.filter(fingerprint__in=set(fingerprints))
