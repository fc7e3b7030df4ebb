"""Which place of GeoNames lies in which: hierarchy.txt. It completes places that have no parent yet."""

from collections.abc import Iterator

from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import Problem
from articles.pipeline.subjects.records import ParentReference, PlaceRecord
from articles.pipeline.subjects.values import read_geonames_id

from .base import Parsed, ReadingOptions
from .geonames import GeoNamesFormat

# The other relations are memberships: of islands in a group, of states in a union.
ADMINISTRATIVE = ("ADM", "")


class GeoNamesHierarchy(GeoNamesFormat):
    name = "geonames_hierarchy"
    label = "GeoNames: hierarchy.txt"
    stage = 1

    def is_row(self, cells: list[str]) -> bool:
        return 2 <= len(cells) <= 3 and cells[0].isdecimal() and cells[1].isdecimal()

    def parse(self, file: InputFile, options: ReadingOptions) -> Iterator[Parsed]:
        for position, cells in self.rows(file):
            if isinstance(cells, Problem):
                yield cells
            elif options.wants(cells[1]) and (cells[2:] == [] or cells[2] in ADMINISTRATIVE):
                parent = ParentReference(codes=(f"geonames:{int(cells[0])}",), is_expected=False)
                number = read_geonames_id(cells[1])
                yield PlaceRecord(position=position, geonames_id=number, parent=parent, is_addition=True)
