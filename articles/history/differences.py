"""What a change was, in words: labels of fields and choices, names instead of numbers, texts word by word."""

import datetime
import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Change

from .names import Names, names_of
from .values import model_of, python_value

# Says nothing to people: made from the other columns, or by machines for machines.
NOT_SHOWN = {"import_key", "import_digest", "fingerprint", "edited_fields", "decided_at"}
# What is called otherwise at the desk than in the tables.
LABELS = {"batch": gettext_lazy("import")}
# Shorter values are shown as a whole, before and after.
SHORT = 60
# Of longer stretches that stayed the same only the ends are shown.
WORDS_AROUND = 12
# Of a text that is new or gone as a whole only the beginning is shown.
MOST_WORDS_ALONE = 60
# Texts of more pieces are compared line by line: comparing word by word would take seconds.
MOST_WORDS = 6_000


@dataclass(frozen=True)
class Part:
    """A stretch of text: `kind` is "same", "removed", "added", or "left out" where much stayed the same."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """What became of one field; `parts` is there for long texts only."""

    name: str
    label: str
    before: str
    after: str
    parts: tuple[Part, ...] = ()


def differences(change: Change, names: Names, leaving_out: Iterable[str] = ()) -> list[Difference]:
    """Of a row that was made or removed only the fields that had a value."""
    model, found = model_of(change.table), []
    hidden = {*NOT_SHOWN, *leaving_out}
    for field in model._meta.concrete_fields:
        if field.column not in change.fields or field.name in hidden:
            continue
        before, after = (_in_words(field, value, names) for value in change.fields[field.column])
        if before != after:
            found.append(_difference(field, before, after))
    return found


def difference(field: models.Field, before: object, after: object) -> Difference:
    """The same for two values of a model's field."""
    return _difference(field, *(words_for(field, value) for value in (before, after)))


def words_for(field: models.Field, value: object) -> str:
    if field.is_relation and value is not None:
        return names_of(field.related_model, {value})[value]
    return _value_in_words(field, value)


def _in_words(field: models.Field, stored: object, names: Names) -> str:
    if field.is_relation:
        return "" if stored is None else names.of(field.related_model, stored)
    try:
        return _value_in_words(field, python_value(field, stored))
    except (ValidationError, ValueError, ObjectDoesNotExist):
        return str(stored)


def _value_in_words(field: models.Field, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, datetime.datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, datetime.date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def _difference(field: models.Field, before: str, after: str) -> Difference:
    parts = _parts(before, after)
    if not parts:
        before, after = (Truncator(text).words(MOST_WORDS_ALONE) for text in (before, after))
    label = LABELS.get(field.name, field.verbose_name)
    return Difference(field.name, capfirst(label), before, after, parts)


def _parts(before: str, after: str) -> tuple[Part, ...]:
    if not before or not after or max(len(before), len(after)) <= SHORT:
        return ()
    return tuple(compare_words(before, after))


def compare_words(before: str, after: str) -> list[Part]:
    old, new = _pieces(before), _pieces(after)
    parts: list[Part] = []
    for kind, start, end, new_start, new_end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts += _shortened(old[start:end], is_first=not start, is_last=end == len(old))
            continue
        if end > start:
            parts.append(Part("removed", "".join(old[start:end])))
        if new_end > new_start:
            parts.append(Part("added", "".join(new[new_start:new_end])))
    return parts


def _pieces(text: str) -> list[str]:
    words = re.findall(r"\s+|[^\s]+", text)
    return words if len(words) <= MOST_WORDS else text.splitlines(keepends=True)


def _shortened(pieces: list[str], is_first: bool, is_last: bool) -> list[Part]:
    if len(pieces) <= 3 * WORDS_AROUND:
        return [Part("same", "".join(pieces))]
    begin = [] if is_first else [Part("same", "".join(pieces[:WORDS_AROUND]))]
    end = [] if is_last else [Part("same", "".join(pieces[-WORDS_AROUND:]))]
    return [*begin, Part("left out", " … "), *end]
