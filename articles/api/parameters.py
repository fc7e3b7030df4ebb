"""The parameters of an address: read by forms and filtersets, all of them checked, each fault named."""

from collections.abc import Iterable, Sequence

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .problems import BadParameters

# A form or a filterset: what reads some parameters of an address.
Reader = forms.Form | django_filters.FilterSet

DEFAULT_SIZE, LARGEST_SIZE = 20, 100
LARGEST_PAGE = 999_999_999
MAX_NAMED, SHOWN_LENGTH = 5, 60


def read_parameters(parameters: QueryDict, readers: Iterable[type[Reader]]) -> list[Reader]:
    """Each reader with what it has read. Raises `BadParameters`, also where nobody reads a parameter."""
    read = [reader(parameters) for reader in readers]
    errors = {name: list(messages) for reader in read for name, messages in reader.errors.items()}
    known = {name for reader in read for name in fields_of(reader)}
    unknown = [name for name in parameters if name not in known]
    # Passing over a misspelt filter would give the unfiltered list.
    errors |= {name[:SHOWN_LENGTH]: [gettext("There is no such parameter here.")] for name in unknown[:MAX_NAMED]}
    if errors:
        raise BadParameters(errors)
    return read


def fields_of(reader: Reader) -> dict[str, forms.Field]:
    """The form fields behind the parameters, by name."""
    return reader.form.fields if isinstance(reader, django_filters.FilterSet) else reader.fields


class NamesField(forms.Field):
    """Some of the names in `names`, with commas between them or given several times; cleans to a tuple."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, names: Sequence[str], **kwargs) -> None:
        self.names = list(names)
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Iterable[str] | None) -> tuple[str, ...]:
        given = [name.strip() for part in value or () for name in part.split(",")]
        given = list(dict.fromkeys(name for name in given if name))
        unknown = [name[:SHOWN_LENGTH] for name in given if name not in self.names]
        if unknown:
            message = _("Not known: %(unknown)s. Known are: %(known)s.")
            values = {"unknown": ", ".join(unknown[:MAX_NAMED]), "known": ", ".join(self.names)}
            raise ValidationError(message, params=values)
        return tuple(given)


class PageForm(forms.Form):
    page = forms.IntegerField(
        required=False, min_value=1, max_value=LARGEST_PAGE, help_text=_("The page of results, from 1.")
    )
    size = forms.IntegerField(
        required=False, min_value=1, max_value=LARGEST_SIZE, help_text=_("How many results a page has. Default: 20.")
    )

    @property
    def number(self) -> int:
        return self.cleaned_data["page"] or 1

    @property
    def page_size(self) -> int:
        return self.cleaned_data["size"] or DEFAULT_SIZE

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.page_size
