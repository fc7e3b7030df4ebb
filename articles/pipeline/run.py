"""The stations in a row: read → parse → annotate → store → index."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.utils import timezone

from articles.models import ImportBatch, ImportProblem
from articles.search import IndexNotWritten, update_index

from .annotate import annotate
from .formats import FORMATS, Format, find_format
from .known_names import load_names
from .limits import within_limits
from .read import FileTooLarge, InputFile, LineTooLong, open_files
from .records import ArticleRecord, Position, Problem, clean_text
from .store import Counts, plan_batch, store_batch
from .text import with_headline_and_summary

BATCH = 500


@dataclass
class ImportReport:
    """What an import did, or with --dry-run would do. `rejected` counts problems; `unknown_tags` tags that
    name no known subject."""

    counts: Counts = field(default_factory=Counts)
    rejected: int = 0
    unknown_tags: int = 0
    batch_id: int | None = None
    index_problem: str = ""


@dataclass
class ImportOptions:
    """`format` is a name in FORMATS or "auto"; `source` names the source of records that have none."""

    format: str = "auto"
    source: str = ""
    dry_run: bool = False


def import_articles(
    paths: list[str],
    options: ImportOptions,
    on_problem: Callable[[Problem], None] = lambda problem: None,
    on_progress: Callable[[int], None] = lambda records: None,
) -> ImportReport:
    """Import everything at the paths. Problems are reported as they occur, and the rest goes on."""
    report = ImportReport()
    names = load_names()
    batch = _begin(paths, options)
    try:
        for items in _batched(_read(paths, options), BATCH):
            _import_batch(items, batch, names, report, on_problem)
            on_progress(len(items))
        batch.status = ImportBatch.Status.FINISHED
    finally:
        _end(batch, report)
    return report


def _begin(paths: list[str], options: ImportOptions) -> ImportBatch:
    batch = ImportBatch(paths=[clean_text(path) for path in paths], format=options.format, source_name=options.source)
    batch.status = ImportBatch.Status.INTERRUPTED if options.dry_run else ImportBatch.Status.RUNNING
    if not options.dry_run:
        batch.save()
    return batch


def _import_batch(items, batch: ImportBatch, names, report: ImportReport, on_problem) -> None:
    problems = [item for item in items if isinstance(item, Problem)]
    records = [annotate(with_headline_and_summary(item), names) for item in items if isinstance(item, ArticleRecord)]
    report.rejected += len(problems)
    report.unknown_tags += sum(len(record.unknown_tags) for record in records)
    for problem in problems:
        on_problem(problem)
    if batch.pk is None:
        report.counts += plan_batch(records)
        return
    report.counts += store_batch(records, batch)
    ImportProblem.objects.bulk_create(_row(problem, batch) for problem in problems)
    try:
        update_index()
    except IndexNotWritten as error:
        report.index_problem = str(error)


def _end(batch: ImportBatch, report: ImportReport) -> None:
    if batch.pk is None:
        return
    if batch.status == ImportBatch.Status.RUNNING:
        batch.status = ImportBatch.Status.INTERRUPTED
    for name in ("created", "updated", "unchanged", "links"):
        setattr(batch, name, getattr(report.counts, name))
    batch.rejected = report.rejected
    batch.finished_at = timezone.now()
    batch.save()
    report.batch_id = batch.pk


def _read(paths: list[str], options: ImportOptions) -> Iterator[ArticleRecord | Problem]:
    for file in open_files(paths):
        if isinstance(file, Problem):
            yield file
            continue
        format = FORMATS[options.format] if options.format != "auto" else find_format(file)
        if format is None:
            advice = f"Name one with --format ({', '.join(FORMATS)})."
            yield Problem(Position(file.name), "No format recognises this file.", advice)
        else:
            yield from _parse(format, file, options.source)


def _parse(format: Format, file: InputFile, source: str) -> Iterator[ArticleRecord | Problem]:
    try:
        for item in format.parse(file):
            yield within_limits(item.with_source(source)) if isinstance(item, ArticleRecord) else item
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
        reason=problem.reason,
        advice=problem.advice,
    )


def _batched(items: Iterable, size: int) -> Iterator[list]:
    iterator = iter(items)
    while batch := list(itertools.islice(iterator, size)):
        yield batch
