"""The links of an article, edited on its page: one table for each kind of subject."""

from django import forms
from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin_site import label_of
from articles.models import SUBJECT_KINDS, SubjectKind

from .base import LabelledChoices


class SubjectText(forms.Widget):
    """The subject as a link to its page in the admin."""

    def render(self, name, value, attrs=None, renderer=None):
        address = reverse(f"admin:articles_{value._meta.model_name}_change", args=[value.pk])
        return format_html('<a href="{}">{}</a>', address, label_of(value))


class LinkForm(forms.ModelForm):
    """A link that is there keeps its subject: a wrong one is rejected and the right one added.

    Otherwise a machine would find its own link missing, and make it again.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "subject" in self.fields:
            label = self.fields["subject"].label
            self.fields["subject"] = forms.Field(label=label, disabled=True, widget=SubjectText)
            self.initial["subject"] = self.instance.subject


class LinkFormSet(BaseInlineFormSet):
    def get_unique_error_message(self, unique_check):
        return _("The article is linked to one of these already; a rejected link can be set to accepted.")


class LinkInline(LabelledChoices, admin.TabularInline):
    form = LinkForm
    formset = LinkFormSet
    fields = ["subject", "status", "origin", "mentions", "confidence"]
    readonly_fields = ["origin", "mentions", "confidence"]
    autocomplete_fields = ["subject"]
    ordering = ["-status", "-mentions", "id"]
    classes = ["no-row-titles"]
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("subject", "article").defer("article__body")


def _inline_for(kind: SubjectKind) -> type[LinkInline]:
    return type(f"{kind.name.capitalize()}LinkInline", (LinkInline,), {"model": kind.link})


LINK_INLINES = [_inline_for(kind) for kind in SUBJECT_KINDS.values()]
