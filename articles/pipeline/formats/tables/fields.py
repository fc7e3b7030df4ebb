"""Which column of a file gives which field of the archive: named alike, mapped by the user, or guessed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from articles.pipeline.records import Note, Position, Problem

from .field_names import (
    ARCHIVE_FIELDS,
    DATE_FIELDS,
    EXPORT_COLUMNS,
    EXPORT_IDENTITY,
    SINGLE_NAMES,
    TAG_FIELDS,
    TEXT_FIELDS,
    guess_columns,
    plain_name,
)

# What the user writes for a field that shall stay empty.
NOTHING = "-"
# Messages name so many columns, and so much of each name.
MOST_NAMED, LONGEST_NAMED = 30, 40
ASK_FOR_SOURCE = "Ids are told apart by their source: name it with --source."


@dataclass(frozen=True)
class Reading:
    """How one field of the archive is read: from `path`, the keys down to it, or as `constant`.

    `is_own`: the file calls it as the archive does, and so keeps to its form. `form` is that of a date, as strptime
    has it. `has_one_name`: a comma parts no names in it. `is_guessed`: the user should be told.
    """

    field: str
    path: tuple[str, ...] = ()
    constant: str = ""
    form: str = ""
    is_own: bool = False
    is_guessed: bool = False
    has_one_name: bool = False

    @property
    def column(self) -> str:
        return ".".join(self.path)


@dataclass(frozen=True)
class Plan:
    """How records with certain columns are read, kind by kind of field. `unused` are columns of no meaning here.

    `is_export`: an archive wrote the file, so that nothing in it has to be guessed.
    """

    texts: tuple[Reading, ...]
    dates: tuple[Reading, ...]
    tags: tuple[Reading, ...]
    version: Reading | None
    is_derived: Reading | None
    guessed: tuple[Reading, ...]
    unused: tuple[str, ...]
    is_export: bool = False

    @property
    def has_text(self) -> bool:
        return any(reading.field in ("headline", "body") for reading in self.texts)

    @cached_property
    def has_own_address(self) -> bool:
        return any(reading.field == "url" and reading.is_own for reading in self.texts)


def make_plan(columns: Collection[str], mapping: Mapping[str, str], is_table: bool = False) -> Plan:
    """`mapping` is the user's, from the archive's fields to the columns. Cells of a table hold no lists and no
    dates, only what looks like them."""
    readings = [
        reading_of(field, value, columns) for field, value in mapping.items() if value.strip() not in ("", NOTHING)
    ]
    taken = {reading.path[0] for reading in readings if reading.path}
    own = [name for name in ARCHIVE_FIELDS if name in columns and name not in taken and name not in mapping]
    readings += [Reading(name, (name,), is_own=name in TEXT_FIELDS or not is_table) for name in own]
    guesses = guess_columns([name for name in columns if name not in taken and name not in own], [*mapping, *own])
    readings += [_guessed(field, name) for field, names in guesses.items() for name in names]
    taken |= {reading.path[0] for reading in readings if reading.path}
    is_export = EXPORT_COLUMNS.issubset(columns)
    taken |= set(EXPORT_IDENTITY) if is_export else set()
    return _plan(readings, tuple(name for name in columns if name not in taken), is_export)


def reading_of(field: str, value: str, columns: Collection[str] = ()) -> Reading:
    """What the user wrote: a column, keys with dots between them, "=" and a constant, or a column, ":" and the form of
    its dates."""
    if value.startswith("="):
        return Reading(field, constant=value[1:])
    column, sign, form = value.partition(":%") if field in DATE_FIELDS else (value, "", "")
    path = (column,) if column in columns else tuple(column.split("."))
    return Reading(field, path, form=f"%{form}" if sign else "", has_one_name=_has_one_name(column))


def columns_asked_for(mapping: Mapping[str, str]) -> list[Reading]:
    """What the user wants to be read from a column, which then has to be there."""
    asked = (reading_of(field, value) for field, value in mapping.items() if value.strip() not in ("", NOTHING))
    return [reading for reading in asked if reading.path]


def check_mapping(mapping: Mapping[str, str], name: str) -> Problem | None:
    unknown = [field for field in mapping if field not in ARCHIVE_FIELDS]
    if not unknown:
        return None
    reason = f"The archive has no field {in_quotes(unknown)}."
    return Problem(Position(name), reason, f"Its fields are {', '.join(ARCHIVE_FIELDS)}: --field headline=title.")


def missing_column(reading: Reading, columns: Iterable[str], name: str) -> Problem:
    """That the user named a column which is not there."""
    reason = f"There is no “{reading.column[:LONGEST_NAMED]}” to read {reading.field} from."
    return Problem(Position(name), reason, f"Correct --field {reading.field}=…; there are {in_quotes(columns)}.")


def note_on(guessed: Iterable[Reading], unused: Iterable[str], name: str) -> Note | None:
    """What was guessed and what is left out, where there is anything."""
    guessed = list(guessed)
    parts = [f"“{reading.column[:LONGEST_NAMED]}” is read as {reading.field}" for reading in guessed]
    sentences = [f"{', '.join(parts[:MOST_NAMED])}."] if parts else []
    if left := in_quotes(unused):
        sentences.append(f"Not used: {left}.")
    if not sentences:
        return None
    text = " ".join([*sentences, "To have it otherwise: --field headline=title."])
    lacks_source = {"external_id"} == {reading.field for reading in guessed} & {"external_id", "source"}
    return Note(Position(name), text, ASK_FOR_SOURCE if lacks_source else "")


def in_quotes(names: Iterable[str]) -> str:
    names = list(names)
    shown = [f"“{' '.join(name.split())[:LONGEST_NAMED]}”" for name in names[:MOST_NAMED]]
    return ", ".join(shown) + (f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else "")


def _guessed(field: str, column: str) -> Reading:
    return Reading(
        field, (column,), is_guessed=plain_name(column) != plain_name(field), has_one_name=_has_one_name(column)
    )


def _has_one_name(column: str) -> bool:
    return plain_name(column) in SINGLE_NAMES


def _plan(readings: list[Reading], unused: tuple[str, ...], is_export: bool) -> Plan:
    def of(fields: Collection[str]) -> tuple[Reading, ...]:
        return tuple(reading for reading in readings if reading.field in fields)

    version, is_derived = (next(iter(of([field])), None) for field in ("version", "headline_is_derived"))
    guessed = tuple(reading for reading in readings if reading.is_guessed)
    return Plan(of(TEXT_FIELDS), of(DATE_FIELDS), of(TAG_FIELDS), version, is_derived, guessed, unused, is_export)
