"""What is known of people, places and topics: to be compared with columns of a table, or fetched into new ones."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from articles.models import Place, Subject, SubjectKind

from .entities import Entity

# A value of a property: a text, a number, or another place or topic.
Value = str | int | float | Subject


@dataclass(frozen=True)
class Property:
    """`values` gives the values of an entity, none where they are not known; `column` is where the database has it,
    for identifiers, by which an entity can be found."""

    id: str
    name: str
    values: Callable[[Entity], list[Value]]
    kinds: tuple[str, ...] = ("person", "place", "topic")
    column: str = ""

    def as_json(self) -> dict[str, str]:
        return {"id": self.id, "name": str(self.name)}


def _column(name: str) -> Callable[[Entity], list[Value]]:
    def values(entity: Entity) -> list[Value]:
        value = getattr(entity.subject, name)
        return [] if value in (None, "") else [value]

    return values


def _coordinates(entity: Entity) -> list[Value]:
    place = entity.subject
    return [] if place.latitude is None else [f"{place.latitude.normalize():f},{place.longitude.normalize():f}"]


def _country(entity: Entity) -> list[Value]:
    """The place itself where it is known, else its code."""
    code = entity.subject.country_code
    return [entity.country or code] if code else []


PROPERTIES: dict[str, Property] = {
    each.id: each
    for each in (
        Property("wikidata", _("Wikidata id"), _column("wikidata_id"), column="wikidata_id"),
        Property("geonames", _("GeoNames id"), _column("geonames_id"), ("place",), column="geonames_id"),
        Property("iptc", _("IPTC Media Topic"), _column("iptc_code"), ("topic",), column="iptc_code"),
        Property("name", _("Name"), _column("name")),
        Property("aliases", _("Other names"), lambda entity: entity.aliases),
        Property("description", _("Description"), _column("description")),
        Property("articles", _("Number of articles"), lambda entity: [entity.article_count]),
        Property("page", _("Page in the archive"), lambda entity: [entity.page]),
        Property("country", _("Country"), _country, ("place",)),
        Property("part_of", _("Part of"), lambda entity: entity.path[-1:], ("place", "topic")),
        Property("coordinates", _("Coordinates"), _coordinates, ("place",)),
        Property("latitude", _("Latitude"), _column("latitude"), ("place",)),
        Property("longitude", _("Longitude"), _column("longitude"), ("place",)),
        Property("population", _("Population"), _column("population"), ("place",)),
    )
}


def properties_of(kind: SubjectKind) -> dict[str, Property]:
    return {each.id: each for each in PROPERTIES.values() if kind.name in each.kinds}


def texts_of(entity: Entity, property: Property) -> set[str]:
    """All that a column may say for the values: of a place its name, slug and code; anything it is a part of."""
    values = entity.path if property.id == "part_of" else property.values(entity)
    texts: set[str] = set()
    for value in values:
        texts |= _texts_of_subject(value) if isinstance(value, Subject) else {str(value)}
    return texts | ({entity.subject.country_code} if property.id == "country" else set())


def _texts_of_subject(subject: Subject) -> set[str]:
    return {subject.name, subject.slug} | ({subject.country_code} - {""} if isinstance(subject, Place) else set())
