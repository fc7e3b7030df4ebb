"""Reading the history: of a row with all that belongs to it, or of an occasion, newest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import models

from articles.database.history_triggers import owning_keys, recorded_models
from articles.models import Article, Change, Occasion

from .belonging import key_to, other_side
from .differences import Difference, differences
from .names import Names, owner_in
from .values import model_of


@dataclass(frozen=True)
class Entry:
    """One change: of which row, and what became of its fields. `owner` is where its page is."""

    change: Change
    kind: str
    name: str
    differences: list[Difference]
    owner: models.Model | type[models.Model]


@dataclass
class Chapter:
    """What was done on one occasion; without one, a change that was made past the desk."""

    occasion: Occasion | None
    when: object
    entries: list[Entry] = field(default_factory=list)


def chapters(changes: list[Change], about: models.Model | None = None) -> list[Chapter]:
    """The changes, put together by occasion, in words. `about` is the row whose history it is."""
    found: list[Chapter] = []
    for change, entry in zip(changes, describe(changes, about), strict=True):
        if not found or change.occasion_id is None or found[-1].occasion != change.occasion:
            found.append(Chapter(change.occasion, change.occasion.made_at if change.occasion else change.made_at))
        found[-1].entries.append(entry)
    return found


def describe(changes: list[Change], about: models.Model | None = None) -> Iterator[Entry]:
    """Asks each table once, however many changes."""
    names, rows = Names(changes), _rows_of(changes)
    own = type(about) if about is not None else None
    for change in changes:
        model = model_of(change.table)
        row = rows[model].get(change.object_id)
        key = key_to(model, own)
        yield Entry(
            change=change,
            kind=str(model._meta.verbose_name),
            name=_name_of(change, model, row, names, key),
            differences=differences(change, names, _said_already(change, model, key)),
            owner=row if row is not None else model,
        )


def main_entry(done: Occasion) -> Entry | None:
    """What the occasion was about: its first change of a row that belongs to no other one, else its first change."""
    on_their_own = [model._meta.db_table for model in recorded_models() if not owning_keys(model)]
    changes = done.changes.order_by("pk")
    change = changes.filter(table__in=on_their_own).first() or changes.first()
    return next(describe([change])) if change else None


def _said_already(change: Change, model: type[models.Model], key: models.ForeignKey | None) -> set[str]:
    """The owner has the page, and what a link leads to stands above; unless the change gave it to another one."""
    is_moved = change.former_subject_id is not None
    return {each.name for each in owning_keys(model)} if key and not is_moved else set()


def _rows_of(changes: Iterable[Change]) -> dict[type[models.Model], dict[int, models.Model]]:
    ids: dict[type[models.Model], set[int]] = {}
    for change in changes:
        ids.setdefault(model_of(change.table), set()).add(change.object_id)
    return {model: _load(model, wanted) for model, wanted in ids.items()}


def _load(model: type[models.Model], ids: set[int]) -> dict[int, models.Model]:
    rows = model._base_manager.filter(pk__in=ids)
    if model is Article:
        return rows.only("headline", "status").in_bulk()
    keys = [key.name for key in owning_keys(model)]
    if "article" in keys:
        rows = rows.defer("article__body")
    return (rows.select_related(*keys) if keys else rows).in_bulk()


def _name_of(change: Change, model, row: models.Model | None, names: Names, key: models.ForeignKey | None) -> str:
    """A link is called after the other side, where its owner's history is read."""
    if row is None:
        return _name_of_gone(change, model, names, key)
    return str(row if key is None else getattr(row, other_side(model, key).name))


def _name_of_gone(change: Change, model, names: Names, key: models.ForeignKey | None) -> str:
    """What a row was called that is not there any more."""
    sides = {each: owner_in(change, each) for each in owning_keys(model)}
    if len(sides) > 1:
        return " → ".join(names.of(each.related_model, id) for each, id in sides.items() if each != key)
    for column in ("headline", "name", "slug"):
        if found := [value for value in change.fields.get(column, ()) if value]:
            return str(found[-1])
    return str(change.object_id)
