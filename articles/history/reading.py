"""Reading the history: of a row with all that belongs to it, or of an occasion, newest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import merge
from itertools import islice

from django.db import models

from articles.database.history_triggers import recorded_models
from articles.models import Article, Change, Occasion

from .differences import Difference, Names, differences
from .values import model_of

# The links of an article, the names of a subject: of more than so many the newest count.
MOST_CHILDREN = 500
# So many changes of an occasion are searched for what belonged to a row and is gone.
MOST_SEARCHED = 200


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


@dataclass(frozen=True)
class Children:
    """Rows that belong to another one, and are told of in its history: links, other names, former addresses."""

    model: type[models.Model]
    key: models.ForeignKey

    @property
    def other(self) -> models.Field:
        """What such a row is called after, besides its owner."""
        names = {"article", "subject"} - {self.key.name}
        keys = [each for each in self.model._meta.concrete_fields if each.many_to_one and each.name in names]
        is_link = len([each for each in self.model._meta.concrete_fields if each.name in ("article", "subject")]) == 2
        return keys[0] if is_link else self.model._meta.get_field("slug" if _has(self.model, "slug") else "name")


def changes_of(row: models.Model, before: int | None = None, limit: int = 50) -> list[Change]:
    """The newest changes of a row and of what belongs to it, of those with a lower id than `before`."""
    sources = [_changes(type(row), [row.pk], before, limit)]
    for children in children_of(type(row)):
        sources.append(_changes(children.model, _ids_of(children, row), before, limit))
    found = list(islice(merge(*sources, key=lambda change: -change.pk), limit))
    known = {change.pk for change in found}
    lowest = found[-1].pk if len(found) == limit else 0
    gone = [change for change in _changes_of_gone_children(row, found, before) if change.pk > lowest]
    return sorted([*found, *(each for each in gone if each.pk not in known)], key=lambda each: -each.pk)


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
        key = _key_to(model, own)
        yield Entry(
            change=change,
            kind=str(model._meta.verbose_name),
            name=_name_of(change, model, row, names, key),
            differences=differences(change, names, {key.name} if key else ()),
            owner=row if row is not None else model,
        )


def children_of(model: type[models.Model]) -> list[Children]:
    return [Children(child, key) for child in recorded_models() if (key := _key_to(child, model))]


def _key_to(child: type[models.Model], owner: type[models.Model] | None) -> models.ForeignKey | None:
    """A key by which rows belong to an owner. Sources and parents own nothing."""
    keys = (each for each in child._meta.concrete_fields if each.many_to_one and each.name in OWNING)
    return next((key for key in keys if owner is not None and key.related_model is owner), None)


OWNING = {"article", "subject", "target"}


def _ids_of(children: Children, row: models.Model) -> list[int]:
    """A topic may have a million links: those of subjects are told of in the history of the articles."""
    if children.key.name == "subject" and not _has(children.model, "name"):
        return []
    owned = children.model._base_manager.filter(**{children.key.name: row})
    return list(owned.order_by("-pk").values_list("pk", flat=True)[:MOST_CHILDREN])


def _changes(model: type[models.Model], ids: list[int], before: int | None, limit: int) -> list[Change]:
    if not ids:
        return []
    changes = Change.objects.filter(table=model._meta.db_table, object_id__in=ids)
    changes = changes.filter(pk__lt=before) if before else changes
    return list(changes.select_related("occasion__user", "occasion__undone_by").order_by("-pk")[:limit])


def _changes_of_gone_children(row: models.Model, changes: list[Change], before: int | None) -> Iterator[Change]:
    """What was removed is found by the occasions: the history has no index by what a row belonged to."""
    keys = {children.model._meta.db_table: children.key.column for children in children_of(type(row))}
    occasions = {change.occasion_id: change.occasion for change in changes if change.occasion_id}
    for id, occasion in occasions.items():
        others = Change.objects.filter(occasion=id).order_by("-pk")[:MOST_SEARCHED]
        for change in others:
            owners = change.fields.get(keys.get(change.table, ""), ())
            if row.pk in owners and (before is None or change.pk < before):
                change.occasion = occasion
                yield change


def _rows_of(changes: Iterable[Change]) -> dict[type[models.Model], dict[int, models.Model]]:
    ids: dict[type[models.Model], set[int]] = {}
    for change in changes:
        ids.setdefault(model_of(change.table), set()).add(change.object_id)
    return {model: _load(model, wanted) for model, wanted in ids.items()}


def _load(model: type[models.Model], ids: set[int]) -> dict[int, models.Model]:
    rows = model._base_manager.filter(pk__in=ids)
    if model is Article:
        return rows.only("headline", "status").in_bulk()
    keys = [each.name for each in model._meta.concrete_fields if each.many_to_one and each.name in OWNING]
    if "article" in keys:
        rows = rows.defer("article__body")
    return (rows.select_related(*keys) if keys else rows).in_bulk()


def _name_of(change: Change, model, row: models.Model | None, names: Names, key: models.ForeignKey | None) -> str:
    """A link is called after the other side, where its owner's history is read."""
    if key is not None:
        other = Children(model, key).other
        stored = [value for value in change.fields.get(other.column, ()) if value is not None]
        if row is not None:
            return str(getattr(row, other.name))
        if stored:
            return names.of(other.related_model, stored[-1]) if other.is_relation else str(stored[-1])
    return str(row) if row is not None else _name_of_gone(change, names, model)


def _name_of_gone(change: Change, names: Names, model) -> str:
    """What a row was called that is not there any more."""
    if {"article_id", "subject_id"} <= change.fields.keys():
        sides = [model._meta.get_field(side) for side in ("article", "subject")]
        found = [next((each for each in change.fields[side.column] if each), None) for side in sides]
        return " → ".join(names.of(side.related_model, id) for side, id in zip(sides, found, strict=True))
    for column in ("headline", "name", "slug"):
        if found := [value for value in change.fields.get(column, ()) if value]:
            return str(found[-1])
    return str(change.object_id)


def _has(model: type[models.Model], name: str) -> bool:
    return any(each.name == name for each in model._meta.concrete_fields)
