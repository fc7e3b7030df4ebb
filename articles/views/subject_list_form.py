"""The parameters of the lists of people, places and topics."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.filters import problems_of, validate_is_text
from articles.models import Subject, SubjectKind
from articles.models.slugs import SLUG_LENGTH

from .address import Address
from .ordered_names import letter_of, sort_key
from .public_page import BadAddress
from .register import UnknownParent, find_parent


class SubjectListForm(forms.Form):
    q = forms.CharField(required=False, max_length=200, validators=[validate_is_text])
    letter = forms.CharField(required=False, max_length=10, validators=[validate_is_text])
    part_of = forms.CharField(required=False, max_length=SLUG_LENGTH, validators=[validate_is_text])
    sort = forms.ChoiceField(
        required=False,
        choices=[("name", _("Name")), ("count", _("Number of articles"))],
        error_messages={"invalid_choice": _("“%(value)s” is not a way to sort. Use name or count.")},
    )
    all = forms.BooleanField(required=False)

    def clean_letter(self) -> str:
        """As the register has it: é and e are both under E."""
        letter = self.cleaned_data["letter"]
        return letter_of(sort_key(letter)) if letter else ""

    def parameters(self) -> list[tuple[str, str]]:
        data = {**self.cleaned_data, "all": "1" if self.cleaned_data.get("all") else ""}
        if data.get("sort") == "name":
            data["sort"] = ""
        return [(name, data[name]) for name in self.fields if data.get(name)]


def read_form(request: HttpRequest) -> tuple[SubjectListForm, Address]:
    """The parameters, and the address that says the same; raises `BadAddress`."""
    form = SubjectListForm(request.GET)
    is_valid = form.is_valid()
    address = Address(request.path, tuple(form.parameters()))
    if not is_valid:
        raise BadAddress(problems_of(form), address)
    return form, address


def read_parent(form: SubjectListForm, kind: SubjectKind, address: Address) -> Subject | None:
    """See `find_parent`; raises `BadAddress`."""
    try:
        return find_parent(kind, form.cleaned_data["part_of"])
    except UnknownParent as error:
        raise BadAddress([str(error)], address.removing("part_of")) from error
