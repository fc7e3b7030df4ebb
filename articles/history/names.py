"""Names in place of numbers, also of rows that are gone."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext as _

from articles.database.history_triggers import is_key_to_article, owning_keys, recorded_models
from articles.models import Article, Change

from .values import fields_of, model_of


class Names:
    """The names of the rows that changes point at, each table asked once."""

    def __init__(self, changes: Iterable[Change]) -> None:
        wanted: dict[type[models.Model], set] = {}
        for change in changes:
            for model, ids in _pointed_at(change):
                wanted.setdefault(model, set()).update(ids)
        self._found = {model: names_of(model, ids - {None}) for model, ids in wanted.items()}

    def of(self, model: type[models.Model], id: int) -> str:
        return self._found.get(model, {}).get(id) or _no_longer_there(id)


def owner_in(change: Change, key: models.ForeignKey) -> int | None:
    """The id of the row that this key led to, or that the change made it lead to."""
    return change.article_id if is_key_to_article(key) else change.subject_id


def names_of(model: type[models.Model], ids: set[int]) -> dict[int, str]:
    """A name for each of these ids."""
    rows = model._base_manager.filter(pk__in=ids)
    rows = rows.only("headline") if model is Article else rows
    found = {row.pk: str(row) for row in rows}
    return {**found, **_names_of_gone(model, ids - found.keys())}


def _pointed_at(change: Change):
    model = model_of(change.table)
    for field in fields_of(model, change.fields):
        if field.is_relation:
            yield field.related_model, change.fields[field.column]
    for key in owning_keys(model):
        yield key.related_model, [owner_in(change, key)]


def _names_of_gone(model: type[models.Model], ids: set[int]) -> dict[int, str]:
    """What they were called when they were removed, if the history knows."""
    found = {}
    if ids and model in recorded_models():
        column = "headline" if model is Article else "name"
        removals = Change.objects.filter(table=model._meta.db_table, object_id__in=ids, action=Change.Action.DELETE)
        found = dict(removals.order_by("pk").values_list("object_id", f"fields__{column}__0"))
    known = {id: _("%(name)s (no longer there)") % {"name": name} for id, name in found.items() if name}
    return {id: known.get(id) or _no_longer_there(id) for id in ids}


def _no_longer_there(id: int | None) -> str:
    return _("no longer there (%(id)s)") % {"id": id or "?"}
