"""What all files of GeoNames share: https://download.geonames.org/export/dump/readme.txt

Places lie in the region whose code their row has, else in the country, and countries in a continent.
"""

import re
from collections.abc import Iterable, Iterator

from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import Position, Problem, clean_text
from articles.pipeline.subjects.prominence import Known
from articles.pipeline.subjects.records import OtherName, ParentReference

from .base import SubjectFormat

ATTRIBUTION = "GeoNames (https://www.geonames.org/), CC BY 4.0"
# The continents are in no file but the largest; their numbers are in the readme.
CONTINENTS = {
    "AF": (6255146, "Africa"),
    "AN": (6255152, "Antarctica"),
    "AS": (6255147, "Asia"),
    "EU": (6255148, "Europe"),
    "NA": (6255149, "North America"),
    "OC": (6255151, "Oceania"),
    "SA": (6255150, "South America"),
}
# Countries of the list that are parts of another state (ISO 3166-1 gives them codes of their own).
TERRITORIES = frozenset(
    {
        "AI", "AQ", "AS", "AW", "AX", "BL", "BM", "BQ", "BV", "CC", "CK", "CW", "CX", "EH", "FK", "FO", "GF", "GG",
        "GI", "GL", "GP", "GS", "GU", "HK", "HM", "IM", "IO", "JE", "KY", "MF", "MO", "MP", "MQ", "MS", "NC", "NF",
        "NU", "PF", "PM", "PN", "PR", "RE", "SH", "SJ", "SX", "TC", "TF", "TK", "UM", "VG", "VI", "WF", "YT",
    }
)  # fmt: skip
# What stands in the column of the language and is none: post codes, links, codes of airports and ports, spellings.
NO_LANGUAGES = frozenset("post link iata icao faac tcid unlc abbr piny phon fr_1793 wkdt".split())  # noqa: SIM905
_CODE = re.compile(r"^[A-Z0-9]{1,4}$")


class GeoNamesFormat(SubjectFormat):
    """A table with tabs between its columns, without quotation marks, in UTF-8."""

    attribution = ATTRIBUTION

    def recognises(self, file: InputFile) -> bool:
        lines = (line for line in file.head_text().split("\n") if line.strip() and not line.startswith("#"))
        return self.is_row(next(lines, "").rstrip("\r").split("\t"))

    def is_row(self, cells: list[str]) -> bool:
        raise NotImplementedError

    def survey(self, file: InputFile) -> Iterator[Known]:
        """The places whose names others must not take, before any of them is read."""
        return iter(())

    def rows(self, file: InputFile) -> Iterator[tuple[Position, list[str] | Problem]]:
        """The cells of each line that is no comment; a line of another shape is a Problem."""
        for number, line in file.lines():
            cells = line.split("\t")
            if not line.strip() or line.startswith("#"):
                continue
            position = Position(file.name, number)
            if self.is_row(cells):
                yield position, cells
            else:
                reason = f"The line is no row of a file of GeoNames such as this ({self.label})."
                yield position, Problem(position, reason, "Get the file again, or take the line out.")


def region_key(country: str, region: str) -> str:
    return f"admin1:{country}.{region}" if country and region not in ("", "00") else ""


def parent_of_city(country: str, region: str) -> ParentReference:
    """The region, else the country. That neither is in the archive is told once, not for each city."""
    key = region_key(country, region)
    codes = [f"key:{key}"] if key else []
    return ParentReference(codes=(*codes, f"iso3166:{country}"), is_expected=False) if country else ParentReference()


def parent_in_continent(code: str) -> ParentReference:
    known = CONTINENTS.get(code)
    return ParentReference(codes=(f"geonames:{known[0]}",), is_expected=False) if known else ParentReference()


def names_without_language(names: Iterable[str]) -> tuple[list[OtherName], int]:
    """The names that newspapers could use, and how many are left out.

    Codes of airports are left out (WAS, THE), and what GeoNames transcribed letter by letter: such names are in lower
    case ("lun dun"), and would be found in any text.
    """
    clean = [" ".join(clean_text(name).split()) for name in names]
    given = [name for name in clean if name]
    kept = [OtherName(name) for name in given if len(name) > 1 and not name[0].islower() and not _CODE.match(name)]
    return kept, len(given) - len(kept)
