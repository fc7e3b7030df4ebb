"""Taking back many changes of one table at once: rows that were made, changed, removed.

Each function returns what stays as it is, and why; a row whose place is taken raises IntegrityError. Rows are read as
dictionaries: an occasion may have changed 100,000.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection, models
from django.utils.translation import gettext as _

from articles.database.bulk import insert_instances
from articles.models import Change

from .references import Targets, needed_by_others
from .values import BEFORE, fields_of, is_still, python_value

Model = type[models.Model]


class Step(NamedTuple):
    """A change as it is taken back. `fields` maps each column to [before, after]."""

    table: str
    object_id: int
    action: str
    fields: dict[str, list]


@dataclass(frozen=True)
class Left:
    """Something that stays as it is, and why. `pk` is None where there is no row."""

    model: Model
    pk: int | None
    reason: str

    def __str__(self) -> str:
        row = self.pk and self.model._base_manager.filter(pk=self.pk).first()
        return f"{row or self.model._meta.verbose_name}: {self.reason}"


def remove_rows(model: Model, run: Sequence[Step]) -> list[Left]:
    """What was made goes, unless it was changed since or others need it."""
    rows, left, removable = _rows_of(model, run), [], set()
    for step in run:
        row = rows.get(step.object_id)
        if row is None:
            continue
        _values, changed = _values_before(model, row, step)
        if changed:
            left.append(Left(model, step.object_id, changed))
        else:
            removable.add(step.object_id)
    needed = needed_by_others(model, removable)
    model._base_manager.filter(pk__in=removable - needed).delete()
    return left + [Left(model, pk, _("is used by others and stays.")) for pk in needed]


def restore_rows(model: Model, run: Sequence[Step]) -> list[Left]:
    """What was changed is as before, column by column, unless it was changed since."""
    rows, targets, left, restored = _rows_of(model, run), Targets(model, run), [], []
    for step in run:
        row = rows.get(step.object_id)
        if row is None:
            left.append(Left(model, None, _("was removed since.")))
            continue
        values, reason = _values_before(model, row, step)
        if targets.leave_out_gone(values):
            reason = reason or _("what it belonged to is gone.")
        if reason:
            left.append(Left(model, step.object_id, reason))
        restored.append((step.object_id, values))
    _update(model, restored)
    return left


def bring_back_rows(model: Model, run: Sequence[Step]) -> list[Left]:
    """What was removed is there again, with its old id, unless what it belonged to is gone."""
    there, targets, left, made = _rows_of(model, run), Targets(model, run), [], []
    for step in run:
        if step.object_id in there:
            continue
        fields = fields_of(model, step.fields)
        values = {field.attname: python_value(field, step.fields[field.column][BEFORE]) for field in fields}
        if targets.leave_out_gone(values):
            left.append(Left(model, None, _("what it belonged to is gone.")))
        else:
            made.append(model(pk=step.object_id, **values))
    if made:
        _insert(model, made)
    return left


TAKE_BACK: dict[str, Callable[[Model, Sequence[Step]], list[Left]]] = {
    Change.Action.INSERT: remove_rows,
    Change.Action.UPDATE: restore_rows,
    Change.Action.DELETE: bring_back_rows,
}


def _rows_of(model: Model, run: Sequence[Step]) -> dict[int, dict]:
    """The rows of these changes that are there, with the columns that matter, by id. Nobody else changes them before
    this transaction ends: what is compared now is so when it is written."""
    names = {field.attname for field in fields_of(model, set().union(*(step.fields for step in run)))}
    rows = model._base_manager.filter(pk__in=[step.object_id for step in run]).order_by("pk").select_for_update()
    return {row["pk"]: row for row in rows.values("pk", *names)}


def _values_before(model: Model, row: dict, step: Step) -> tuple[dict[str, object], str]:
    """The values of the columns that are still what the change made of them; a sentence that names the others."""
    values, changed = {}, []
    for field in fields_of(model, step.fields):
        before, after = step.fields[field.column]
        if is_still(field, row[field.attname], after):
            values[field.attname] = python_value(field, before)
        else:
            changed.append(str(field.verbose_name))
    return values, _("%(fields)s changed since.") % {"fields": ", ".join(changed)} if changed else ""


def _update(model: Model, restored: list[tuple[int, dict[str, object]]]) -> None:
    """One statement for all rows that get the same values. Past `save` of the models, which would add to what is
    restored: a former slug, the time."""
    groups: dict[str, tuple[dict[str, object], list[int]]] = {}
    for pk, values in restored:
        if values:
            groups.setdefault(repr(values), (values, []))[1].append(pk)
    for values, ids in groups.values():
        model._base_manager.filter(pk__in=ids).update(**values)


def _insert(model: Model, made: list[models.Model]) -> None:
    """The history does not record what is made with an import's number: so the number is given afterwards."""
    imported = [row for row in made if getattr(row, "batch_id", None)]
    numbers = [(row.pk, {"batch_id": row.batch_id}) for row in imported]
    for row in imported:
        row.batch_id = None
    with connection.wrap_database_errors:
        insert_instances(made, [field.name for field in model._meta.concrete_fields if not field.generated])
    _update(model, numbers)
