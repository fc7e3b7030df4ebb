from collections.abc import Iterable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.filters import validate_is_text
from articles.models import Place, Subject, SubjectKind
from articles.names.folding import fold_name
from articles.search import NONE, count_values
from articles.search.facets import FACETS

from .address import Address
from .pagination import paginate, read_page_number
from .public_page import BadAddress, public_page

PAGE_SIZE = 60


class SubjectListForm(forms.Form):
    """The parameters of a list of subjects."""

    q = forms.CharField(required=False, max_length=200, validators=[validate_is_text])
    part_of = forms.CharField(required=False, max_length=100, validators=[validate_is_text])
    sort = forms.ChoiceField(
        required=False,
        choices=[("name", _("Name")), ("count", _("Number of articles"))],
        error_messages={"invalid_choice": _("“%(value)s” is not a way to sort. Use name or count.")},
    )
    all = forms.BooleanField(required=False)

    def parameters(self) -> list[tuple[str, str]]:
        data = {**self.cleaned_data, "all": "1" if self.cleaned_data.get("all") else ""}
        if data.get("sort") == "name":
            data["sort"] = ""
        return [(name, data[name]) for name in self.fields if data.get(name)]


@public_page
def subject_list(request: HttpRequest, kind: SubjectKind) -> HttpResponse:
    form, address = _read_form(request)
    parent = _read_parent(form, kind, address)
    number = read_page_number(request.GET, address)
    counts = count_values(kind.plural)
    counts.pop(NONE, None)

    rows = _narrow(kind, form, parent)
    if not form.cleaned_data["all"]:
        rows = [row for row in rows if row[0] in counts]
    rows = _in_order(rows, counts if form.cleaned_data["sort"] == "count" else {})
    subjects = _fetch(kind, [pk for pk, name in rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]], counts)
    context = {
        "kind": kind,
        "label": FACETS[kind.plural].label,
        "form": form,
        "parent": parent,
        "address": address,
        "form_parameters": address.parameters_besides("q"),
        "subjects": subjects,
        "countries": _countries(subjects) if kind.model is Place else {},
        "pagination": paginate(len(rows), PAGE_SIZE, number, address),
        "by_name": address.removing("sort"),
        "by_count": address.replacing("sort", "count"),
        "only_used": address.removing("all"),
        "all_of_them": address.replacing("all", "1"),
    }
    return render(request, "articles/subject_list.html", context)


def _read_form(request: HttpRequest) -> tuple[SubjectListForm, Address]:
    form = SubjectListForm(request.GET)
    is_valid = form.is_valid()
    address = Address(request.path, tuple(form.parameters()))
    if not is_valid:
        raise BadAddress([str(message) for messages in form.errors.values() for message in messages], address)
    return form, address


def _read_parent(form: SubjectListForm, kind: SubjectKind, address: Address) -> Subject | None:
    slug = form.cleaned_data["part_of"]
    if not slug:
        return None
    parent = kind.model.objects.filter(slug=slug).first() if kind.is_tree else None
    if parent is None:
        message = gettext("“%s” is not known here, so that nothing can be a part of it.") % slug
        raise BadAddress([message], address.removing("part_of"))
    return parent


def _narrow(kind: SubjectKind, form: SubjectListForm, parent: Subject | None) -> list[tuple[int, str]]:
    """Id and name of all that are asked for. Read whole: sorted here, the order is the same on every database."""
    subjects = parent.children.all() if parent else kind.model.objects.all()
    if form.cleaned_data["q"]:
        subjects = subjects.called(form.cleaned_data["q"])
    return list(subjects.order_by().values_list("pk", "name"))


def _in_order(rows: list[tuple[int, str]], counts: dict[int, int]) -> list[tuple[int, str]]:
    """By count where there are counts, then by name."""
    return sorted(rows, key=lambda row: (-counts.get(row[0], 0), fold_name(row[1]), row[0]))


def _fetch(kind: SubjectKind, ids: Iterable[int], counts: dict[int, int]) -> list[Subject]:
    """The subjects with these ids, in their order, each with its `article_count`."""
    ids = list(ids)
    found = kind.model.objects.in_bulk(ids)
    subjects = [found[pk] for pk in ids if pk in found]
    for subject in subjects:
        subject.article_count = counts.get(subject.pk, 0)
    return subjects


def _countries(places: list[Place]) -> dict[str, str]:
    """The name of the country for each country code on the page."""
    codes = {place.country_code for place in places if place.country_code}
    rows = Place.objects.filter(kind=Place.Kind.COUNTRY, country_code__in=codes).values_list("country_code", "name")
    return dict(rows)
