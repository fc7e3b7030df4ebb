"""The one table of formats for each kind of subject. `find_format` asks them in this order."""

from pathlib import Path

from articles.pipeline.reading.files import InputFile

from .base import Parsed, ReadingOptions, SubjectFormat
from .csv_table import CsvTable
from .geonames_countries import GeoNamesCountries
from .geonames_hierarchy import GeoNamesHierarchy
from .geonames_names import GeoNamesNames
from .geonames_places import GeoNamesPlaces
from .geonames_regions import GeoNamesRegions
from .json_lines import JsonLines
from .legislators import Legislators
from .media_topics import MediaTopics
from .popolo import Popolo

# From the most certain sign to the most lenient: what stands behind sees only what those before it passed over.
_IN_ORDER: dict[str, tuple[SubjectFormat, ...]] = {
    "person": (Popolo("person"), Legislators(), JsonLines("person"), CsvTable("person")),
    "place": (
        GeoNamesPlaces(),
        GeoNamesCountries(),
        GeoNamesRegions(),
        GeoNamesNames(),
        GeoNamesHierarchy(),
        Popolo("place"),
        JsonLines("place"),
        CsvTable("place"),
    ),
    "topic": (MediaTopics(), JsonLines("topic"), CsvTable("topic")),
}

FORMATS: dict[str, dict[str, SubjectFormat]] = {
    kind: {format.name: format for format in formats} for kind, formats in _IN_ORDER.items()
}
# Files of GeoNames with nothing in them for the archive.
OF_NO_USE = frozenset(
    {
        "readme.txt", "iso-languagecodes.txt", "timeZones.txt", "featureCodes_en.txt", "admin2Codes.txt",
        "adminCode5.txt", "userTags.txt", "no-country.txt",
    }
)  # fmt: skip


def find_format(kind: str, file: InputFile) -> SubjectFormat | None:
    """The first format of this kind that recognises the file by its content."""
    return next((format for format in FORMATS[kind].values() if format.recognises(file)), None)


def is_of_no_use(file: InputFile) -> bool:
    return Path(file.name).name in OF_NO_USE


__all__ = ["FORMATS", "Parsed", "ReadingOptions", "SubjectFormat", "find_format", "is_of_no_use"]
