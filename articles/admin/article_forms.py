from django import forms
from django.utils.translation import gettext_lazy as _

from articles.editing.publication import statuses_from

from .named_fields import NamedDateAndTime, NamedFields
from .versions_in_edit import VersionedForm


def _text_area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})


class ArticleForm(VersionedForm):
    """Of the statuses it offers those to which a step leads."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "status" in self.fields:
            offered = statuses_from(self.instance.status)
            self.fields["status"].choices = [(status.value, status.label) for status in offered]

    class Meta:
        widgets = {
            "headline": _text_area(2),
            "summary": _text_area(3),
            "body": _text_area(25),
            "published_at": NamedDateAndTime,
        }
        labels = {
            "batch": _("import"),
            "import_key": _("key of the import"),
            "fingerprint": _("fingerprint of the text"),
        }


class HeadlineForm(NamedFields, forms.ModelForm):
    """One line of the list in which derived headlines are written anew."""

    class Meta:
        widgets = {"headline": _text_area(2)}
