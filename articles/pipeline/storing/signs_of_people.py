"""What tells that a row is no longer only the work of one import."""

from collections.abc import Iterable

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from articles.models import SUBJECT_KINDS, Article, ImportBatch, ImportedChange, Link, SubjectKind
from articles.models.subject import Subject

DECIDED = Q(decided_at__isnull=False) | Q(origin=Link.Origin.EDITOR)


def touched_articles(articles: Iterable[Article], batch: ImportBatch) -> dict[int, str]:
    """For each article that a person or another import has changed: a few words that say so."""
    touched = {article.pk: "was edited here" for article in articles if article.edited_fields}
    ids = [article.pk for article in articles]
    for kind in SUBJECT_KINDS.values():
        decided = kind.link.objects.filter(DECIDED, article__in=ids).values_list("article", flat=True)
        touched.update(dict.fromkeys(decided, f"has {kind.plural} that a person decided on"))
    return {**touched, **_changed_by_others("article", ids, batch)}


def edited_subjects(kind: SubjectKind, subjects: Iterable[Subject], batch: ImportBatch) -> dict[int, str]:
    """For each subject that others rely on by now: a few words that say so."""
    ids = [subject.pk for subject in subjects]
    relied = kind.link.objects.filter(DECIDED | Q(origin=Link.Origin.SOURCE), subject__in=ids)
    kept = dict.fromkeys(relied.values_list("subject", flat=True), "is linked by others")
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(kind.model), object_id__in=map(str, ids)
    )
    kept.update({int(id): "was edited here" for id in entries.values_list("object_id", flat=True)})
    if kind.is_tree:
        parts = kind.model.objects.filter(parent__in=ids).exclude(batch=batch)
        kept.update(dict.fromkeys(parts.values_list("parent", flat=True), "has parts of its own"))
    return {**kept, **_changed_by_others(kind.name, ids, batch)}


def _changed_by_others(kind: str, ids: Iterable[int], batch: ImportBatch) -> dict[int, str]:
    changes = ImportedChange.objects.filter(kind=kind, object_id__in=ids, is_undone=False).exclude(batch=batch)
    return {id: f"was changed by import {other}" for id, other in changes.values_list("object_id", "batch")}
