"""The list of articles: what a line shows."""

from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from articles.models import SUBJECT_KINDS, SubjectKind

from .archive_list import ArchiveList


class ArticleList(ArchiveList):
    def shown(self, rows):
        """Counted for every article that is sorted, links would take 2.4 s for a decade of a million."""
        counts = {_count_name(kind): _count_links(kind) for kind in SUBJECT_KINDS.values()}
        return rows.for_list().annotate(**counts)


def count_column(kind: SubjectKind):
    """A column with the number of accepted links of a kind. Not sortable: that would count millions."""

    @admin.display(description=kind.model._meta.verbose_name_plural)
    def show_count(article):
        return getattr(article, _count_name(kind))

    return show_count


def _count_name(kind: SubjectKind) -> str:
    return f"{kind.name}_count"


def _count_links(kind: SubjectKind) -> Coalesce:
    links = kind.link.objects.accepted().filter(article=OuterRef("pk")).order_by().values("article")
    return Coalesce(Subquery(links.annotate(total=Count("pk")).values("total")), 0)
