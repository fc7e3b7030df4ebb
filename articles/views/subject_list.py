from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import Place, Subject, SubjectKind
from articles.search import NONE, count_values
from articles.search.facets import FACETS

from .letters import LetterLink, build_letter_links
from .ordered_names import OrderedNames, ordered_names
from .pagination import paginate, read_page_number
from .public_page import public_page
from .register import find_subjects, ids_by_name, most_frequent_first
from .subject_list_form import SubjectListForm, read_form, read_parent

PAGE_SIZE = 60


@public_page
def subject_list(request: HttpRequest, kind: SubjectKind) -> HttpResponse:
    """People, places or topics: a register by letters, narrowed by name, in order of name or of articles."""
    form, address = read_form(request)
    parent = read_parent(form, kind, address)
    number = read_page_number(request.GET, address)
    names, counts = ordered_names(kind.model), count_values(kind.plural)
    counts.pop(NONE, None)
    subjects = find_subjects(kind, form.cleaned_data["part_of"], form.cleaned_data["q"])
    ids = ids_by_name(subjects, used=counts, with_unused=form.cleaned_data["all"])
    letters = build_letter_links(names, ids, form.cleaned_data["letter"], address)
    ids = _in_order(names, ids, form, counts)
    subjects = _fetch(kind, ids[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], counts)
    context = {
        "kind": kind,
        "label": str(FACETS[kind.plural].label),
        "form": form,
        "parent": parent,
        "address": address,
        "form_parameters": address.parameters_besides("q", "letter"),
        "letters": letters if _are_letters_useful(letters, ids, form) else [],
        "subjects": subjects,
        "countries": _countries(subjects) if kind.model is Place else {},
        "pagination": paginate(len(ids), PAGE_SIZE, number, address),
        "all_letters": address.removing("letter"),
        "is_narrowed": any(form.cleaned_data[name] for name in ("q", "letter", "part_of")),
        "by_name": address.removing("sort"),
        "by_count": address.replacing("sort", "count"),
        "only_used": address.removing("all"),
        "all_of_them": address.replacing("all", "1"),
    }
    return render(request, "articles/subject_list.html", context)


def _in_order(names: OrderedNames, ids: list[int], form: SubjectListForm, counts: dict[int, int]) -> list[int]:
    """Those under the letter that is asked for, by name, or the most frequent first."""
    letter = form.cleaned_data["letter"]
    if letter:
        ids = [id for id in ids if names.letters[id] == letter]
    return most_frequent_first(ids, counts) if form.cleaned_data["sort"] == "count" else ids


def _are_letters_useful(letters: list[LetterLink], ids: list[int], form: SubjectListForm) -> bool:
    return len(letters) > 1 and (bool(form.cleaned_data["letter"]) or len(ids) > PAGE_SIZE)


def _fetch(kind: SubjectKind, ids: Iterable[int], counts: dict[int, int]) -> list[Subject]:
    """The subjects with these ids, in their order, each with its `article_count`."""
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
