"""Saving a row with what a person changed in it."""

from collections.abc import Iterable, Mapping

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.db import models


def set_fields(row: models.Model, values: Mapping[str, object]) -> list[str]:
    """Gives the row these values; returns the names of those that are new to it. Does not save."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def save_row(row: models.Model, changed: Iterable[str], user) -> None:
    """Checks the row like the admin's form does, saves it, and writes an entry in its history.

    Raises ValidationError. An empty slug is made from the name.
    """
    is_new = row.pk is None
    row.full_clean(exclude=[] if getattr(row, "slug", True) else ["slug"])
    row.save()
    what = {"added": {}} if is_new else {"changed": {"fields": list(changed)}}
    LogEntry.objects.log_actions(user.pk, [row], ADDITION if is_new else CHANGE, [what])


def delete_row(row: models.Model, user) -> None:
    LogEntry.objects.log_actions(user.pk, [row], DELETION)
    row.delete()
