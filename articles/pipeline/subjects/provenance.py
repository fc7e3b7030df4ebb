"""Whether the value of a field came from an import: then a newer import may replace it."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType

from articles.models import ImportBatch, ImportedChange, Subject, SubjectKind
from articles.pipeline.storing.ledger import json_value


class Provenance:
    """Of some subjects; the database is asked only when a field is in question."""

    def __init__(self, kind: SubjectKind, subjects: Iterable[Subject]) -> None:
        self._kind = kind
        self._subjects = [subject for subject in subjects if subject.pk]

    def is_imported(self, subject: Subject, field: str) -> bool:
        """What the ledger of the imports has as the latest value, still is it; or the subject came from an import,
        and no person has changed it in the admin since."""
        imported = self._ledger[subject.pk]
        if field in imported:
            return imported[field] == json_value(subject, field)
        return subject.batch_id is not None and subject.pk not in self._edited

    def is_made_from_a_tag(self, subject: Subject) -> bool:
        """Whether an import of articles made it, so that nobody has said yet that its name is worth looking for."""
        return subject.batch_id in self._article_batches and subject.pk not in self._edited

    @cached_property
    def _ledger(self) -> dict[int, dict[str, Any]]:
        """For each subject the last value that an import gave to each field it changed."""
        values: dict[int, dict[str, Any]] = defaultdict(dict)
        changes = ImportedChange.objects.filter(kind=self._kind.name, object_id__in=self._ids, is_undone=False)
        for pk, fields in changes.order_by("pk").values_list("object_id", "fields"):
            values[pk].update({name: after for name, (_, after) in fields.items()})
        return values

    @cached_property
    def _edited(self) -> set[int]:
        """Those that a person changed in the admin: any of their fields counts, as the log names them loosely."""
        content_type = ContentType.objects.get_for_model(self._kind.model)
        entries = LogEntry.objects.filter(content_type=content_type, object_id__in=map(str, self._ids))
        return {int(id) for id in entries.values_list("object_id", flat=True)}

    @cached_property
    def _article_batches(self) -> set[int]:
        ids = {subject.batch_id for subject in self._subjects} - {None}
        return set(ImportBatch.objects.filter(pk__in=ids, kind="articles").values_list("pk", flat=True))

    @property
    def _ids(self) -> list[int]:
        return [subject.pk for subject in self._subjects]
