"""Popolo JSON (https://www.popoloproject.com/specs/), as EveryPolitician and many parliaments publish it.

People come from `persons`, with what they were members of as their description; places from `areas`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import Position, Problem
from articles.pipeline.subjects.everyday import AS_GIVEN
from articles.pipeline.subjects.records import OtherName, ParentReference, PersonRecord, PlaceRecord
from articles.pipeline.subjects.values import (
    InvalidValue,
    read_coordinate,
    read_geonames_id,
    read_other_names,
    read_wikidata_id,
)

from .base import Parsed, ReadingOptions, SubjectFormat
from .json_document import objects, read_object, text_of
from .place_kinds import kind_of

LISTS = {"person": "persons", "place": "areas"}
# More than these say nothing new about who somebody is.
MEMBERSHIPS_NAMED = 3
_HEAD = re.compile(r'"(?:persons|organizations|memberships|areas|events|posts)"\s*:\s*\[')


class Popolo(SubjectFormat):
    name = "popolo"
    label = "Popolo JSON: persons and areas"
    match_names = AS_GIVEN

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def recognises(self, file: InputFile) -> bool:
        text = file.head_text()
        return text.lstrip().startswith("{") and bool(_HEAD.search(text))

    def parse(self, file: InputFile, options: ReadingOptions) -> Iterator[Parsed]:
        position = Position(file.name)
        document = read_object(file)
        if isinstance(document, Problem):
            yield document
            return
        items = document.get(LISTS[self.kind])
        if not isinstance(items, list):
            yield Problem(position, f"The file has no list “{LISTS[self.kind]}”.", "Is it the right file?")
            return
        parliament = _Parliament(document)
        read = parliament.person if self.kind == "person" else parliament.area
        for number, item in enumerate(items, 1):
            try:
                yield read(item, position) if isinstance(item, dict) else _not_an_object(position, number)
            except InvalidValue as error:
                reason, advice = error.args
                yield Problem(position, f"{LISTS[self.kind]}, number {number}: an identifier {reason}", advice)


class _Parliament:
    """A file's persons and areas, and what its organizations and memberships say about them."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.organizations = {text_of(item.get("id")): item for item in objects(document.get("organizations"))}
        self.memberships = defaultdict(list)
        for item in objects(document.get("memberships")):
            self.memberships[text_of(item.get("person_id"))].append(item)

    def person(self, item: dict[str, Any], position: Position) -> PersonRecord | Problem:
        full_name = " ".join(filter(None, (text_of(item.get("given_name")), text_of(item.get("family_name")))))
        name = text_of(item.get("name")) or full_name
        if not name:
            return Problem(position, f"The person “{_id(item)}” has no name.", "Give it a “name”.")
        is_longer = full_name.count(" ") and full_name != name
        return PersonRecord(
            position=position,
            name=name,
            other_names=(*_other_names(item), *([OtherName(full_name)] if is_longer else [])),
            description=self._description(item),
            wikidata_id=_wikidata_id(item),
            key=_key(position, item),
        )

    def area(self, item: dict[str, Any], position: Position) -> PlaceRecord | Problem:
        name = text_of(item.get("name"))
        if not name:
            return Problem(position, f"The area “{_id(item)}” has no name.", "Give it a “name”.")
        parent = text_of(item.get("parent_id"))
        geometry = _geometry(item)
        return PlaceRecord(
            position=position,
            name=name,
            other_names=_other_names(item),
            description=text_of(item.get("description")) or text_of(item.get("type")).capitalize(),
            wikidata_id=_wikidata_id(item),
            parent=ParentReference(codes=(f"key:{position.file}#{parent}",)) if parent else ParentReference(),
            key=_key(position, item),
            kind=kind_of(text_of(item.get("classification")) or text_of(item.get("type"))) or "other",
            geonames_id=read_geonames_id(_identifiers(item).get("geonames")),
            latitude=geometry[0],
            longitude=geometry[1],
        )

    def _description(self, item: dict[str, Any]) -> str:
        """Its own summary, else what the person was a member of: "Member of the National Assembly (PPP)"."""
        own = text_of(item.get("summary")) or text_of(item.get("biography"))
        if own:
            return own
        texts = dict.fromkeys(map(self._membership, self.memberships[text_of(item.get("id"))]))
        return "; ".join([text for text in texts if text][:MEMBERSHIPS_NAMED])

    def _membership(self, membership: dict[str, Any]) -> str:
        organization = self._organization(membership.get("organization_id"))
        party = self._organization(membership.get("on_behalf_of_id"))
        role = text_of(membership.get("role")) or "member"
        if not organization:
            return ""
        return f"{role[:1].upper()}{role[1:]}, {organization}{f' ({party})' if party else ''}"

    def _organization(self, id: Any) -> str:
        return text_of(self.organizations.get(text_of(id), {}).get("name"))


def _other_names(item: dict[str, Any]) -> tuple[OtherName, ...]:
    names = [{**each, "name": text_of(each.get("name"))} for each in objects(item.get("other_names"))]
    return tuple(read_other_names(names))


def _identifiers(item: dict[str, Any]) -> dict[str, str]:
    pairs = ((text_of(each.get("scheme")).lower(), each.get("identifier")) for each in objects(item.get("identifiers")))
    return {scheme: str(identifier).strip() for scheme, identifier in pairs if scheme and identifier}


def _wikidata_id(item: dict[str, Any]) -> str:
    """From the identifiers, else from a link to Wikidata."""
    given = _identifiers(item).get("wikidata")
    links = [text_of(each.get("url")) for name in ("links", "sources") for each in objects(item.get(name))]
    return read_wikidata_id(given or next((link for link in links if re.search(r"wikidata\.org/.*/Q\d+$", link)), ""))


def _geometry(item: dict[str, Any]) -> tuple:
    """(latitude, longitude) of a GeoJSON point."""
    geometry = item.get("geometry")
    point = geometry.get("coordinates") if isinstance(geometry, dict) and geometry.get("type") == "Point" else None
    if not isinstance(point, list) or len(point) < 2:
        return None, None
    return read_coordinate(point[1], 90), read_coordinate(point[0], 180)


def _key(position: Position, item: dict[str, Any]) -> str:
    return f"{position.file}#{_id(item)}" if _id(item) else ""


def _id(item: dict[str, Any]) -> str:
    value = item.get("id")
    return str(value) if isinstance(value, str | int) else ""


def _not_an_object(position: Position, number: int) -> Problem:
    return Problem(position, f"The entry number {number} is not an object.", "Check the file.")
