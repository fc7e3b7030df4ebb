"""The countries of GeoNames, and the continents they lie in: countryInfo.txt."""

from collections.abc import Iterator

from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import Position, Problem
from articles.pipeline.subjects.prominence import Known
from articles.pipeline.subjects.records import PlaceRecord
from articles.pipeline.subjects.values import InvalidValue, read_geonames_id, read_number

from .base import Parsed, ReadingOptions
from .geonames import CONTINENTS, TERRITORIES, GeoNamesFormat, parent_in_continent


class GeoNamesCountries(GeoNamesFormat):
    name = "geonames_countries"
    label = "GeoNames: countryInfo.txt"

    def is_row(self, cells: list[str]) -> bool:
        return 17 <= len(cells) <= 19 and [len(cell) for cell in cells[:2]] == [2, 3] and cells[0].isupper()

    def survey(self, file: InputFile) -> Iterator[Known]:
        yield from ((name, "continent", None) for _, name in CONTINENTS.values())
        yield from ((cells[4], "country", None) for _, cells in self.rows(file) if isinstance(cells, list))

    def parse(self, file: InputFile, options: ReadingOptions) -> Iterator[Parsed]:
        yield from continents(Position(file.name))
        for position, cells in self.rows(file):
            if isinstance(cells, Problem):
                yield cells
                continue
            try:
                yield country(position, cells[0], cells[4], cells[8], cells[16], cells[7])
            except InvalidValue as error:
                yield Problem(position, f"A number {error.args[0]}", error.args[1])


def continents(position: Position) -> Iterator[PlaceRecord]:
    for number, name in CONTINENTS.values():
        yield PlaceRecord(position=position, name=name, kind="continent", geonames_id=number)


def country(position: Position, code: str, name: str, continent: str, geonames_id, population) -> PlaceRecord:
    return PlaceRecord(
        position=position,
        name=name,
        kind="territory" if code in TERRITORIES else "country",
        country_code=code,
        geonames_id=read_geonames_id(geonames_id),
        population=read_number(population) or None,
        parent=parent_in_continent(continent),
    )
