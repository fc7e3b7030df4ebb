"""Making two people, places or topics of one: a new one gets those of its articles that are about another."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.database.bulk import insert_instances
from articles.history import occasion
from articles.models import Link, Namesakes, Occasion, Subject, SubjectKind
from articles.models.tree import in_parts

from .merged_values import IDENTIFIERS


class SplitRefused(Exception):
    """It cannot be split. The message is a sentence."""


@dataclass(frozen=True)
class Split:
    made: Subject
    occasion: Occasion
    moved: int


def split(
    kind: SubjectKind,
    subject: int,
    articles: Collection[int],
    values: Mapping[str, object],
    aliases: Collection[int] = (),
    user=None,
    why: str = "",
) -> Split:
    """A new subject with these `values` gets the links of the chosen articles (ids), and the chosen other names (ids).

    The old one is rejected for these articles: the names in their texts would lead a machine to link it again. An
    identifier of the old one among the values moves with it. Raises SplitRefused.
    """
    with transaction.atomic():
        old = kind.model.objects.select_for_update().filter(pk=subject).first()
        if old is None:
            raise SplitRefused(_("This was merged or removed meanwhile. Look for it again."))
        what = _("Split “%(new)s” from “%(old)s”") % {"new": values["name"], "old": old}
        with occasion(what, user, why.strip()) as done:
            made = _make(kind, old, values)
            moved = sum(_move_links(kind, old, made, part, user) for part in in_parts(articles))
            if not moved:
                raise SplitRefused(_("Choose at least one article of “%(name)s”.") % {"name": old})
            kind.alias.objects.filter(subject=old, pk__in=aliases).exclude(name=made.name).update(subject=made)
            kind.alias.objects.filter(subject=old, pk__in=aliases).delete()
            Namesakes.objects.create(
                kind=kind.name, first_id=min(old.pk, made.pk), second_id=max(old.pk, made.pk), decided_by=user
            )
        if user is not None:
            LogEntry.objects.log_actions(user.pk, [made], ADDITION, what)
            LogEntry.objects.log_actions(user.pk, [old], CHANGE, what)
    return Split(made, done, moved)


def movable_links(kind: SubjectKind, subject: int) -> QuerySet:
    """What a split may move. That an article is not about the subject says nothing about another."""
    return kind.link.objects.filter(subject=subject, status__in=[Link.Status.ACCEPTED, Link.Status.SUGGESTED])


def _make(kind: SubjectKind, old: Subject, values: Mapping[str, object]) -> Subject:
    """An identifier may stand only once: it goes from the old one first."""
    given_up = {
        name: old._meta.get_field(name).get_default()
        for name in IDENTIFIERS
        if values.get(name) and getattr(old, name, None) == values[name]
    }
    if given_up:
        kind.model.objects.filter(pk=old.pk).update(**given_up)
    made = kind.model(**values)
    made.save()
    return made


def _move_links(kind: SubjectKind, old: Subject, made: Subject, articles: list[int], user) -> int:
    """Statuses stay; that the links are about the new one, and not about the old one, is the user's decision."""
    now = timezone.now()
    links = movable_links(kind, old.pk).filter(article__in=articles)
    rejected = [
        kind.link(
            article_id=article, subject=old, origin=origin, status=Link.Status.REJECTED, decided_by=user, decided_at=now
        )
        for article, origin in links.values_list("article", "origin")
    ]
    links.update(subject=made, decided_by=user, decided_at=now)
    if rejected:
        insert_instances(rejected, [field.name for field in kind.link._meta.concrete_fields if field.name != "id"])
    return len(rejected)
