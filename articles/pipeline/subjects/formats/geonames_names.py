"""The other names of GeoNames, with their languages, and Wikidata ids: alternateNamesV2.txt."""

import re
from collections.abc import Iterator

from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import Position, Problem
from articles.pipeline.subjects.records import OtherName, PlaceRecord
from articles.pipeline.subjects.values import read_geonames_id

from .base import Parsed, ReadingOptions
from .geonames import NO_LANGUAGES, GeoNamesFormat, names_without_language

WIKIDATA = "wkdt"
COLLOQUIAL = 6


class GeoNamesNames(GeoNamesFormat):
    name = "geonames_names"
    label = "GeoNames: alternateNamesV2.txt"
    stage = 1

    def is_row(self, cells: list[str]) -> bool:
        return 8 <= len(cells) <= 10 and cells[0].isdecimal() and cells[1].isdecimal()

    def parse(self, file: InputFile, options: ReadingOptions) -> Iterator[Parsed]:
        for position, cells in self.rows(file):
            if isinstance(cells, Problem):
                yield cells
            elif options.wants(cells[1]) and (record := _addition(position, cells)):
                yield record


def _addition(position: Position, cells: list[str]) -> PlaceRecord | None:
    language, name = cells[2], " ".join(cells[3].split())
    place = {"position": position, "geonames_id": read_geonames_id(cells[1]), "is_addition": True}
    if language == WIKIDATA:
        return PlaceRecord(wikidata_id=name, **place) if re.fullmatch(r"Q[1-9]\d*", name) else None
    if language in NO_LANGUAGES or cells[COLLOQUIAL] == "1":
        return None
    if not language and not names_without_language([name])[0]:
        return None
    return PlaceRecord(other_names=(OtherName(name, language),), **place) if name else None
