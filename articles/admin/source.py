from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.models import Source

from .base import ArchiveAdmin, former_addresses
from .counted_list import COLUMN, CountedAdmin
from .history import HistoryOfRow
from .versions_in_edit import VersionsInEdit


@admin.register(Source)
class SourceAdmin(HistoryOfRow, VersionsInEdit, CountedAdmin, ArchiveAdmin):
    list_display = ["name", "url", "article_count"]
    search_fields = ["name"]
    ordering = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "url", "description", "former_addresses"]
    readonly_fields = ["former_addresses"]
    former_addresses = former_addresses

    @admin.display(description=_("articles"), ordering=COLUMN)
    def article_count(self, source):
        if source.article_count is None:
            return None
        address = reverse("admin:articles_article_changelist")
        return format_html('<a href="{}?source={}">{}</a>', address, source.pk, source.article_count)
