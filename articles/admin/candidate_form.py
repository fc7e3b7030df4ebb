"""The forms in which a candidate becomes a person, a place or a topic, or another name of one."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles.models import SubjectKind

from .subject_field import SubjectField

# What is asked for each kind of subject.
FIELDS = {
    "person": ["name", "description", "name_is_matched", "wikidata_id"],
    "place": ["name", "kind", "country_code", "parent", "description", "name_is_matched", "wikidata_id", "geonames_id"],
    "topic": ["name", "parent", "description", "name_is_matched", "iptc_code", "wikidata_id"],
}


class MergeForm(forms.Form):
    """Whose other name the candidate is."""

    def __init__(self, kind: SubjectKind, *args, **options):
        super().__init__(*args, **options)
        self.fields["subject"] = SubjectField(kind.link._meta.get_field("subject"), label=_("Another name of"))


class SubjectForm(forms.ModelForm):
    """The new subject, with what the candidate's code says."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if "parent" in self.fields:
            relation = self._meta.model._meta.get_field("parent")
            self.fields["parent"] = SubjectField(relation, label=capfirst(relation.verbose_name), required=False)


def subject_form(kind: SubjectKind) -> type[SubjectForm]:
    widgets = {"description": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})}
    return forms.modelform_factory(kind.model, form=SubjectForm, fields=FIELDS[kind.name], widgets=widgets)
