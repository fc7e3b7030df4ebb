"""Two people on one row: what others changed in it since it was opened."""

from dataclasses import dataclass, field

from django.db import models

from articles.history.values import fields_of, python_value
from articles.models import Change


@dataclass(frozen=True)
class Meanwhile:
    """For each field that was changed since: what it was when the row was opened, and the last change of it."""

    before: dict[str, object] = field(default_factory=dict)
    changes: dict[str, Change] = field(default_factory=dict)


def newest_change(model: type[models.Model], id: int) -> int:
    """The number of the newest change of a row: it stands for the row's state. Read it before the row."""
    changes = Change.objects.filter(table=model._meta.db_table, object_id=id)
    return changes.aggregate(newest=models.Max("pk"))["newest"] or 0


def changed_since(row: models.Model, opened: int) -> Meanwhile:
    changes = Change.objects.filter(table=row._meta.db_table, object_id=row.pk, pk__gt=opened)
    found = Meanwhile()
    for change in changes.select_related("occasion__user").order_by("pk"):
        for each in fields_of(type(row), change.fields):
            found.before.setdefault(each.name, python_value(each, change.fields[each.column][0]))
            found.changes[each.name] = change
    for each in [row._meta.get_field(name) for name in found.changes]:
        if found.before[each.name] == getattr(row, each.attname):
            del found.before[each.name], found.changes[each.name]  # it came back to what it was
    return found
