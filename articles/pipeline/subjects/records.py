"""What passes between the stations of an import of subjects: plain values, no models, no database."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar, Self

from articles.pipeline.records import Position


@dataclass(frozen=True)
class OtherName:
    """Another name of a subject; `language` is a code such as "pt-BR", or empty where it is not known."""

    name: str
    language: str = ""


@dataclass(frozen=True)
class ParentReference:
    """What a record is a part of: `codes`, of which the first that is known counts, a `name`, or `otherwise` a code.

    A code begins with its scheme: "geonames:2635167", "wikidata:Q145", "medtop:06000000", "slug:france",
    "iso3166:GB" (the country), or "key:…" (the record of the same import that has this key). A reference that is
    `is_expected` and leads nowhere is reported as a problem; of the others, only their number is told.
    """

    codes: tuple[str, ...] = ()
    name: str = ""
    otherwise: str = ""
    is_expected: bool = True

    def __bool__(self) -> bool:
        return bool(self.codes or self.name)

    def __str__(self) -> str:
        return self.name or " or ".join(self.codes)


@dataclass(frozen=True, kw_only=True)
class SubjectRecord:
    """A subject as a file has it; empty means that the file does not say.

    `key` is its id, as "file#id": two records of a file with different keys are never taken for the same by their name.
    `name_is_matched` is None where the file has no opinion. An addition only completes a subject that the archive
    has already, and makes none.
    """

    # The fields of the tables that a record may fill, and those of them that say for sure who or what it is.
    fields: ClassVar[tuple[str, ...]] = ("description", "wikidata_id")
    identifiers: ClassVar[tuple[str, ...]] = ("wikidata_id",)

    position: Position
    name: str = ""
    other_names: tuple[OtherName, ...] = ()
    description: str = ""
    wikidata_id: str = ""
    parent: ParentReference = ParentReference()
    name_is_matched: bool | None = None
    key: str = ""
    is_addition: bool = False

    @property
    def is_worth_looking_for(self) -> bool:
        """Whether the name of a new subject is looked for in texts."""
        return self.name_is_matched is not False

    def without_names(self) -> Self:
        """What is needed to find its parent later."""
        return replace(self, other_names=(), description="")

    def identity(self) -> list[str]:
        """The codes by which other records may refer to this one as their parent."""
        codes = {"wikidata": self.wikidata_id, "key": self.key}
        return [f"{scheme}:{code}" for scheme, code in codes.items() if code]


@dataclass(frozen=True, kw_only=True)
class PersonRecord(SubjectRecord):
    pass


@dataclass(frozen=True, kw_only=True)
class PlaceRecord(SubjectRecord):
    """`kind` is a value of Place.Kind. `is_overshadowed` means that its name makes everybody think of a larger place:
    if the archive gets to know it, its name is not looked for in texts."""

    fields: ClassVar = (
        "description", "wikidata_id", "kind", "latitude", "longitude", "country_code", "geonames_id", "population",
    )  # fmt: skip
    identifiers: ClassVar = ("geonames_id", "wikidata_id")

    kind: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    country_code: str = ""
    geonames_id: int | None = None
    population: int | None = None
    is_overshadowed: bool = False

    @property
    def is_worth_looking_for(self) -> bool:
        return super().is_worth_looking_for and not self.is_overshadowed

    def identity(self) -> list[str]:
        codes = super().identity()
        if self.geonames_id:
            codes.append(f"geonames:{self.geonames_id}")
        if self.country_code and self.kind in COUNTRY_KINDS:
            codes.append(f"iso3166:{self.country_code}")
        return codes


@dataclass(frozen=True, kw_only=True)
class TopicRecord(SubjectRecord):
    fields: ClassVar = ("description", "wikidata_id", "iptc_code")
    identifiers: ClassVar = ("iptc_code", "wikidata_id")

    iptc_code: str = ""

    def identity(self) -> list[str]:
        return super().identity() + ([self.iptc_code] if self.iptc_code else [])


# What has a country code of its own.
COUNTRY_KINDS = frozenset({"country", "territory"})
RECORDS: dict[str, type[SubjectRecord]] = {"person": PersonRecord, "place": PlaceRecord, "topic": TopicRecord}
