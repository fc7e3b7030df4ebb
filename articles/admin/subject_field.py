"""A field that takes a person, a place or a topic by name, with suggestions where scripts run."""

from django import forms
from django.db.models import ForeignKey
from django.utils.translation import gettext_lazy as _

from articles.editing.finding import subjects_named
from articles.models import Subject

from .autocomplete import label_to_choose_by
from .numbers import read_number

MOST_NAMED = 5


class SubjectInput(forms.TextInput):
    """A line to write in, and a list of what was found for it. What is chosen there comes as the slug."""

    template_name = "admin/articles/subject_input.html"

    class Media:
        js = [forms.Script("articles/admin-names.js", defer=True)]

    def __init__(self, relation: ForeignKey):
        super().__init__(attrs={"class": "vTextField", "autocomplete": "off"})
        self._relation = relation

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        options = self._relation.model._meta
        asked = {"app_label": options.app_label, "model_name": options.model_name, "field_name": self._relation.name}
        context["widget"] |= {"asked": asked, "chosen_name": _chosen(name)}
        return context

    def value_from_datadict(self, data, files, name):
        if chosen := read_number(data.get(_chosen(name))):
            return self._relation.related_model.objects.filter(pk=chosen).values_list("slug", flat=True).first()
        return super().value_from_datadict(data, files, name)


class NamedSubjectField(forms.CharField):
    """Cleans to the subject that is named. A slug counts more than a name: it tells namesakes apart."""

    def __init__(self, model: type[Subject], **options):
        options.setdefault("help_text", _("One of its names, or the last part of its page’s address."))
        super().__init__(max_length=200, **options)
        self._model = model

    def clean(self, value) -> Subject | None:
        text = super().clean(value)
        if not text:
            return None
        found = list(self._model.objects.filter(slug=text)) or subjects_named(self._model, text)
        if len(found) == 1:
            return found[0]
        raise forms.ValidationError(_several(text, found) if found else _("Nothing is called “%s”.") % text)


class SubjectField(NamedSubjectField):
    """One that `relation` may lead to, with suggestions."""

    def __init__(self, relation: ForeignKey, **options):
        super().__init__(relation.related_model, widget=SubjectInput(relation), **options)


def _chosen(name: str) -> str:
    return f"{name}-chosen"


def _several(text: str, found: list[Subject]) -> str:
    named = [f"{label_to_choose_by(subject)} ({subject.slug})" for subject in found[:MOST_NAMED]]
    return _("Several are called “%(text)s”: write the word in brackets instead. %(named)s") % {
        "text": text,
        "named": "; ".join(named),
    }
