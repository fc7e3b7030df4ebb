"""The links for review: what machines have suggested, to accept or reject."""

from django import forms
from django.contrib import admin, messages
from django.db.models import F, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.database.among import Among
from articles.editing.decisions import decide_links
from articles.models import Link, PersonLink, PlaceLink, TopicLink
from articles.search import IndexUnavailable

from .base import ArchiveAdmin
from .filters import ReviewFilter
from .search import search_articles


class LinkForm(forms.ModelForm):
    class Meta:
        labels = {"article": _("article"), "batch": _("import"), "decided_by": _("decided by")}


@admin.register(PersonLink, PlaceLink, TopicLink)
class LinkAdmin(ArchiveAdmin):
    change_list_template = "admin/articles/link_change_list.html"
    list_display = ["subject_label", "article_link", "status", "origin", "confidence", "decided_by"]
    list_filter = [ReviewFilter, "origin"]
    list_select_related = ["article", "subject", "decided_by"]
    search_fields = ["subject__name"]
    search_help_text = _("A name, or words of the article.")
    ordering = ["-id"]
    actions = ["accept", "reject"]
    form = LinkForm
    fields = ["article", "subject", "status", "origin", "confidence", "mentions", "batch", "decided_by", "decided_at"]
    readonly_fields = [name for name in fields if name != "status"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("article__body")

    @admin.display(description=_("about"), ordering="subject__name")
    def subject_label(self, link):
        return link.subject.admin_label

    @admin.display(description=_("article"))
    def article_link(self, link):
        address = reverse("admin:articles_article_change", args=[link.article_id])
        return format_html('<a href="{}">{}</a>', address, link.article)

    def get_search_results(self, request, queryset, search_term):
        if not search_term:
            return queryset, False
        called = self.model._meta.get_field("subject").related_model.objects.called(search_term)
        # Once: the list asks three times.
        subjects = list(called.values_list("pk", flat=True))
        try:
            articles = search_articles(search_term).ids
        except IndexUnavailable as problem:
            self.message_user(request, problem, messages.WARNING)
            articles = []
        return queryset.filter(Q(Among(F("subject"), subjects)) | Q(article__in=articles)), False

    @admin.action(description=_("Accept the selected links"), permissions=["change"])
    def accept(self, request, queryset):
        self._decide(request, queryset, Link.Status.ACCEPTED)

    @admin.action(description=_("Reject the selected links"), permissions=["change"])
    def reject(self, request, queryset):
        self._decide(request, queryset, Link.Status.REJECTED)

    def _decide(self, request, queryset, status):
        count = decide_links(queryset, status, request.user)
        done = ngettext("%(count)d link is now: %(status)s.", "%(count)d links are now: %(status)s.", count)
        self.message_user(request, done % {"count": count, "status": status.label}, messages.SUCCESS)

    def save_model(self, request, obj, form, change):
        if form.changed_data:
            obj.decide(request.user)
        super().save_model(request, obj, form, change)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        """Rejecting is the way: a machine would make a deleted link again."""
        return False
