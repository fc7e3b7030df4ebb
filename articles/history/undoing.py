"""Taking back what was done on an occasion: newest change first, except for what was changed since."""

from dataclasses import dataclass, field

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from articles.models import Change, Occasion

from .recording import occasion
from .values import field_of, model_of, python_value


class UndoRefused(Exception):
    """It cannot be taken back. The message is a sentence."""


@dataclass
class TakenBack:
    """`occasion` is None if there was nothing to do; `left` has a sentence for each thing that was changed since."""

    occasion: Occasion | None = None
    changes: int = 0
    left: list[str] = field(default_factory=list)


def take_back(done: Occasion, user=None, why: str = "") -> TakenBack:
    """Undo all changes of an occasion. What was changed since stays, and is named. The undo is an occasion, too:
    it can be taken back in turn."""
    if hasattr(done, "undone_by"):
        raise UndoRefused(_("“%(what)s” was taken back already.") % {"what": done})
    result = TakenBack()
    with occasion(_("Taken back: %(what)s") % {"what": done.what}, user, why, undoes=done) as undo:
        for change in done.changes.order_by("-pk").iterator(500):
            _take_back_change(change, result)
        result.occasion = undo
    return result


def _take_back_change(change: Change, result: TakenBack) -> None:
    model = model_of(change.table)
    row = model._base_manager.filter(pk=change.object_id).first()
    undo = {Change.Action.INSERT: _remove, Change.Action.UPDATE: _restore, Change.Action.DELETE: _bring_back}
    reason = undo[change.action](model, row, change)
    if reason:
        result.left.append(f"{row or model._meta.verbose_name}: {reason}")
    else:
        result.changes += 1


def _remove(model: type[models.Model], row: models.Model | None, change: Change) -> str | None:
    if row is None:
        return None
    if changed := _changed_since(row, change, after=1):
        return changed
    try:
        with transaction.atomic():
            row.delete()
    except (IntegrityError, models.ProtectedError):
        return _("is used by others and stays.")
    return None


def _restore(model: type[models.Model], row: models.Model | None, change: Change) -> str | None:
    if row is None:
        return _("was removed since.")
    fields = {column: field_of(model, column) for column in change.fields}
    kept = []
    for column, found in fields.items():
        before, after = change.fields[column]
        if found is None:
            continue
        if getattr(row, found.attname) == python_value(found, after):
            setattr(row, found.attname, python_value(found, before))
        else:
            kept.append(str(found.verbose_name))
    return _save(row) or (_("%(fields)s changed since.") % {"fields": ", ".join(kept)} if kept else None)


def _bring_back(model: type[models.Model], row: models.Model | None, change: Change) -> str | None:
    if row is not None:
        return None
    values = {field_of(model, column): before for column, (before, _after) in change.fields.items()}
    made = model(pk=change.object_id)
    for found, before in values.items():
        if found is not None:
            setattr(made, found.attname, python_value(found, before))
    return _save(made, force_insert=True)


def _save(row: models.Model, **options) -> str | None:
    """Past `save` of the models, which would add to what is restored: a former slug, the time."""
    try:
        with transaction.atomic():
            row.save_base(raw=True, **options)
    except IntegrityError:
        return _("something else has taken its place since.")
    return None


def _changed_since(row: models.Model, change: Change, after: int) -> str | None:
    changed = []
    for column, pair in change.fields.items():
        found = field_of(type(row), column)
        if found is not None and getattr(row, found.attname) != python_value(found, pair[after]):
            changed.append(str(found.verbose_name))
    return _("%(fields)s changed since.") % {"fields": ", ".join(changed)} if changed else None
