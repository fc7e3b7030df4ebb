"""The regions of GeoNames that countries are divided into first: admin1CodesASCII.txt."""

import re
from collections.abc import Iterator

from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import Position, Problem
from articles.pipeline.subjects.prominence import Known
from articles.pipeline.subjects.records import PlaceRecord
from articles.pipeline.subjects.values import read_geonames_id

from .base import Parsed, ReadingOptions
from .geonames import GeoNamesFormat, parent_of_city, region_key

_CODE = re.compile(r"^[A-Z]{2}\.[A-Z0-9_]{1,20}$")


class GeoNamesRegions(GeoNamesFormat):
    name = "geonames_regions"
    label = "GeoNames: admin1CodesASCII.txt"

    def is_row(self, cells: list[str]) -> bool:
        return len(cells) == 4 and bool(_CODE.match(cells[0])) and bool(re.fullmatch(r"[1-9]\d{0,15}", cells[3]))

    def survey(self, file: InputFile) -> Iterator[Known]:
        return ((cells[1], "region", None) for _, cells in self.rows(file) if isinstance(cells, list))

    def parse(self, file: InputFile, options: ReadingOptions) -> Iterator[Parsed]:
        for position, cells in self.rows(file):
            yield cells if isinstance(cells, Problem) else region(position, cells[0], cells[1], cells[3])


def region(position: Position, code: str, name: str, geonames_id) -> PlaceRecord:
    """`code` has the country in it: "US.CA"."""
    country, _, region_code = code.partition(".")
    return PlaceRecord(
        position=position,
        name=name,
        kind="region",
        country_code=country,
        geonames_id=read_geonames_id(geonames_id),
        parent=parent_of_city(country, ""),
        key=region_key(country, region_code),
    )
