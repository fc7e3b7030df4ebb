"""What a format of people, places or topics is: one class in one file, and one line in formats/__init__.py."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field

from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import Note, Problem
from articles.pipeline.subjects.everyday import CAREFUL
from articles.pipeline.subjects.records import SubjectRecord

Parsed = SubjectRecord | Problem | Note


@dataclass(frozen=True)
class ReadingOptions:
    """What the user asked for; each format uses what it knows of.

    `languages` are codes, or none for all; a `minimum_population` of None leaves it to the format; `features` are
    GeoNames feature codes that are taken in besides; `columns` maps fields to the file's names for them. `wanted` are
    the GeoNames ids of the places that can be completed, None where nobody knows them yet.
    """

    languages: tuple[str, ...] = ()
    minimum_population: int | None = None
    features: frozenset[str] = frozenset()
    columns: Mapping[str, str] = field(default_factory=dict)
    has_alternate_names: bool = False
    wanted: Container[int] | None = None

    def wants(self, geonames_id: str) -> bool:
        return self.wanted is None or int(geonames_id) in self.wanted


class SubjectFormat:
    """`name` is the word for --format; `label` says in a few words what it reads.

    `attribution` names the makers of the data, where their licence asks for it. Files of a later `stage` are read
    after all those of an earlier one, because they complete what stands there. `match_names` is the mode of
    everyday.py for names that nobody chose for this archive. `has_columns` where the fields have names that a user
    can map.
    """

    name: str
    label: str
    attribution = ""
    stage = 0
    match_names = CAREFUL
    has_columns = False

    def recognises(self, file: InputFile) -> bool:
        """Whether the beginning of the file looks like this format. Must not read on."""
        raise NotImplementedError

    def parse(self, file: InputFile, options: ReadingOptions) -> Iterator[Parsed]:
        """The records of the file in their order. A record that cannot be read is a Problem; the rest goes on."""
        raise NotImplementedError
