"""Tables and JSON objects whose fields have names of their own: which field is meant, and the record they make."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from articles.pipeline.records import Note, Position, Problem
from articles.pipeline.subjects.records import RECORDS, OtherName, ParentReference, SubjectRecord
from articles.pipeline.subjects.values import (
    InvalidValue,
    read_coordinate,
    read_country_code,
    read_geonames_id,
    read_iptc_code,
    read_line,
    read_number,
    read_other_names,
    read_text,
    read_truth,
    read_wikidata_id,
)

from .place_kinds import read_place_kind

_COMMON = {
    "name": ("name", "full_name", "fullname", "display_name", "label", "title", "pref_label", "item_label"),
    "other_names": (
        "other_names", "aliases", "alias", "alternate_names", "alternative_names", "alt_label", "also_known_as",
        "synonyms", "item_alt_label", "keywords",
    ),
    "description": ("description", "definition", "note", "summary", "biography", "item_description", "scope_note"),
    "wikidata_id": ("wikidata_id", "wikidata", "qid", "wikidata_item", "wikidata_uri", "item"),
    "name_is_matched": ("name_is_matched",),
    "key": ("id", "key", "identifier", "code"),
}  # fmt: skip
_PARENT = {
    "parent": ("parent", "part_of", "broader", "is_in", "parent_name", "admin_name", "region", "state", "country"),
    "parent_key": ("parent_id", "parent_key", "broader_id", "parent_code"),
}
_NAMES_OF_CITIES = frozenset({"city", "town", "cityname"})
_WHERE_PLACES_LIE = frozenset({"adminname", "region", "state", "country"})
# For each kind of subject, and each of its fields: the names that files have for it, the likeliest first.
SYNONYMS: dict[str, dict[str, tuple[str, ...]]] = {
    "person": {
        **_COMMON,
        "given_name": ("given_name", "first_name", "forename", "first"),
        "family_name": ("family_name", "last_name", "surname", "last"),
    },
    "place": {
        **_COMMON,
        "name": (*_COMMON["name"], "place", "city", "town", "toponym", "place_name", "city_name"),
        "kind": ("kind", "type", "place_type", "category", "classification"),
        **_PARENT,
        "latitude": ("latitude", "lat", "y"),
        "longitude": ("longitude", "lng", "lon", "long", "x"),
        "country_code": ("country_code", "iso2", "iso_a2", "iso", "cc"),
        "geonames_id": ("geonames_id", "geoname_id", "geonames"),
        "population": ("population", "pop", "inhabitants"),
    },
    "topic": {
        **_COMMON,
        "name": (*_COMMON["name"], "topic", "term", "subject", "concept"),
        **_PARENT,
        "iptc_code": ("iptc_code", "qcode", "medtop", "media_topic", "iptc"),
    },
}
_READERS = {
    "name": read_line,
    "description": read_text,
    "wikidata_id": read_wikidata_id,
    "name_is_matched": read_truth,
    "kind": read_place_kind,
    "latitude": lambda value: read_coordinate(value, 90),
    "longitude": lambda value: read_coordinate(value, 180),
    "country_code": read_country_code,
    "geonames_id": read_geonames_id,
    "population": read_number,
    "iptc_code": read_iptc_code,
}
# A name in another language: name_fr, label@pt-BR, name:de.
_IN_LANGUAGE = re.compile(
    r"^(?:name|label|preflabel|title|itemlabel)[_@:](?P<code>[a-z]{2}(?:-[a-z0-9]+)*)$", re.IGNORECASE
)
_CODE = re.compile(r"^(?:geonames|wikidata|medtop|iso3166|slug):\S+$")
_COUNTRY = re.compile(r"^[A-Z]{2}$")


@dataclass
class Columns:
    """Makes records of one file, and remembers what it guessed and passed over."""

    kind: str
    chosen: Mapping[str, str]
    guessed: dict[str, str] = field(default_factory=dict)
    passed_over: dict[str, None] = field(default_factory=dict)

    def record(self, data: Mapping[str, Any], position: Position) -> SubjectRecord | Problem:
        """The record of one row: a mapping from the file's names to values."""
        found = self._found(data)
        try:
            values = {name: self._value(name, data[column]) for name, column in found.items() if name in _READERS}
            values["name"] = values.get("name") or _full_name(data, found)
            values["other_names"] = tuple(self._other_names(data, found))
            if plain_name(found.get("name", "")) in _NAMES_OF_CITIES and self.kind == "place":
                values["kind"] = values.get("kind") or "city"
        except InvalidValue as error:
            return Problem(position, *error.args)
        if not values["name"]:
            return Problem(position, "There is no name.", self._advice(data))
        key = _in_file(position, read_key(data.get(found.get("key"))))
        return RECORDS[self.kind](position=position, key=key, **values, parent=_parent(data, found, position))

    def notes(self, position: Position) -> Iterator[Note]:
        if self.guessed:
            guesses = ", ".join(f"“{column}” as {name}" for column, name in self.guessed.items())
            yield Note(position, f"Read {guesses}. Say it otherwise with --field, such as --field name=COLUMN.")
        if self.passed_over:
            columns = ", ".join(f"“{column}”" for column in list(self.passed_over)[:20])
            yield Note(position, f"Passed over {columns}: the archive has no such field.")

    def _found(self, data: Mapping[str, Any]) -> dict[str, str]:
        """{field: the file's name for it}. A field that the user has named is not guessed."""
        found = {name: column for name, column in self.chosen.items() if column in data}
        columns = {plain_name(column): column for column in data if column not in found.values()}
        for name, synonyms in SYNONYMS[self.kind].items():
            words = [word for word in map(plain_name, synonyms) if word in columns]
            if words and name not in self.chosen:
                found[name] = columns.pop(words[0])
                if words[0] != plain_name(name) and name != "key":
                    self.guessed[found[name]] = name
        rest = [column for column in columns.values() if column and not _IN_LANGUAGE.match(column)]
        self.passed_over.update(dict.fromkeys(rest))
        return found

    def _value(self, name: str, value: Any) -> Any:
        try:
            return _READERS[name](value)
        except InvalidValue as error:
            reason, advice = error.args
            raise InvalidValue(f"The field '{name}' {reason}", advice) from None

    def _other_names(self, data: Mapping[str, Any], found: dict[str, str]) -> Iterator[OtherName]:
        columns = {found["other_names"]: ""} if "other_names" in found else {}
        for column in data:
            if (language := _IN_LANGUAGE.match(column)) and column not in found.values():
                columns[column] = language["code"]
        for column, code in columns.items():
            try:
                yield from read_other_names(data[column], code)
            except InvalidValue as error:
                reason, advice = error.args
                raise InvalidValue(f"The field '{column}' {reason}", advice) from None

    def _advice(self, data: Mapping[str, Any]) -> str:
        columns = ", ".join(f"“{column}”" for column in list(data)[:10])
        return f"Give a field 'name', or say which one it is with --field name=COLUMN. There are: {columns}."


