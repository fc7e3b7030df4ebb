"""Trees of places and topics, kept by a parent key and read level by level."""

from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

PART = 10_000


class TreeModel(models.Model):
    parent = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if not self.parent_id:
            return
        above = {self.parent_id, *ancestors_of(type(self), [self.parent_id])[self.parent_id]}
        if self.pk in above:
            raise ValidationError({"parent": _("This would make it a part of itself.")})

    def ancestors(self) -> list["TreeModel"]:
        """From the outermost to the parent."""
        ids = ancestors_of(type(self), [self.pk])[self.pk]
        found = type(self)._default_manager.in_bulk(ids)
        return [found[id] for id in reversed(ids)]


def tree_constraints(name: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(
            condition=Q(parent=None) | ~Q(parent=F("id")),
            name=f"{name}_not_its_own_parent",
            violation_error_message=_("Nothing can be a part of itself."),
        )
    ]


def ancestors_of(model: type[TreeModel], ids: Iterable[int]) -> dict[int, list[int]]:
    """For each id the ids above it, nearest first. One query a level, whatever the number of ids."""
    ids, parents = list(ids), {}
    level = set(ids)
    while level:
        rows: dict[int, int | None] = {}
        for part in in_parts(level):
            rows.update(model._default_manager.filter(pk__in=part).values_list("pk", "parent_id"))
        parents.update(rows)
        level = {parent for parent in rows.values() if parent} - parents.keys()
    return {id: climb(parents, id) for id in ids}


def descendants_of(model: type[TreeModel], ids: Iterable[int]) -> set[int]:
    """The ids and everything below them. One query a level."""
    found = level = set(ids)
    while level:
        children: set[int] = set()
        for part in in_parts(level):
            children.update(model._default_manager.filter(parent__in=part).values_list("pk", flat=True))
        level = children - found
        found = found | level
    return found


def in_parts(ids: Iterable[int]) -> Iterator[list[int]]:
    """SQLite takes a limited number of values in one question."""
    ids = list(ids)
    for start in range(0, len(ids), PART):
        yield ids[start : start + PART]


def climb(parents: dict[int, int | None], id: int) -> list[int]:
    """The ids above `id`, nearest first; stops where a loop closes."""
    path: list[int] = []
    current = parents.get(id)
    while current and current != id and current not in path:
        path.append(current)
        current = parents.get(current)
    return path
