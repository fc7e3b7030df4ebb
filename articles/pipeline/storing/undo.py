"""Taking back what an import did, except for what people, or later imports, have changed since."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import models, transaction
from django.utils import timezone

from articles.history import belonging_to, long_occasion
from articles.models import SUBJECT_KINDS, Article, Candidate, ImportBatch, ImportedChange, Occasion, Source
from articles.search import IndexNotWritten, update_index

from .copies import dissolve_lonely_groups
from .ledger import BOOKKEEPING, json_value
from .signs_of_people import edited_subjects, touched_articles
from .store_links import WRITTEN_FIELDS

PORTION = 500


class UndoRefused(Exception):
    """The import cannot be taken back. The message is a sentence."""


@dataclass
class UndoReport:
    """What was taken back. `left` has a sentence for each thing that stays as it is, and why."""

    removed: int = 0
    restored: int = 0
    removed_subjects: int = 0
    left: list[str] = field(default_factory=list)
    index_problem: str = ""


Progress = Callable[[int], None]


def undo_import(batch: ImportBatch, on_progress: Progress = lambda rows: None, user=None) -> UndoReport:
    """Take back everything the import did, in portions: an undo that is interrupted goes on where it was. The history
    names the user.

    Raises UndoRefused.
    """
    with long_occasion(f"Import {batch.pk} taken back", user) as occasion:
        report = _take_back(batch, occasion, on_progress)
    try:
        update_index()
    except IndexNotWritten as error:
        report.index_problem = str(error)
    return report


def rehearse_undo(batch: ImportBatch, on_progress: Progress = lambda rows: None) -> UndoReport:
    """What `undo_import` would do. Raises UndoRefused."""
    with transaction.atomic():
        with long_occasion(f"Import {batch.pk} taken back") as occasion:
            report = _take_back(batch, occasion, on_progress)
        transaction.set_rollback(True)
    return report


def _take_back(batch: ImportBatch, occasion: Occasion, on_progress: Progress) -> UndoReport:
    if batch.status == ImportBatch.Status.UNDONE:
        raise UndoRefused(f"Import {batch.pk} was taken back already.")
    if batch.is_running:
        raise UndoRefused(f"Import {batch.pk} is still running. Stop it first, or wait.")
    report = UndoReport()
    for change in batch.changes.filter(is_undone=False).order_by("-pk").iterator(PORTION):
        with belonging_to(occasion):
            _restore(change, report)
        on_progress(1)
    for portion in _portions(Article.objects.filter(batch=batch)):
        with belonging_to(occasion):
            _remove_articles(portion, batch, report)
        on_progress(len(portion))
    with belonging_to(occasion):
        _remove_subjects(batch, report)
        Candidate.objects.filter(batch=batch, status=Candidate.Status.OPEN).delete()
        Source.objects.filter(batch=batch, articles=None).delete()
    batch.status, batch.undone_at = ImportBatch.Status.UNDONE, timezone.now()
    batch.save(update_fields=["status", "undone_at"])
    return report


def _restore(change: ImportedChange, report: UndoReport) -> None:
    """Put the values back that the import replaced, where they are still those of the import."""
    change.is_undone = True
    change.save(update_fields=["is_undone"])
    model = Article if change.kind == "article" else SUBJECT_KINDS[change.kind].model
    row = model.objects.select_for_update().filter(pk=change.object_id).first()
    if row is None:
        return
    later = _later_import(change)
    if later:
        report.left.append(f"“{row}” was changed by import {later} since: take that back first.")
        return
    for name, (before, after) in change.fields.items():
        if name == "aliases":
            row.aliases.filter(name__in=after).delete()
        elif json_value(row, name) == after:
            field = row._meta.get_field(name)
            setattr(row, field.attname, field.to_python(before))
        elif name not in BOOKKEEPING:
            report.left.append(f"“{row}”: {field_name(row, name)} was changed since and stays.")
    row.save()
    for kind, subject, before, after in change.links:
        _restore_link(SUBJECT_KINDS[kind], change.object_id, subject, before, after)
    report.restored += 1


def field_name(row: models.Model, name: str) -> str:
    return str(row._meta.get_field(name).verbose_name)


def _later_import(change: ImportedChange) -> int | None:
    later = ImportedChange.objects.filter(kind=change.kind, object_id=change.object_id, pk__gt=change.pk)
    return later.exclude(batch=change.batch_id).filter(is_undone=False).values_list("batch", flat=True).first()


def _restore_link(kind, article: int, subject: int, before: list | None, after: list | None) -> None:
    links = kind.link.objects.filter(article=article, subject=subject)
    if after is None:
        if not links.exists() and kind.model.objects.filter(pk=subject).exists():
            kind.link.objects.create(
                article_id=article, subject_id=subject, **dict(zip(WRITTEN_FIELDS, before, strict=True))
            )
        return
    unchanged = links.open_to_machines().filter(**dict(zip(WRITTEN_FIELDS, after, strict=True)))
    if before is None:
        unchanged.delete()
    else:
        unchanged.update(**dict(zip(WRITTEN_FIELDS, before, strict=True)))


def _remove_articles(articles: list[Article], batch: ImportBatch, report: UndoReport) -> None:
    touched = touched_articles(articles, batch)
    report.left += [f"“{article}” {touched[article.pk]} and stays." for article in articles if article.pk in touched]
    removed = [article for article in articles if article.pk not in touched]
    Article.objects.filter(pk__in=[article.pk for article in removed]).delete()
    dissolve_lonely_groups(article.text_group_id for article in removed if article.text_group_id)
    report.removed += len(removed)


def _remove_subjects(batch: ImportBatch, report: UndoReport) -> None:
    for kind in SUBJECT_KINDS.values():
        for portion in _portions(kind.model.objects.filter(batch=batch)):
            kept = edited_subjects(kind, portion, batch)
            report.left += [f"“{subject}” {kept[subject.pk]} and stays." for subject in portion if subject.pk in kept]
            gone = [subject.pk for subject in portion if subject.pk not in kept]
            kind.model.objects.filter(pk__in=gone).delete()
            report.removed_subjects += len(gone)


def _portions(rows: models.QuerySet) -> Iterator[list]:
    """All rows, by their ids: those that are removed meanwhile leave no gap."""
    last = 0
    while portion := list(rows.filter(pk__gt=last).order_by("pk")[:PORTION]):
        yield portion
        last = portion[-1].pk
