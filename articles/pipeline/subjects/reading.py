"""From the paths to checked records: open the files, find their formats, read them in the right order."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from articles.pipeline.reading.files import FileTooLarge, InputFile, LineTooLong, NamedFile, open_files
from articles.pipeline.records import Note, Position, Problem

from .companions import have_alternate_names, with_companions
from .everyday import CAREFUL, with_matching
from .formats import FORMATS, Parsed, SubjectFormat, find_format, is_of_no_use
from .formats.geonames import GeoNamesFormat
from .formats.geonames_package import PackagedPlaces
from .known_places import KnownPlaces
from .languages import in_languages
from .limits import within_limits
from .options import ImportOptions
from .records import PlaceRecord, SubjectRecord

EXAMPLES = 10


class Reading:
    """One reading of the paths. It remembers which formats it met, and whom to thank for the data.

    Raises PackageMissing when it is made, if the package is asked for and not installed.
    """

    def __init__(self, kind: str, paths: list[str | NamedFile], options: ImportOptions, places: KnownPlaces) -> None:
        self._kind, self._options, self._places = kind, options, places
        named = [path for path in paths if isinstance(path, NamedFile)]
        others = [path for path in paths if not isinstance(path, NamedFile)]
        others, self._added = (others, []) if options.format != "auto" else with_companions(others)
        self._paths = [*others, *named]
        self._reading = replace(options.reading, has_alternate_names=have_alternate_names(others))
        self._twice = [str(path) for path in map(Path, others) if path.is_file() or path.is_dir()] + named
        self._has_postponed = False
        self._package = PackagedPlaces(self._reading) if options.with_package else None
        self.formats: dict[str, None] = {}
        self.attributions: dict[str, None] = {}
        self._everyday, self._overshadowed = 0, 0
        self._examples: list[str] = []

    def stages(self) -> Iterator[Iterator[Parsed]]:
        """First all subjects, then what completes them: store each stage before asking for the next."""
        yield self._subjects()
        if self._has_postponed:
            yield self._additions()
        yield self._remarks()

    def _subjects(self) -> Iterator[Parsed]:
        """Files that complete others are postponed, if they can be opened twice: a pipe is read at once."""
        for path in self._added:
            yield Note(Position(path), "It lies beside the places of GeoNames, and is read with them.")
        self._survey()
        if self._package:
            self._places.prominence.learn(self._package.survey())
            yield from self._checked(self._package, self._package.places())
        for file, format in self._files(self._paths):
            if _is_later(format) and any(file.name.startswith(str(path)) for path in self._twice):
                self._has_postponed = True
            else:
                yield from self._parse(file, format)

    def _additions(self) -> Iterator[Parsed]:
        self._reading = replace(self._reading, wanted=self._places.geonames_ids())
        for file, format in self._files(self._twice):
            if _is_later(format):
                yield from self._parse(file, format)

    def _survey(self) -> None:
        """Learn the names of large places before any is judged by them."""
        for file, format in self._files(self._twice) if self._kind == "place" else ():
            if isinstance(format, GeoNamesFormat):
                with suppress(OSError, LineTooLong):  # told when the file is read
                    self._places.prominence.learn(format.survey(file))

    def _files(self, paths: list[str | NamedFile]) -> Iterator[tuple[InputFile | None, SubjectFormat | Problem | Note]]:
        """Each file with its format, or with what speaks against reading it."""
        for file in open_files(paths, self._options.encoding):
            if not isinstance(file, InputFile):
                yield None, file
            elif self._kind == "place" and is_of_no_use(file):
                yield file, Note(Position(file.name), "There is nothing in it for the archive: passed over.")
            else:
                yield file, self._format(file)

    def _format(self, file: InputFile) -> SubjectFormat | Problem:
        formats = FORMATS[self._kind]
        insisted = self._options.format != "auto"
        format = formats[self._options.format] if insisted else find_format(self._kind, file)
        if format is None:
            advice = f"Name one with --format ({', '.join(formats)})."
            return Problem(Position(file.name), "No format recognises this file.", advice)
        if self._reading.columns and not format.has_columns:
            reason = f"A file in the format {format.name} has no fields to map."
            return Problem(Position(file.name), reason, "Leave --field out, or name another --format.")
        return format

    def _parse(self, file: InputFile, format: SubjectFormat | Problem | Note) -> Iterator[Parsed]:
        if not isinstance(format, SubjectFormat):
            yield format
            return
        try:
            yield from self._checked(format, format.parse(file, self._reading))
        except FileTooLarge:
            advice = "Split it, or take the large parts out."
            yield Problem(Position(file.name), "The file is larger than 64 MB and has to be read whole.", advice)
        except LineTooLong as error:
            advice = "Is this a text file? Split it and try again."
            yield Problem(Position(file.name, error.line), "The line is longer than 16 MB.", advice)
        except OSError as error:
            reason = f"The file could not be read to its end ({error.strerror})."
            yield Problem(Position(file.name), reason, "Import it again when it can be read.")

    def _checked(self, format: SubjectFormat, items: Iterable[Parsed]) -> Iterator[Parsed]:
        self.formats[format.name] = None
        if format.attribution:
            self.attributions[format.attribution] = None
        for item in items:
            if isinstance(item, SubjectRecord):
                yield from within_limits(self._chosen(item, format))
            else:
                yield item

    def _chosen(self, record: SubjectRecord, format: SubjectFormat) -> SubjectRecord:
        """The record with the names that are wanted, and the decision whether its own is looked for."""
        mode = self._options.match_names or format.match_names
        record = in_languages(record, self._reading.languages)
        if mode == CAREFUL and isinstance(record, PlaceRecord):
            record = self._places.prominence.judge(record)
            self._overshadowed += record.is_overshadowed
        chosen = with_matching(record, mode)
        if mode == CAREFUL and chosen.name_is_matched is False and record.name_is_matched is None:
            self._everyday += 1
            self._examples = [*self._examples, chosen.name][:EXAMPLES]
        return chosen

    def _remarks(self) -> Iterator[Note]:
        otherwise = "The admin, or --match-names all, decides otherwise."
        if self._everyday:
            examples = ", ".join(self._examples)
            text = f"{self._everyday} names are everyday words and are not looked for in texts: {examples}…"
            yield Note(Position("everyday words"), f"{text} {otherwise}")
        if self._overshadowed:
            text = f"{self._overshadowed} places have the name of a better-known one and are not looked for by it."
            yield Note(Position("namesakes"), f"{text} {otherwise}")


def _is_later(format: SubjectFormat | Problem | Note) -> bool:
    return isinstance(format, SubjectFormat) and format.stage > 0