def plain_name(column: str) -> str:
    """The name of a column without what writers differ in: "Wikidata ID", wikidata_id and wikidataId."""
    return re.sub(r"[\s_-]+", "", column).lower()


def read_key(value: Any) -> str:
    """An id or a reference as a text; what is no text or number is none."""
    return read_line(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def unknown_fields(kind: str, fields: Iterable[str]) -> list[str]:
    """Those of the fields that records of this kind do not have."""
    return [name for name in fields if name not in SYNONYMS[kind]]


def _in_file(position: Position, key: str) -> str:
    """An id counts in its own file only."""
    return f"{position.file}#{key}" if key else ""


def _parent(data: Mapping[str, Any], found: dict[str, str], position: Position) -> ParentReference:
    """By its id in the same file, by a code, or by its name. Where a table of places has it in a column for regions or
    countries, the country will do."""
    if key := read_key(data.get(found.get("parent_key"))):
        return ParentReference(codes=(f"key:{_in_file(position, key)}",))
    name = read_key(data.get(found.get("parent")))
    if not name:
        return ParentReference()
    is_expected = plain_name(found["parent"]) not in _WHERE_PLACES_LIE
    if _CODE.match(name) or _COUNTRY.match(name):
        code = name if _CODE.match(name) else f"iso3166:{name}"
        return ParentReference(codes=(code,), is_expected=is_expected)
    country = "" if is_expected else read_key(data.get(found.get("country_code"))).upper()
    key = f"key:{_in_file(position, name)}"
    return ParentReference((key,), name, f"iso3166:{country}" if country else "", is_expected)


def _full_name(data: Mapping[str, Any], found: dict[str, str]) -> str:
    parts = [read_line(data[found[name]]) for name in ("given_name", "family_name") if name in found]
    return " ".join(part for part in parts if part)
