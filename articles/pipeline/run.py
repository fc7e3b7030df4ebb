"""The stations in a row: read → parse → annotate → store → index."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace

from django.utils import timezone

from articles.database.query_log import no_query_log
from articles.history import belonging_to, long_occasion
from articles.models import ImportBatch, ImportProblem, Occasion
from articles.pipeline.reading.files import FileTooLarge, InputFile, LineTooLong, NamedFile, open_files
from articles.pipeline.storing.known_subjects import load_known_subjects
from articles.pipeline.storing.plan import find_stored
from articles.pipeline.storing.rehearse import Rehearsal
from articles.pipeline.storing.store import Annotate, Store

from .file_copies import FileCopies
from .follow_index import IndexFollower
from .formats import FORMATS, Format, MappedFormat, Parsed, find_format
from .limits import notes_on, within_limits
from .memory import seldom_collected, share_heaps
from .options import ImportOptions
from .outcomes import Action, ImportReport, Outcome
from .records import AnnotatedRecord, ArticleRecord, Note, Position, Problem, clean_text
from .workers import Annotators

# So many records make a transaction. More of them touch the same pages of the database's indexes.
BATCH = 1_000


@dataclass
class Listeners:
    """Who wants to hear of what happens, as it happens."""

    problem: Callable[[Problem], None] = lambda problem: None
    note: Callable[[Note], None] = lambda note: None
    outcome: Callable[[Outcome], None] = lambda outcome: None
    progress: Callable[[int], None] = lambda records: None
    started: Callable[[ImportBatch], None] = lambda batch: None


def import_articles(
    paths: list[str | NamedFile], options: ImportOptions, listeners: Listeners | None = None, user=None
) -> ImportReport:
    """Import everything at the paths. Problems are reported as they occur, and the rest goes on. The history names
    the user."""
    share_heaps()
    with no_query_log(), seldom_collected():
        return _Import(paths, options, listeners or Listeners(), user).run()


class _Import:
    def __init__(self, paths: list[str | NamedFile], options: ImportOptions, listeners: Listeners, user) -> None:
        self._paths, self._options, self._listeners, self._user = paths, options, listeners, user
        self._report = ImportReport()
        self._occasion: Occasion | None = None
        self._batch = ImportBatch(
            paths=[clean_text(str(path)) for path in paths], format=options.format, source_name=options.source
        )
        writer = Rehearsal(options, self._report) if options.dry_run else Store(self._batch, options, self._report)
        self._write = writer.write

    def run(self) -> ImportReport:
        if self._options.dry_run:
            self._import_everything(IndexFollower(is_needed=False))
            return self._report
        self._batch.save()
        self._report.batch_id = self._batch.pk
        self._listeners.started(self._batch)
        try:
            with IndexFollower() as follower, long_occasion(f"Import {self._batch.pk}", self._user) as self._occasion:
                self._import_everything(follower)
            self._report.index_problem = follower.problem
            self._batch.status = ImportBatch.Status.FINISHED
        finally:
            self._end()
        return self._report

    def _import_everything(self, follower: IndexFollower) -> None:
        portions = _batched(_numbered(_read(self._paths, self._options)), BATCH)
        with Annotators(load_known_subjects, self._options.processes) as annotators:
            for items, annotated in annotators.ahead(portions, _likely_changed):
                self._import_portion(items, annotated, annotators)
                follower.follow(len(items))
                self._listeners.progress(len(items))

    def _import_portion(
        self, items: list[Parsed], annotated: dict[int, AnnotatedRecord], annotators: Annotators
    ) -> None:
        records = [item for item in items if isinstance(item, ArticleRecord)]
        problems = [item for item in items if isinstance(item, Problem)]
        # One transaction: whenever this is killed, the batch says what is in.
        with belonging_to(self._occasion, is_import=True) if self._occasion else nullcontext():
            outcomes = self._write(records, _with_missing(annotated, annotators))
            self._report.rejected += len(problems)
            if self._batch.pk:
                ImportProblem.objects.bulk_create(_row(problem, self._batch) for problem in problems)
                self._save_counts()
        for problem in problems:
            self._listeners.problem(problem)
        for outcome in outcomes:
            self._listeners.outcome(outcome)
        for note in (item for item in items if isinstance(item, Note)):
            self._listeners.note(note)

    def _save_counts(self) -> None:
        report, batch = self._report, self._batch
        batch.created, batch.updated = report.actions[Action.CREATED], report.actions[Action.UPDATED]
        batch.unchanged = report.actions[Action.UNCHANGED]
        batch.rejected, batch.links, batch.subjects = report.rejected, report.links, report.subjects
        batch.duplicates = report.copies + report.actions[Action.DUPLICATE]
        batch.save()

    def _end(self) -> None:
        if self._batch.status == ImportBatch.Status.RUNNING:
            self._batch.status = ImportBatch.Status.INTERRUPTED
        self._batch.finished_at = timezone.now()
        self._batch.save(update_fields=["status", "finished_at"])


def _likely_changed(items: list[Parsed]) -> list[ArticleRecord]:
    """The records worth annotating ahead. What is decided in the end is decided when they are written."""
    records = [item for item in items if isinstance(item, ArticleRecord)]
    stored = find_stored(records)
    return [each for each in records if each.key not in stored or stored[each.key].digest != each.digest]


def _with_missing(ready: dict[int, AnnotatedRecord], annotators: Annotators) -> Annotate:
    """Gives records annotated: those that are already, and the others at once."""

    def annotate(wanted: list[ArticleRecord]) -> list[AnnotatedRecord]:
        missing = [record for record in wanted if id(record) not in ready]
        ready.update(zip(map(id, missing), annotators.annotate(missing), strict=True))
        return [ready[id(record)] for record in wanted]

    return annotate


def _read(paths: list[str | NamedFile], options: ImportOptions) -> Iterator[Parsed]:
    for file in open_files(paths, options.encoding):
        if not isinstance(file, InputFile):
            yield file
            continue
        format = FORMATS[options.format] if options.format != "auto" else find_format(file)
        if format is None:
            advice = f"Name one with --format ({', '.join(FORMATS)})."
            yield Problem(Position(file.name), "No format recognises this file.", advice)
        elif not options.fields:
            yield from _parse(format, file, options.source)
        elif isinstance(format, MappedFormat):
            yield from _parse(format.with_fields(options.fields), file, options.source)
        else:
            reason = f"A file in the format {format.name} has no fields to map."
            yield Problem(Position(file.name), reason, "Leave --field out, or name another --format.")


def _numbered(items: Iterable[Parsed]) -> Iterator[Parsed]:
    copies = FileCopies()
    for item in items:
        yield copies.numbered(item) if isinstance(item, ArticleRecord) else item


def _parse(format: Format, file: InputFile, source: str) -> Iterator[Parsed]:
    try:
        for item in format.parse(file):
            if isinstance(item, ArticleRecord):
                yield from notes_on(item)
                item = within_limits(item.with_source(source))
            elif isinstance(item, Note) and source:
                item = replace(item, without_source="")
            yield item
    except FileTooLarge:
        advice = "Split it, or take the large parts out."
        yield Problem(Position(file.name), "The file is larger than 64 MB and has to be read whole.", advice)
    except LineTooLong as error:
        advice = "Is this a text file? Split it and try again."
        yield Problem(Position(file.name, error.line), "The line is longer than 16 MB.", advice)
    except OSError as error:
        reason = f"The file could not be read to its end ({error.strerror})."
        yield Problem(Position(file.name), reason, "Import it again when it can be read.")


def _row(problem: Problem, batch: ImportBatch) -> ImportProblem:
    return ImportProblem(
        batch=batch,
        file=clean_text(problem.position.file)[:1000],
        line=problem.position.line,
        reason=clean_text(problem.reason),
        advice=clean_text(problem.advice),
    )


def _batched(items: Iterable, size: int) -> Iterator[list]:
    iterator = iter(items)
    while batch := list(itertools.islice(iterator, size)):
        yield batch
