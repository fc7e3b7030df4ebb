"""The links of merged subjects: one for each article, the strongest decision wins."""

from collections.abc import Iterable, Sequence

from django.db.models import Case, Count, F, Max, Q, Value, When, Window
from django.db.models.functions import RowNumber

from articles.models import Link, Subject, SubjectKind
from articles.models.tree import in_parts

BY_PERSON = Q(decided_at__isnull=False) | Q(origin=Link.Origin.EDITOR)
ACCEPTED = Q(status=Link.Status.ACCEPTED)
# A person's word before a machine's, “it is about her” before “it is not”: one of the names was the right one.
STRENGTH = Case(
    When(BY_PERSON & ACCEPTED, then=Value(0)),
    When(BY_PERSON, then=Value(1)),
    When(ACCEPTED, then=Value(2)),
    When(status=Link.Status.SUGGESTED, then=Value(3)),
    default=Value(4),
)
ORIGINS = Case(
    *(When(origin=origin, then=Value(number)) for number, origin in enumerate(("editor", "source", "match"))),
    default=Value(3),
)


def move_links(kind: SubjectKind, survivor: Subject, others: Sequence[Subject]) -> tuple[int, int]:
    """(links that moved to the survivor, links that were one too many). A few statements, however many links."""
    combined = _combine(kind, survivor, others)
    moved = kind.link.objects.filter(subject__in=others).update(subject=survivor)
    return moved, combined


def _combine(kind: SubjectKind, survivor: Subject, others: Sequence[Subject]) -> int:
    """Of several links of an article the strongest stays, with the most mentions and the highest confidence."""
    raised: dict[tuple[int, float], list[int]] = {}
    weaker = []
    for pk, rank, *values in _links_of_shared_articles(kind, survivor, others):
        mentions, confidence, *most = values
        if rank > 1:
            weaker.append(pk)
        elif [mentions, confidence] != most:
            raised.setdefault(tuple(most), []).append(pk)
    for part in in_parts(weaker):
        kind.link.objects.filter(pk__in=part).delete()
    for (mentions, confidence), ids in raised.items():
        for part in in_parts(ids):
            kind.link.objects.filter(pk__in=part).update(mentions=mentions, confidence=confidence)
    return len(weaker)


def _links_of_shared_articles(kind: SubjectKind, survivor: Subject, others: Sequence[Subject]) -> Iterable[tuple]:
    """(id, rank, mentions, confidence, most mentions, highest confidence) of each link to an article that several of
    the subjects have; rank 1 is the strongest."""
    own_first = Case(When(subject=survivor, then=Value(0)), default=Value(1))
    order = [STRENGTH, F("decided_at").desc(nulls_last=True), own_first, ORIGINS, F("confidence").desc(), F("pk")]
    of_article = {"partition_by": F("article")}
    links = kind.link.objects.filter(subject__in=[survivor, *others]).annotate(
        together=Window(Count("pk"), **of_article),
        rank=Window(RowNumber(), order_by=order, **of_article),
        most_mentions=Window(Max("mentions"), **of_article),
        highest_confidence=Window(Max("confidence"), **of_article),
    )
    shared = links.filter(together__gt=1)
    return shared.values_list("pk", "rank", "mentions", "confidence", "most_mentions", "highest_confidence")
