"""What the admin pages share: namesakes told apart, tables of millions, rows that only machines write."""

from django import forms
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import CASCADE, PROTECT, URLField
from django.forms import Script
from django.http import HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.admin_site import label_of
from articles.editing.permissions import may

from .archive_list import ArchiveList, is_sorted_quickly


class CappedPaginator(Paginator):
    """Counts up to a cap and no further: a list of millions opens as fast as one of thousands."""

    CAP = 10_000

    @cached_property
    def count(self) -> int:
        return min(self._counted, self.CAP)

    @property
    def is_capped(self) -> bool:
        return self._counted > self.CAP

    @cached_property
    def _counted(self) -> int:
        return self.object_list.order_by().values("pk")[: self.CAP + 1].count()


class LabelledChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, obj) -> str:
        return label_of(obj)


class LabelledChoices:
    """For admins and inlines: what is chosen already reads like the suggestions do."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs.setdefault("form_class", LabelledChoiceField)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ArchiveAdmin(LabelledChoices, admin.ModelAdmin):
    """For tables that may hold millions of rows."""

    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 200
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    # The columns that a large table can still be sorted by: those that have an index.
    sorted_by_index = ()

    class Media:
        css = {"all": ["articles/admin.css"]}
        js = [Script("articles/admin-choices.js", defer=True)]

    def get_changelist(self, request, **kwargs):
        return ArchiveList

    def get_sortable_by(self, request):
        return self.get_list_display(request) if is_sorted_quickly(self.model) else self.sorted_by_index

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "slug":
            field.required = False
            field.help_text = _("The last part of the page’s address. Left empty, it is made from the name.")
        return field

    def response_action(self, request, queryset):
        """Refuses “select all” where the rows were not all counted: nobody has seen how many they are."""
        select_all = request.POST.get("select_across") == "1"
        if select_all and self.get_paginator(request, queryset, self.list_per_page).is_capped:
            refusal = _(
                "These are more than %(cap)d rows: nothing was changed. Narrow the list by a filter or a search."
            )
            self.message_user(request, refusal % {"cap": CappedPaginator.CAP}, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        return super().response_action(request, queryset)

    def get_deleted_objects(self, objs, request):
        """Says how many rows go too, and does not list them: a topic may have a million links."""
        objs = list(objs)
        names = {self.opts.verbose_name} if not self.has_delete_permission(request) else set()
        counts = {self.opts.verbose_name_plural: len(objs)}
        for model, count in self._rows_tied_to(objs, CASCADE):
            counts[model._meta.verbose_name_plural] = count
            if self.admin_site.is_registered(model) and not may(request.user, "delete", model):
                names.add(model._meta.verbose_name)
        protected = [
            f"{model._meta.verbose_name_plural}: {count}" for model, count in self._rows_tied_to(objs, PROTECT)
        ]
        return [label_of(obj) for obj in objs], counts, names, protected

    def _rows_tied_to(self, objs, on_delete):
        """The tables, and how many of their rows, that point at these objects."""
        for relation in self.opts.related_objects:
            if relation.on_delete is on_delete:
                model = relation.related_model
                count = model._base_manager.filter(**{f"{relation.field.name}__in": objs}).count()
                if count:
                    yield model, count


class ReadOnlyAdmin(ArchiveAdmin):
    """For rows that only the pipeline writes."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.display(description=_("former addresses"))
def former_addresses(model_admin, row) -> str:
    """Addresses of the row's page that still lead to it."""
    slugs = [former.slug for former in row.former_slugs.all()] if row.pk else []
    return ", ".join(slugs) or model_admin.get_empty_value_display()
