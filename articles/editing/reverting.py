"""Going back to what a change began with: one of its fields, or all of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from articles.database.history_triggers import recorded_models
from articles.history import occasion
from articles.history.differences import Difference, difference
from articles.history.references import Targets
from articles.history.restoring import TAKE_BACK
from articles.history.values import fields_of, is_still, model_of, python_value
from articles.models import Article, Change, Link, Occasion
from articles.models.slugs import FormerSlug

from .edits import record_edits
from .permissions import may
from .publication import may_publish, may_work_on
from .rows import save_row

# What the user must be allowed to do to take back a change of each sort.
NEEDED = {Change.Action.INSERT: "delete", Change.Action.UPDATE: "change", Change.Action.DELETE: "add"}
BEFORE = 0
LOOKED_AT = 1_000
# Going back is a person's decision like any other: that people have decided stays on record.
NOT_REVERTED = {"edited_fields", "decided_at", "decided_by"}


class RevertRefused(Exception):
    """It cannot be done. The message is a sentence."""


@dataclass(frozen=True)
class Outlook:
    """What would become of a field; `is_changed_since` where somebody has changed it after this change."""

    difference: Difference
    is_changed_since: bool


def may_revert(user, change: Change) -> bool:
    model = model_of(change.table)
    if not _may_undo(user, model, change.action):
        return False
    if model is not Article:
        return True
    touches_status = change.action != Change.Action.UPDATE or "status" in change.fields
    return may_publish(user) or (not touches_status and may_work_on(user, Article(pk=change.object_id)))


def may_take_back(user, done: Occasion) -> bool:
    """Whether the user may undo each of its changes."""
    touched = done.changes.order_by().values_list("table", "action").distinct()
    needed = [(model_of(table), action) for table, action in touched]
    return all(_may_take_back(user, model, action) for model, action in needed)


def those_to_take_back(user, occasions: Iterable[Occasion]) -> set[int]:
    """The ids of those that a list offers the user to take back. Of one with very many changes it looks at the newest:
    `may_take_back` looks at all."""
    ids = {done.pk for done in occasions}
    every = [(model, action) for model in recorded_models() for action in NEEDED]
    refused = [(model, action) for model, action in every if not _may_take_back(user, model, action)]
    if not refused:
        return ids
    if len(refused) == len(every):
        return set()
    newest = Change.objects.filter(occasion=OuterRef(OuterRef("pk"))).order_by("-pk").values("pk")[:LOOKED_AT]
    conditions = reduce(or_, (Q(table=model._meta.db_table, action=action) for model, action in refused))
    is_refused = Exists(Change.objects.filter(conditions, pk__in=newest))
    return set(Occasion.objects.filter(~is_refused, pk__in=ids).values_list("pk", flat=True))


def _may_take_back(user, model: type[models.Model], action: str) -> bool:
    return _may_undo(user, model, action) and (model is not Article or may_publish(user))


def _may_undo(user, model: type[models.Model], action: str) -> bool:
    """A former address comes and goes with changes of its row: no role names it."""
    if issubclass(model, FormerSlug):
        return may(user, "change", model._meta.get_field("target").related_model)
    return may(user, NEEDED[action], model)


def outlook(change: Change, name: str = "") -> list[Outlook]:
    """What reverting an update would do, field by field. Raises RevertRefused."""
    row, found = _row_of(change, model_of(change.table)._base_manager.all()), []
    for each in _fields(change, name):
        stored_before, stored_after = change.fields[each.column]
        now, then = getattr(row, each.attname), python_value(each, stored_before)
        if now != then:
            found.append(Outlook(difference(each, now, then), not is_still(each, now, stored_after)))
    return found


def revert(change: Change, user, name: str = "", why: str = "") -> list[str]:
    """Gives the fields of a change, or one of them, the value that they had before it. Returns a sentence for what
    stays as it is. Raises RevertRefused."""
    what = _("Reverted a change of %(kind)s %(id)s") % {
        "kind": model_of(change.table)._meta.verbose_name, "id": change.object_id,
    }  # fmt: skip
    try:
        with occasion(what, user, why):
            return _restore(change, user, name) if change.action == Change.Action.UPDATE else _take_back(change)
    except ValidationError as error:
        raise RevertRefused(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise RevertRefused(_("Something else has taken its place since.")) from error


def _restore(change: Change, user, name: str) -> list[str]:
    row = _row_of(change, model_of(change.table)._base_manager.select_for_update())
    fields = _fields(change, name)
    values = {each.attname: python_value(each, change.fields[each.column][BEFORE]) for each in fields}
    incomplete = Targets(type(row), [change]).leave_out_gone(values)
    for attname, value in values.items():
        setattr(row, attname, value)
    names = [each.name for each in fields]
    if isinstance(row, Article):
        record_edits(row, names)
        row.headline_is_derived = values.get("headline_is_derived", row.headline_is_derived)
    if isinstance(row, Link):
        row.decide(user)
    save_row(row, names, user)
    return [_("What it belonged to is gone.")] if incomplete else []


def _take_back(change: Change) -> list[str]:
    with transaction.atomic():
        left = TAKE_BACK[change.action](model_of(change.table), [change])
    return [str(each) for each in left]


def _row_of(change: Change, rows: models.QuerySet) -> models.Model:
    row = rows.filter(pk=change.object_id).first()
    if row is None:
        raise RevertRefused(_("It was removed since: take back the removal first."))
    return row


def _fields(change: Change, name: str) -> list[models.Field]:
    fields = [each for each in fields_of(model_of(change.table), change.fields) if each.name not in NOT_REVERTED]
    fields = [each for each in fields if not name or each.name == name]
    if not fields:
        raise RevertRefused(_("This change did not touch that."))
    return fields
