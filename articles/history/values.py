"""From the values that the history holds to those of the models."""

import json

from django.db import models

from articles.database.history_triggers import recorded_models


def model_of(table: str) -> type[models.Model]:
    return next(model for model in recorded_models() if model._meta.db_table == table)


def field_of(model: type[models.Model], column: str) -> models.Field | None:
    """The field that a column belongs to; None if the column is gone by now."""
    return next((field for field in model._meta.concrete_fields if field.column == column), None)


def python_value(field: models.Field, value: object) -> object:
    """The value of a field from its JSON. SQLite has no type for JSON, and holds it as text."""
    if isinstance(field, models.JSONField):
        return json.loads(value) if isinstance(value, str) else value
    return None if value is None else field.to_python(value)
