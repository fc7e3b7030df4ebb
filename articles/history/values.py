"""From the values that the history holds to those of the models."""

import datetime
import functools
import json
import math
from collections.abc import Iterable

from django.db import models

from articles.database.history_triggers import recorded_models

# In the pair that the history holds for each column: what it was before the change, and afterwards.
BEFORE, AFTER = 0, 1


def model_of(table: str) -> type[models.Model]:
    return next(model for model in recorded_models() if model._meta.db_table == table)


def fields_of(model: type[models.Model], columns: Iterable[str]) -> list[models.Field]:
    """The fields that columns belong to, without columns that are gone by now."""
    fields = _fields_by_column(model)
    return [fields[column] for column in columns if column in fields]


def python_value(field: models.Field, value: object) -> object:
    """The value of a field from its JSON. SQLite has no types for JSON and for time: it holds both as text, and
    times without their zone, which is UTC."""
    if isinstance(field, models.JSONField):
        return json.loads(value) if isinstance(value, str) else value
    found = None if value is None else field.to_python(value)
    if isinstance(found, datetime.datetime) and found.tzinfo is None:
        return found.replace(tzinfo=datetime.UTC)
    return found


def is_still(field: models.Field, now: object, value: object) -> bool:
    """Whether a value is the one that the history holds. SQLite writes 15 digits of a number."""
    then = python_value(field, value)
    if isinstance(now, float) and isinstance(then, float):
        return math.isclose(now, then, rel_tol=1e-14)
    return now == then


@functools.cache
def _fields_by_column(model: type[models.Model]) -> dict[str, models.Field]:
    return {field.column: field for field in model._meta.concrete_fields}
