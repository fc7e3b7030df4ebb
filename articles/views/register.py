"""Registers: what is listed of people, places, topics and sources, in which order. Pages and the API ask here."""

from collections.abc import Container, Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext

from articles.models import Subject, SubjectKind
from articles.models.slugs import RESERVED_SLUG

from .ordered_names import ordered_names


class UnknownParent(Exception):
    """Nothing has the slug that `part_of` gives. Carries a sentence."""


def find_parent(kind: SubjectKind, slug: str) -> Subject | None:
    """What a list shows the parts of; None, too, where it shows what is part of nothing (`part_of=none`)."""
    if not slug or (slug == RESERVED_SLUG and kind.is_tree):
        return None
    parent = kind.model.objects.filter(slug=slug).first() if kind.is_tree else None
    if parent is None:
        raise UnknownParent(gettext("“%s” is not known here, so that nothing can be a part of it.") % slug)
    return parent


def find_subjects(kind: SubjectKind, part_of: str, words: str) -> QuerySet:
    """Those that are asked for, whether they have articles or not. Raises `UnknownParent`."""
    rows = kind.model.objects.all()
    if part_of:
        rows = rows.filter(parent=find_parent(kind, part_of))
    return rows.called(words) if words else rows


def ids_by_name(rows: QuerySet, used: Container[int], with_unused: bool) -> list[int]:
    """The ids of these rows, in the order of the register."""
    ids = ordered_names(rows.model).ids
    if rows.query.has_filters():
        found = set(rows.order_by().values_list("pk", flat=True))
        ids = [id for id in ids if id in found]
    return list(ids) if with_unused else [id for id in ids if id in used]


def most_frequent_first(ids: list[int], counts: Mapping[int, int]) -> list[int]:
    """Among equals, the order stays."""
    return sorted(ids, key=lambda id: -counts.get(id, 0))
