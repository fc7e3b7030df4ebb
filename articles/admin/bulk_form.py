"""The forms of bulk edits: what is to be linked, removed or set. Each says what a BulkEdit holds as its values."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles.models import SUBJECT_KINDS, Article, BulkEdit, Source

from .bulk_permissions import kinds_for
from .subject_field import SubjectField, SubjectInput


class BulkForm(forms.Form):
    def __init__(self, data, what: str, user) -> None:
        super().__init__(data)
        self.what, self.user = what, user

    def values(self) -> dict:
        """Of a valid form."""
        raise NotImplementedError

    def kept(self) -> dict[str, str]:
        """What is to be sent again for the same answer, of a valid form."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class OneSubjectForm(BulkForm):
    """One person, place or topic."""

    def __init__(self, data, what: str, user) -> None:
        super().__init__(data, what, user)
        for kind in kinds_for(user, what):
            label = capfirst(kind.model._meta.verbose_name)
            self.fields[kind.name] = SubjectField(kind.link._meta.get_field("subject"), label=label, required=False)

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors and len(self._chosen(cleaned)) != 1:
            raise forms.ValidationError(_("Fill in one of these lines."))
        return cleaned

    def values(self) -> dict:
        kind, subject = next(iter(self._chosen(self.cleaned_data).items()))
        return {"kind": kind, "subject": subject.pk}

    def kept(self) -> dict[str, str]:
        return {name: subject.slug for name, subject in self._chosen(self.cleaned_data).items()}

    def _chosen(self, cleaned: dict) -> dict:
        return {name: cleaned[name] for name in SUBJECT_KINDS if cleaned.get(name)}


class StatusForm(BulkForm):
    status = forms.ChoiceField(label=_("Status"), choices=Article.Status.choices)

    def values(self) -> dict:
        return {"status": self.cleaned_data["status"]}


class SourceField(forms.CharField):
    """Cleans to the source with this slug or name; None where nothing was written."""

    def __init__(self, **options) -> None:
        widget = SubjectInput(Article._meta.get_field("source"))
        super().__init__(max_length=200, widget=widget, help_text=_("Its name, or its word in addresses."), **options)

    def clean(self, value) -> Source | None:
        text = super().clean(value)
        if not text:
            return None
        found = Source.objects.filter(slug=text).first() or Source.objects.filter(name__iexact=text).first()
        if found is None:
            raise forms.ValidationError(_("Nothing is called “%s”.") % text)
        return found


class SourceForm(BulkForm):
    source = SourceField(label=_("Source"), required=False)
    no_source = forms.BooleanField(label=_("No source"), required=False)

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors and bool(cleaned.get("source")) == cleaned["no_source"]:
            raise forms.ValidationError(_("Name a source, or choose “No source”."))
        return cleaned

    def values(self) -> dict:
        source = self.cleaned_data["source"]
        return {"source": source.pk if source else None}

    def kept(self) -> dict[str, str]:
        source = self.cleaned_data["source"]
        return {"source": source.slug} if source else {"no_source": "on"}


BULK_FORMS: dict[str, type[BulkForm]] = {
    BulkEdit.What.ADD_SUBJECT: OneSubjectForm,
    BulkEdit.What.REMOVE_SUBJECT: OneSubjectForm,
    BulkEdit.What.STATUS: StatusForm,
    BulkEdit.What.SOURCE: SourceForm,
}
# What the actions in the list and the headings of the pages are called.
BULK_LABELS = {
    BulkEdit.What.ADD_SUBJECT: _("Link to a person, place or topic…"),
    BulkEdit.What.REMOVE_SUBJECT: _("Remove a person, place or topic…"),
    BulkEdit.What.STATUS: _("Set the status…"),
    BulkEdit.What.SOURCE: _("Set the source…"),
}
