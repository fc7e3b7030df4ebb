from django import forms
from django.utils.translation import gettext_lazy as _

from .named_fields import NamedDateAndTime, NamedFields
from .versions_in_edit import VersionedForm


def _text_area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})


class ArticleForm(VersionedForm):
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
