"""A list of rows that may be millions: what it can be sorted by, and what is asked of the database."""

from django.contrib.admin.views.main import ChangeList
from django.db.models import Max, Model, QuerySet

# Rows: so many are sorted in a moment by any column.
QUICKLY_SORTED = 100_000


class ArchiveList(ChangeList):
    """Finds the ids of a page first, then what its lines show.

    In one query the database would work out what each row shows before it sorts them.
    """

    def get_results(self, request):
        super().get_results(request)
        # By their ids alone: what was searched and filtered for need not be found again.
        rows = self.apply_select_related(self.root_queryset).filter(pk__in=self.ids_of(self.result_list))
        self.result_list = self.shown(rows.order_by(*self.queryset.query.order_by))

    def ids_of(self, rows: QuerySet) -> list[int]:
        """The ids of the rows of a page."""
        return list(rows.values_list("pk", flat=True))

    def shown(self, rows):
        """The rows of the page with what its lines show."""
        return rows

    def get_ordering_field(self, field_name):
        """Nor does an address sort by a column that has no arrows."""
        return super().get_ordering_field(field_name) if field_name in self.sortable_by else None


def is_sorted_quickly(model: type[Model]) -> bool:
    """By the last id: counting the rows would take as long as sorting them."""
    return (model._base_manager.aggregate(last=Max("pk"))["last"] or 0) <= QUICKLY_SORTED
