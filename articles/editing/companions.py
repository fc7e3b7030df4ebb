"""What else the articles about somebody or something are about: its companions."""

from collections.abc import Iterable, Iterator

from articles.models import SUBJECT_KINDS
from articles.models.tree import in_parts

# (kind of subject, id)
SubjectKey = tuple[str, int]


def companions_in(articles: Iterable[int]) -> Iterator[tuple[int, SubjectKey]]:
    """(article, whom or what it is about), in no order: a query for each kind, and for every PART of the articles."""
    articles = list(articles)
    for kind in SUBJECT_KINDS.values():
        links = kind.link.objects.accepted()
        for part in in_parts(articles):
            for article, id in links.filter(article__in=part).values_list("article", "subject"):
                yield article, (kind.name, id)


def names_of(companions: Iterable[SubjectKey]) -> dict[SubjectKey, str]:
    """Without those that are not in the archive any more."""
    names: dict[SubjectKey, str] = {}
    companions = list(companions)
    for kind in SUBJECT_KINDS.values():
        for part in in_parts([id for name, id in companions if name == kind.name]):
            found = kind.model.objects.filter(pk__in=part).values_list("pk", "name")
            names.update({(kind.name, id): name for id, name in found})
    return names
