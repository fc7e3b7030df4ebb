"""Writing what an import has made of the subjects, in few statements, and the ledger from which it can be undone."""

from collections.abc import Iterable

from articles.database.bulk import insert_rows
from articles.models import ImportedChange
from articles.models.free_slugs import free_slugs
from articles.models.slugs import make_slug
from articles.pipeline.storing.ledger import json_value

from .entries import Entry, Run

# In the ledger the other names that were added stand beside the fields.
ADDED_NAMES = "aliases"


def save_entries(entries: Iterable[Entry], run: Run) -> None:
    """Write the new and the changed ones, and their names. The caller holds the transaction."""
    entries = list(entries)
    new = [entry.subject for entry in entries if entry.is_new]
    changed = [entry for entry in entries if not entry.is_new and (entry.before or entry.added)]
    wished = [make_slug(subject.name, fallback=run.kind.name) for subject in new]
    for subject, slug in zip(new, free_slugs(run.kind.model, wished), strict=True):
        subject.slug = slug
    run.kind.model.objects.bulk_create(new, batch_size=500)
    _update(changed, run)
    _add_names(entries, run)
    _write_ledger([entry for entry in changed if not run.is_of_this_run(entry.subject)], run)


def _update(changed: list[Entry], run: Run) -> None:
    fields = sorted({name for entry in changed for name in entry.before})
    if fields:
        subjects = [entry.subject for entry in changed if entry.before]
        run.kind.model.objects.bulk_update(subjects, fields, batch_size=100)


def _add_names(entries: list[Entry], run: Run) -> None:
    names = [(entry.subject.pk, other.name, other.language) for entry in entries for other in entry.added]
    insert_rows(run.kind.alias, ["subject_id", "name", "language"], names)


def _write_ledger(changed: list[Entry], run: Run) -> None:
    """One row for each subject that was in the archive before this import."""
    ImportedChange.objects.bulk_create(
        ImportedChange(batch=run.batch, kind=run.kind.name, object_id=entry.subject.pk, fields=_fields(entry))
        for entry in changed
    )


def _fields(entry: Entry) -> dict[str, list]:
    fields = {name: [before, json_value(entry.subject, name)] for name, before in entry.before.items()}
    if entry.added:
        fields[ADDED_NAMES] = [[], [other.name for other in entry.added]]
    return fields
