"""An import of people, places or topics from its files to its report: read → parse → check → match → store."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from django.db import transaction
from django.utils import timezone

from articles.history import belonging_to, long_occasion
from articles.models import SUBJECT_KINDS, ImportBatch, ImportProblem
from articles.pipeline.reading.files import NamedFile
from articles.pipeline.records import Note, Position, Problem, clean_text
from articles.pipeline.run import Listeners
from articles.search import IndexNotWritten, update_index

from .entries import Run
from .formats.geonames_package import PACKAGE
from .known_places import KnownPlaces
from .options import ImportOptions
from .outcomes import Action, SubjectReport
from .reading import Reading
from .records import SubjectRecord
from .store import store_parents, store_records
from .tell import Told

PART = 1_000


def import_subjects(
    kind: str, paths: list[str | NamedFile], options: ImportOptions, listeners: Listeners | None = None, user=None
) -> SubjectReport:
    """Import everything at the paths; `kind` is a word of SUBJECT_KINDS. Problems are told as they occur, and the
    rest goes on. A rehearsal does all of it and takes it back. The history names the user."""
    with _rehearsal(options.dry_run):
        report = _Import(kind, paths, options, listeners or Listeners(), user).run()
    if options.dry_run:
        report.batch_id = None
        return report
    try:
        update_index()  # places and topics that moved are found under others now
    except IndexNotWritten as error:
        report.index_problem = str(error)
    return report


@contextmanager
def _rehearsal(is_rehearsal: bool) -> Iterator[None]:
    """What is inside happens as it is, or in one transaction that is rolled back."""
    if not is_rehearsal:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class _Import:
    def __init__(
        self, kind: str, paths: list[str | NamedFile], options: ImportOptions, listeners: Listeners, user
    ) -> None:
        names = [clean_text(str(path)) for path in paths] + ([PACKAGE] if options.with_package else [])
        self._batch = ImportBatch(kind=kind, paths=names, format=options.format)
        self._reading = Reading(kind, paths, options, KnownPlaces())
        self._run = Run(SUBJECT_KINDS[kind], self._batch, options)
        self._report = SubjectReport()
        self._listeners, self._user = listeners, user

    def run(self) -> SubjectReport:
        self._batch.save()
        self._report.batch_id = self._batch.pk
        self._listeners.started(self._batch)
        try:
            with long_occasion(f"Import {self._batch.pk}", self._user) as self._occasion:
                self._store_everything()
            self._batch.status = ImportBatch.Status.FINISHED
        finally:
            self._end()
        return self._report

    def _store_everything(self) -> None:
        for stage in self._reading.stages():
            for items in _parts(stage):
                self._store(items)
        for waiting in _parts(self._run.waiting):
            self._write(lambda part=waiting: store_parents(part, self._run, self._report))

    def _store(self, items: list) -> None:
        records = [item for item in items if isinstance(item, SubjectRecord)]
        others = [item for item in items if not isinstance(item, SubjectRecord)]
        self._write(lambda: others + store_records(records, self._run, self._report))
        self._listeners.progress(len(records))

    def _write(self, store) -> None:
        """One transaction: whenever this is killed, the batch says what is in."""
        with belonging_to(self._occasion, is_import=True):
            told = store()
            problems = [item for item in told if isinstance(item, Problem)]
            ImportProblem.objects.bulk_create(_row(problem, self._batch) for problem in problems)
            self._report.rejected += len(problems)
            self._save_counts()
        for item in told:
            self._tell(item)

    def _tell(self, item: Told) -> None:
        if isinstance(item, Problem):
            self._listeners.problem(item)
        elif isinstance(item, Note):
            self._listeners.note(item)
        else:
            self._listeners.outcome(item)

    def _save_counts(self) -> None:
        actions, batch = self._report.actions, self._batch
        batch.created, batch.updated = actions[Action.CREATED], actions[Action.UPDATED]
        batch.unchanged, batch.rejected = actions[Action.UNCHANGED], self._report.rejected
        self._report.attributions = tuple(self._reading.attributions)
        batch.source_name = "; ".join(self._report.attributions)[:200]
        batch.format = ", ".join(self._reading.formats)[:40] or batch.format
        batch.save()

    def _end(self) -> None:
        if self._batch.status == ImportBatch.Status.RUNNING:
            self._batch.status = ImportBatch.Status.INTERRUPTED
        if number := self._report.parentless:
            text = f"{number} places lie in no country that the archive has. Import countryInfo.txt of GeoNames, too."
            self._listeners.note(Note(Position(", ".join(self._batch.paths)), text))
        self._batch.finished_at = timezone.now()
        self._batch.save(update_fields=["status", "finished_at"])


def _row(problem: Problem, batch: ImportBatch) -> ImportProblem:
    return ImportProblem(
        batch=batch,
        file=clean_text(problem.position.file)[:1000],
        line=problem.position.line,
        reason=clean_text(problem.reason),
        advice=clean_text(problem.advice),
    )


def _parts(items: Iterable) -> Iterator[list]:
    iterator = iter(items)
    while part := list(islice(iterator, PART)):
        yield part
