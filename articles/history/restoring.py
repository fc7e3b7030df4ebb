"""Taking back many changes of one table at once: rows that were made, changed, removed.

Each function returns what stays as it is, and why; a row whose place is taken raises IntegrityError.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _

from articles.models import Change

from .references import Targets, needed_by_others
from .values import fields_of, is_still, python_value

Model = type[models.Model]
# What a column was before a change, and what it was afterwards.
BEFORE, AFTER = 0, 1


@dataclass(frozen=True)
class Left:
    """A row, or the model of one that is not there, and why it stays so."""

    what: models.Model | Model
    reason: str

    @property
    def label(self) -> str:
        return str(self.what if isinstance(self.what, models.Model) else self.what._meta.verbose_name)


def remove_rows(model: Model, run: list[Change]) -> list[Left]:
    """What was made goes, unless it was changed since or others need it."""
    rows, left, removable = _rows_of(model, run), [], set()
    for change in run:
        row = rows.get(change.object_id)
        if row is None:
            continue
        _values, changed = _values_before(row, change)
        if changed:
            left.append(Left(row, changed))
        else:
            removable.add(row.pk)
    needed = needed_by_others(model, removable)
    model._base_manager.filter(pk__in=removable - needed).delete()
    return left + [Left(rows[pk], _("is used by others and stays.")) for pk in needed]


def restore_rows(model: Model, run: list[Change]) -> list[Left]:
    """What was changed is as before, column by column, unless it was changed since."""
    rows, targets, left, restored = _rows_of(model, run), Targets(model, run), [], []
    for change in run:
        row = rows.get(change.object_id)
        if row is None:
            left.append(Left(model, _("was removed since.")))
            continue
        values, reason = _values_before(row, change)
        if targets.leave_out_gone(values):
            reason = reason or _("what it belonged to is gone.")
        if reason:
            left.append(Left(row, reason))
        restored.append((row.pk, values))
    _update(model, restored)
    return left


def bring_back_rows(model: Model, run: list[Change]) -> list[Left]:
    """What was removed is there again, with its old id, unless what it belonged to is gone."""
    rows, targets, left, made = _rows_of(model, run), Targets(model, run), [], []
    for change in run:
        if change.object_id in rows:
            continue
        values = {field.attname: python_value(field, change.fields[field.column][BEFORE])
                  for field in fields_of(model, change.fields)}  # fmt: skip
        if targets.leave_out_gone(values):
            left.append(Left(model, _("what it belonged to is gone.")))
        else:
            made.append(model(pk=change.object_id, **values))
    _insert(model, made)
    return left


TAKE_BACK: dict[str, Callable[[Model, list[Change]], list[Left]]] = {
    Change.Action.INSERT: remove_rows,
    Change.Action.UPDATE: restore_rows,
    Change.Action.DELETE: bring_back_rows,
}


def _rows_of(model: Model, run: list[Change]) -> dict[int, models.Model]:
    return model._base_manager.in_bulk([change.object_id for change in run])


def _values_before(row: models.Model, change: Change) -> tuple[dict[str, object], str]:
    """The values of the columns that are still what the change made of them; a sentence that names the others."""
    values, changed = {}, []
    for field in fields_of(type(row), change.fields):
        before, after = change.fields[field.column]
        if is_still(field, row, after):
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
    numbers = [(row.pk, {"batch_id": row.batch_id}) for row in made if getattr(row, "batch_id", None)]
    for row in made:
        if hasattr(row, "batch_id"):
            row.batch_id = None
    model._base_manager.bulk_create(made)
    _update(model, numbers)
