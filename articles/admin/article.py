from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from articles.editing.edits import record_edits
from articles.editing.name_tasks import ask_to_look_for_names
from articles.editing.permissions import may
from articles.editing.publication import is_contributor
from articles.models import SUBJECT_KINDS, Article, ImportBatch, Link
from articles.search import IndexUnavailable

from .article_forms import ArticleForm, HeadlineForm
from .article_list import count_column
from .base import ArchiveAdmin, former_addresses
from .bulk_actions import BULK_ACTIONS, BulkActions
from .filters import DecadeFilter, DerivedHeadlineFilter, ImportFilter, LanguageFilter, SourceFilter
from .history import HistoryOfRow
from .link_formsets import save_links
from .roles import ARTICLE_INLINES, OwnArticles, StepsOfPublication, suggest_only
from .search import SEARCH_LIMIT, search_articles
from .versions_in_edit import VersionsInEdit

FIELDSETS = [
    (None, {"fields": ["headline", "headline_is_derived", "summary", "body"]}),
    (
        _("Publication"),
        {"fields": ["status", "steps", "published_on", "published_at", "source", "byline", "language", "slug"]},
    ),
    (
        _("Where it came from"),
        {
            "fields": ["url", "external_id", "batch", "edited_by_people", "created_at", "updated_at"],
            "description": _("The next import of this article leaves alone what people have edited."),
        },
    ),
    (
        _("For the importer"),
        {"fields": ["import_key", "fingerprint", "former_addresses"], "classes": ["collapse"]},
    ),
]


@admin.register(Article)
class ArticleAdmin(BulkActions, OwnArticles, StepsOfPublication, HistoryOfRow, VersionsInEdit, ArchiveAdmin):
    list_display = ["headline", "published_on", "source", "status"]
    list_display += [count_column(kind) for kind in SUBJECT_KINDS.values()]
    # Both hold at the desk for derived headlines only; see get_changelist_instance and get_list_display_links.
    list_editable = ["headline"]
    sorted_by_index = ["published_on", "status"]
    list_display_links = ["published_on"]
    list_filter = [
        "status",
        ("headline_is_derived", DerivedHeadlineFilter),
        DecadeFilter,
        SourceFilter,
        LanguageFilter,
        ImportFilter,
    ]
    list_select_related = ["source"]
    ordering = ["-id"]
    search_fields = ["headline"]
    search_help_text = _("Words of the article, as on the public pages: “a phrase”, -without.")
    actions = ["send_to_review", "publish", "withdraw", "return_to_draft", *BULK_ACTIONS]

    form = ArticleForm
    fieldsets = FIELDSETS
    autocomplete_fields = ["source"]
    readonly_fields = [
        "steps",
        "batch",
        "edited_by_people",
        "created_at",
        "updated_at",
        "import_key",
        "fingerprint",
        "former_addresses",
    ]
    former_addresses = former_addresses
    inlines = ARTICLE_INLINES

    @admin.display(description=_("edited by people"))
    def edited_by_people(self, article):
        names = [str(Article._meta.get_field(name).verbose_name) for name in article.edited_fields]
        return ", ".join(names) or self.get_empty_value_display()

    def get_changelist_form(self, request, **kwargs):
        return HeadlineForm

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        if not _is_headline_desk(request) or is_contributor(request.user):
            changelist.list_editable = ()
        return changelist

    def get_list_display_links(self, request, list_display):
        return self.list_display_links if _is_headline_desk(request) else ["headline"]

    def get_view_on_site_url(self, obj=None):
        return super().get_view_on_site_url(obj) if obj and obj.is_public else None

    def get_search_results(self, request, queryset, search_term):
        if not search_term:
            return queryset, False
        try:
            page = search_articles(search_term)
        except IndexUnavailable as problem:
            warning = _("Only headlines were searched. %(problem)s") % {"problem": problem}
            self.message_user(request, warning, messages.WARNING)
            return queryset.filter(headline__icontains=search_term), False
        if page.total > len(page.ids):
            request.search_is_cut = True
            warning = _("Of %(total)d articles found, these are the %(limit)d newest. Add a word to narrow the search.")
            self.message_user(request, warning % {"total": page.total, "limit": SEARCH_LIMIT}, messages.WARNING)
        return queryset.filter(pk__in=page.ids), False

    def get_list_filter(self, request):
        sees_imports = may(request.user, "view", ImportBatch)
        return [each for each in self.list_filter if sees_imports or each is not ImportFilter]

    def get_changeform_initial_data(self, request):
        """Nothing is published by saving it once: at the desk an article begins as a draft."""
        return {"status": Article.Status.DRAFT, **super().get_changeform_initial_data(request)}

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "status"] if is_contributor(request.user) else fields

    def save_model(self, request, obj, form, change):
        changed = list(form.changed_data)
        if change and (step := self.step_wanted(request, obj, form)):
            obj.status = step
            changed.append("status")
        elif not change and is_contributor(request.user):
            obj.status = Article.Status.DRAFT
        record_edits(obj, changed)
        with self.occasion_of(request, obj, is_step=change and "status" in changed):
            super().save_model(request, obj, form, change)
        ask_to_look_for_names(obj, changed)

    def save_formset(self, request, form, formset, change):
        if not issubclass(formset.model, Link):
            super().save_formset(request, form, formset, change)
            return
        if is_contributor(request.user):
            suggest_only(formset)
        for link in save_links(formset, request.user):
            note = _("“%(subject)s” was rejected, not deleted: a machine had linked it, and would do so again.")
            self.message_user(request, note % {"subject": link.subject}, messages.WARNING)

    @admin.action(description=_("Send the selected articles to review"), permissions=["change"])
    def send_to_review(self, request, queryset):
        self.set_status(request, queryset, Article.Status.REVIEW)

    @admin.action(description=_("Publish the selected articles"), permissions=["publish"])
    def publish(self, request, queryset):
        self.set_status(request, queryset, Article.Status.PUBLISHED)

    @admin.action(description=_("Withdraw the selected articles"), permissions=["publish"])
    def withdraw(self, request, queryset):
        self.set_status(request, queryset, Article.Status.WITHDRAWN)

    @admin.action(description=_("Return the selected articles to draft"), permissions=["change"])
    def return_to_draft(self, request, queryset):
        self.set_status(request, queryset, Article.Status.DRAFT)


def _is_headline_desk(request) -> bool:
    """Whether the list shows derived headlines only: they can be written anew right there."""
    return request.GET.get("headline_is_derived__exact") == "1"
