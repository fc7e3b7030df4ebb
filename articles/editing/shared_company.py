"""Whom and what two records appear with: the same company makes it likelier that they are the same."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from articles.models import SubjectKind

from .companions import SubjectKey, companions_in

# So many of the latest articles of each are looked at.
SAMPLE = 10
# Who appears with so large a part of all says nothing about any; among few, everybody says something.
COMMON, FEW = 0.05, 40
MOST_KEPT = 5


def shared_company(kind: SubjectKind, pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], list[SubjectKey]]:
    """For each pair of ids the companions of both, the rarest first; pairs without any are left out."""
    pairs = list(pairs)
    companions = _companions(kind, {id for pair in pairs for id in pair})
    frequency = Counter(companion for found in companions.values() for companion in found)
    most = max(FEW, COMMON * len(companions))
    shared = {}
    for one, other in pairs:
        both = [each for each in companions[one] & companions[other] if frequency[each] <= most]
        if both:
            shared[one, other] = sorted(both, key=lambda each: (frequency[each], each))[:MOST_KEPT]
    return shared


def _companions(kind: SubjectKind, subjects: set[int]) -> dict[int, set[SubjectKey]]:
    articles: dict[int, list[int]] = defaultdict(list)
    for subject in subjects:
        links = kind.link.objects.accepted().filter(subject=subject).order_by("-pk")
        for article in links.values_list("article", flat=True)[:SAMPLE]:
            articles[article].append(subject)
    companions: dict[int, set[SubjectKey]] = defaultdict(set)
    for article, companion in companions_in(articles):
        for subject in articles[article]:
            if companion != (kind.name, subject):
                companions[subject].add(companion)
    return companions
