"""Lists of people, places, topics and sources: each row with the number of its articles, and sorted by it.

The numbers of all rows come from the search index in some 20 ms. The database would take seconds for those of a million
articles. Without an index the lists have no numbers.
"""

from django.contrib import admin
from django.db.models import IntegerField, Value
from django.utils.translation import gettext_lazy as _

from .archive_list import ArchiveList
from .search import article_counts

COLUMN = "article_count"


class CountedList(ArchiveList):
    def ids_of(self, rows):
        self._counts = article_counts(self.model)
        first, *others = rows.query.order_by
        if self._counts is None or first.lstrip("-") != COLUMN:
            self._ids = super().ids_of(rows)
        else:
            ids = list(self.queryset.order_by(*others).values_list("pk", flat=True))
            ids.sort(key=lambda id: self._counts.get(id, 0), reverse=first.startswith("-"))
            self._ids = ids[rows.query.low_mark : rows.query.high_mark]
        return self._ids

    def shown(self, rows):
        found = {row.pk: row for row in rows}
        shown = [found[id] for id in self._ids if id in found]
        for row in shown:
            row.article_count = None if self._counts is None else self._counts.get(row.pk, 0)
        return shown


class CountedAdmin:
    """For ArchiveAdmins of what articles are about, or come from."""

    def get_changelist(self, request, **kwargs):
        return CountedList

    def get_queryset(self, request):
        """With a place for the number: what is no column of a query cannot be sorted by."""
        return super().get_queryset(request).annotate(**{COLUMN: Value(None, IntegerField())})

    @admin.display(description=_("articles"), ordering=COLUMN)
    def article_count(self, row):
        """In any status; those of a place or topic with those of all that is in it."""
        return row.article_count
