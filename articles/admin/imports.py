"""What the imports did: to read, and to follow to the articles and the problems."""

from pathlib import PurePath

from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from articles.models import ImportBatch, ImportProblem

from .base import ReadOnlyAdmin
from .filters import ImportFilter
from .upload_permissions import may_import
from .upload_undo import may_be_undone

PROBLEMS_SHOWN = 200
FILES_SHOWN = 2


class FirstProblems(BaseInlineFormSet):
    def get_queryset(self):
        if not hasattr(self, "_queryset"):
            self._queryset = super().get_queryset()[:PROBLEMS_SHOWN]
        return self._queryset


class ImportProblemInline(admin.TabularInline):
    model = ImportProblem
    formset = FirstProblems
    fields = ["file", "line", "reason", "advice"]
    verbose_name_plural = _("the first problems")
    classes = ["no-row-titles"]
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnlyAdmin):
    list_display = [
        "started_at",
        "status",
        "kind",
        "first_files",
        "source_name",
        "created",
        "updated",
        "rejected",
        "articles_link",
    ]
    list_filter = ["status"]
    search_fields = ["source_name", "format"]
    ordering = ["-id"]
    fields = [
        "status",
        "kind",
        "file_names",
        "format",
        "source_name",
        ("started_at", "finished_at"),
        ("created", "updated", "unchanged", "rejected"),
        "links",
        "articles_link",
        "problems_link",
    ]
    inlines = [ImportProblemInline]

    def changelist_view(self, request, extra_context=None):
        context = {"may_import": may_import(request.user)}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and may_import(request.user):
            context["may_undo"] = may_be_undone(obj)
            context["uploaded"] = obj.uploads.order_by("-pk").first()
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @admin.display(description=_("files"))
    def first_files(self, batch):
        """Without their folders, so that a line of the list stays short."""
        names = [PurePath(path).name for path in batch.paths[:FILES_SHOWN]]
        return ", ".join(names) + (" …" if len(batch.paths) > FILES_SHOWN else "")

    @admin.display(description=_("files"))
    def file_names(self, batch):
        return ", ".join(batch.paths)

    @admin.display(description=_("articles"))
    def articles_link(self, batch):
        """Lists of people, places and topics bring none."""
        return _link_to_list("article", batch, _("Show the articles")) if batch.kind == "articles" else None

    @admin.display(description=_("problems"))
    def problems_link(self, batch):
        return _link_to_list("importproblem", batch, _("Show all problems"))


@admin.register(ImportProblem)
class ImportProblemAdmin(ReadOnlyAdmin):
    list_display = ["place", "reason", "advice", "batch_link"]
    list_filter = [ImportFilter]
    list_select_related = ["batch"]
    search_fields = ["file", "reason"]
    ordering = ["-id"]
    fields = ["batch", "file", "line", "reason", "advice"]

    @admin.display(description=_("where"))
    def place(self, problem):
        return str(problem)

    @admin.display(description=_("import"), ordering="batch")
    def batch_link(self, problem):
        """Called after its time: the names of its files would fill the line."""
        address = reverse("admin:articles_importbatch_change", args=[problem.batch_id])
        time = date_format(localtime(problem.batch.started_at), "DATETIME_FORMAT")
        return format_html('<a href="{}">{}</a>', address, time)


def _link_to_list(model_name, batch, text):
    address = reverse(f"admin:articles_{model_name}_changelist")
    return format_html('<a href="{}?batch={}">{}</a>', address, batch.pk, text)
