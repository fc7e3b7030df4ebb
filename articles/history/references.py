"""Which rows point at which: so that taking back leaves nothing that points at a row that is gone."""

from collections.abc import Iterator, Sequence

from django.db import models

from articles.models import Change

from .values import BEFORE

Model = type[models.Model]


def needed_by_others(model: Model, ids: set[int]) -> set[int]:
    """Those of these rows that other rows point at, and those that these need in turn."""
    needed: set[int] = set()
    while found := set(_pointed_at(model, ids - needed)):
        needed |= found
    return needed


def _pointed_at(model: Model, ids: set[int]) -> Iterator[int]:
    for relation in model._meta.get_fields(include_hidden=True):
        if not _is_pointer(relation):
            continue
        name = relation.field.attname
        users = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": ids})
        if relation.related_model is model:
            users = users.exclude(pk__in=ids)
        yield from users.order_by().values_list(name, flat=True).distinct()


def _is_pointer(relation) -> bool:
    """Whether it is a key of a table that people write in. The tables between two others come and go by themselves."""
    is_reverse = relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)
    return bool(is_reverse and not relation.related_model._meta.auto_created)


class Targets:
    """What the rows of a run of changes pointed at before: whether it is there."""

    def __init__(self, model: Model, run: Sequence) -> None:
        self._keys = [field for field in model._meta.concrete_fields if field.many_to_one]
        own = {step.object_id for step in run if step.action == Change.Action.DELETE}
        self._there = {}
        for key in self._keys:
            ids = {step.fields[key.column][BEFORE] for step in run if key.column in step.fields} - {None}
            found = key.related_model._base_manager.filter(pk__in=ids).values_list("pk", flat=True) if ids else ()
            self._there[key.attname] = {None, *found, *(own if key.related_model is model else ())}

    def leave_out_gone(self, values: dict[str, object]) -> bool:
        """Empties the keys of `values` whose row is gone; leaves those out that cannot be empty: True if there are
        any."""
        kept = [key for key in self._keys if key.attname in values]
        gone = [key for key in kept if values[key.attname] not in self._there[key.attname]]
        for key in gone:
            if key.null:
                values[key.attname] = None
            else:
                del values[key.attname]
        return any(not key.null for key in gone)
