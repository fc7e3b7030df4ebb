"""The ledger of imports: what each changed of what was there before, so that it can be taken back."""

from collections.abc import Iterable, Mapping

from django.db import models

from articles.models import ImportBatch, ImportedChange

from .store_links import Snapshot

# Fields that every import and every save changes: they are no sign of a person's hand.
BOOKKEEPING = ("import_digest", "fingerprint", "updated_at")


def json_value(row: models.Model, name: str) -> object:
    """A field's value as the ledger keeps it: plain JSON, and for a related row its id."""
    field = row._meta.get_field(name)
    value = getattr(row, field.attname)
    return value if value is None or isinstance(value, str | int | float | bool | list) else field.value_to_string(row)


def write_ledger(
    batch: ImportBatch, changes: Mapping[int, Mapping[str, tuple]], before: Snapshot, after: Snapshot
) -> None:
    """`changes` has for each article its changed fields with their values (before, after) as `json_value` gives
    them; the snapshots have its links."""
    ImportedChange.objects.bulk_create(
        ImportedChange(
            batch=batch, kind="article", object_id=id, fields=fields, links=list(_differences(before[id], after[id]))
        )
        for id, fields in changes.items()
    )


def _differences(before: dict, after: dict) -> Iterable[list]:
    for kind, subject in sorted(before.keys() | after.keys()):
        old, new = before.get((kind, subject)), after.get((kind, subject))
        if old != new:
            yield [kind, subject, old, new]
