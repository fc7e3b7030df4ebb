"""Choosing the fields of an answer: `fields`, `omit` and `expand`."""

from django import forms
from django.utils.translation import gettext_lazy as _
from rest_framework.serializers import Serializer

from .parameters import NamesField


class SelectableFields:
    """For serializers: of the fields only those in the context's `selected`, where it is given.

    `optional` names fields that a list holds only when they are asked for.
    """

    optional: tuple[str, ...] = ()

    def get_fields(self):
        fields, selected = super().get_fields(), self.context.get("selected")
        return fields if selected is None else {name: fields[name] for name in fields if name in selected}


class SelectionForm(forms.Form):
    """What `selection_form` gives."""

    @property
    def selected(self) -> frozenset[str]:
        names = self.cleaned_data["fields"] or [*self.defaults, *self.cleaned_data.get("expand", ())]
        return frozenset(names) - set(self.cleaned_data["omit"])


def selection_form(serializer: type[Serializer], *, is_list: bool) -> type[SelectionForm]:
    """A form that chooses among the fields of a serializer; a list leaves out the optional ones."""
    names, optional = list(serializer().get_fields()), serializer.optional if is_list else ()
    attributes = {
        "defaults": [name for name in names if name not in optional],
        "fields": NamesField(names=names, help_text=_("Only these fields, with commas between them.")),
        "omit": NamesField(names=names, help_text=_("All fields but these.")),
    }
    if optional:
        attributes["expand"] = NamesField(names=optional, help_text=_("These fields, too."))
    return type(f"{serializer.__name__}SelectionForm", (SelectionForm,), attributes)
