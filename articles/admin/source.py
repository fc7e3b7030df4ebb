from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Source

from .base import ArchiveAdmin, former_addresses
from .history import HistoryOfRow
from .versions_in_edit import VersionsInEdit


@admin.register(Source)
class SourceAdmin(HistoryOfRow, VersionsInEdit, ArchiveAdmin):
    list_display = ["name", "url", "article_count"]
    search_fields = ["name"]
    ordering = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "url", "description", "former_addresses"]
    readonly_fields = ["former_addresses"]
    former_addresses = former_addresses

    def get_queryset(self, request):
        articles = Article.objects.filter(source=OuterRef("pk")).order_by().values("source")
        counts = articles.annotate(total=Count("pk")).values("total")
        return super().get_queryset(request).annotate(article_count=Coalesce(Subquery(counts), 0))

    @admin.display(description=_("articles"), ordering="article_count")
    def article_count(self, source):
        address = reverse("admin:articles_article_changelist")
        return format_html('<a href="{}?source={}">{}</a>', address, source.pk, source.article_count)
