"""The places of GeoNames: allCountries.txt, cities15000.txt, or the file of a country such as EG.txt."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import Note, Position, Problem
from articles.pipeline.subjects.prominence import Known
from articles.pipeline.subjects.records import ParentReference, PlaceRecord
from articles.pipeline.subjects.values import InvalidValue, read_coordinate, read_number

from .base import Parsed, ReadingOptions
from .geonames import GeoNamesFormat, names_without_language, parent_of_city, region_key

COLUMNS = 19
# In files that were not made by population (cities15000.txt), smaller places than this are passed over.
MINIMUM_POPULATION = 15_000
# https://www.geonames.org/export/codes.html
KINDS = {
    "CONT": "continent",
    "PCL": "country", "PCLI": "country",
    "PCLD": "territory", "PCLF": "territory", "PCLIX": "territory", "PCLS": "territory", "TERR": "territory",
    "PCLH": "former_country",
    "ADM1": "region", "RGN": "region",
}  # fmt: skip
CAPITAL = "PPLC"


class GeoNamesPlaces(GeoNamesFormat):
    name = "geonames"
    label = "GeoNames: places, 19 columns"

    def is_row(self, cells: list[str]) -> bool:
        return len(cells) == COLUMNS and cells[0].isdecimal() and len(cells[6]) <= 1 and len(cells[8]) in (0, 2)

    def survey(self, file: InputFile) -> Iterator[Known]:
        for _, line in file.lines():
            cells = line.split("\t")
            if self.is_row(cells) and (kind := _kind(cells, ReadingOptions())):
                yield cells[1], kind, _population(cells)

    def parse(self, file: InputFile, options: ReadingOptions) -> Iterator[Parsed]:
        minimum = _minimum(file, options)
        passed_over: Counter = Counter()
        for position, cells in self.rows(file):
            if isinstance(cells, Problem):
                yield cells
            elif (kind := _kind(cells, options)) is None:
                passed_over["features"] += 1
            elif kind == "city" and _population(cells) < minimum and cells[7] != CAPITAL:
                passed_over["small"] += 1
            else:
                yield _record(cells, kind, position, options, passed_over)
        yield from _notes(file, minimum, passed_over)


def _minimum(file: InputFile, options: ReadingOptions) -> int:
    if options.minimum_population is not None:
        return options.minimum_population
    return 0 if Path(file.name).name.startswith("cities") else MINIMUM_POPULATION


def _kind(cells: list[str], options: ReadingOptions) -> str | None:
    feature_class, feature_code = cells[6], cells[7]
    if feature_code in KINDS:
        return KINDS[feature_code]
    if feature_class == "P":
        return "city"
    return "other" if feature_code in options.features else None


def _population(cells: list[str]) -> int:
    return int(cells[14]) if cells[14].isdecimal() and len(cells[14]) < 12 else 0


def _record(
    cells: list[str], kind: str, position: Position, options: ReadingOptions, passed_over: Counter
) -> PlaceRecord | Problem:
    country, region = cells[8], cells[10]
    other_names, left_out = names_without_language(cells[3].split(",") if not options.has_alternate_names else [])
    passed_over["names"] += left_out
    try:
        return PlaceRecord(
            position=position,
            name=cells[1] or cells[2],
            other_names=tuple(other_names),
            kind=kind,
            latitude=read_coordinate(cells[4], 90),
            longitude=read_coordinate(cells[5], 180),
            country_code=country if kind != "continent" else "",
            geonames_id=read_number(cells[0]),
            population=_population(cells) or None,
            parent=_parent(kind, country, region),
            key=region_key(country, region) if cells[7] == "ADM1" else "",
        )
    except InvalidValue as error:
        return Problem(position, f"A coordinate {error.args[0]}", error.args[1])


def _parent(kind: str, country: str, region: str) -> ParentReference:
    """Countries find their continent in countryInfo.txt."""
    if kind in ("continent", "country", "territory", "former_country"):
        return ParentReference()
    return parent_of_city(country, "" if kind == "region" else region)


def _notes(file: InputFile, minimum: int, passed_over: Counter) -> Iterator[Note]:
    position = Position(file.name)
    if number := passed_over["small"]:
        yield Note(
            position,
            f"{number} places of fewer than {minimum:,} inhabitants were passed over: "
            "--minimum-population 0 takes them all.",
        )
    if number := passed_over["features"]:
        text = f"{number} rivers, buildings and other features were passed over: --features STM,MT takes those codes."
        yield Note(position, text)
    if number := passed_over["names"]:
        yield Note(position, f"{number} codes and transcriptions among the other names were left out.")
