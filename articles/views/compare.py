from dataclasses import dataclass
from itertools import combinations

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from articles.filters import ArticleFilterSet, problems_of, validate_is_text
from articles.models import SUBJECT_KINDS, Subject, SubjectKind
from articles.search import NONE, ArticleQuery, FacetChoice, search, totals

from .address import Address, article_list_address
from .line_chart import build_line_chart
from .named_subjects import NamedSubject, find_named
from .public_page import BadAddress, public_page

MOST_COMPARED = 4
PLURALS = {kind.plural: kind for kind in SUBJECT_KINDS.values()}
PARAMETERS = (*PLURALS, "year", "from", "to")


class NameForm(forms.Form):
    name = forms.CharField(required=False, max_length=200, validators=[validate_is_text])


@dataclass(frozen=True)
class Compared:
    """A subject on the page. `url` leads to its articles, `without_url` to the comparison without it."""

    subject: Subject
    kind: SubjectKind
    total: int
    url: str
    without_url: str


@dataclass(frozen=True)
class Shared:
    """How many articles are about all of the subjects."""

    names: list[str]
    count: int
    url: str


@dataclass(frozen=True)
class NameChoice:
    """One of several subjects that a typed name may mean; `url` adds it to the comparison."""

    named: NamedSubject
    url: str


@public_page
def compare(request: HttpRequest) -> HttpResponse:
    """Up to four people, places and topics on one time axis, and the articles that they share."""
    filterset, address = _read_filters(request)
    name = _read_name(request, address)
    subjects = _chosen(filterset, address)
    choices = _choices(name, subjects, address)
    if len(choices) == 1:
        return HttpResponseRedirect(choices[0].url)
    query = filterset.article_query()
    pages = [search(_about(query, [each]), limit=0, with_periods=True) for each in subjects]
    addresses = [_articles_address(filterset, [each]) for each in subjects]
    context = {
        "name": name,
        "choices": choices,
        "compared": [
            Compared(subject, kind, page.total, str(url), str(address.removing(kind.plural, subject.slug)))
            for (kind, subject), page, url in zip(subjects, pages, addresses, strict=True)
        ],
        "chart": build_line_chart([*zip([page.periods for page in pages], addresses, strict=True)], address),
        "shared": _shared(subjects, filterset),
        "address": address,
        "is_full": len(subjects) == MOST_COMPARED,
    }
    return render(request, "articles/compare.html", context)


def _read_filters(request: HttpRequest) -> tuple[ArticleFilterSet, Address]:
    data = request.GET.copy()
    for name in set(data) - set(PARAMETERS):
        del data[name]
    filterset = ArticleFilterSet(data)
    address = Address(request.path, tuple(filterset.parameters()))
    if not filterset.is_valid():
        raise BadAddress(filterset.problems(), address)
    return filterset, address


def _read_name(request: HttpRequest, address: Address) -> str:
    form = NameForm(request.GET)
    if not form.is_valid():
        raise BadAddress(problems_of(form), address)
    return form.cleaned_data["name"]


def _chosen(filterset: ArticleFilterSet, address: Address) -> list[tuple[SubjectKind, Subject]]:
    chosen = [(kind, id) for plural, kind in PLURALS.items() for id in filterset.chosen(plural)]
    if NONE in [id for _, id in chosen]:
        none = gettext("“none” stands for articles without any. Choose people, places and topics to compare.")
        raise BadAddress([none], address.without_parameters())
    if len(chosen) > MOST_COMPARED:
        message = gettext("%(number)s are chosen, and at most %(most)s can be compared. Take some out.")
        first = [pair for pair in address.parameters if pair[0] in PLURALS][:MOST_COMPARED]
        raise BadAddress(
            [message % {"number": len(chosen), "most": MOST_COMPARED}], Address(address.path, tuple(first))
        )
    found = {plural: kind.model.objects.in_bulk(filterset.chosen(plural)) for plural, kind in PLURALS.items()}
    return [(kind, found[kind.plural][id]) for kind, id in chosen if id in found[kind.plural]]


def _choices(name: str, subjects: list[tuple[SubjectKind, Subject]], address: Address) -> list[NameChoice]:
    """What a typed name may mean. One that is there already adds nothing."""
    if not name or len(subjects) == MOST_COMPARED:
        return []
    choices = []
    for named in find_named(name):
        is_there = (named.kind, named.subject) in subjects
        added = address if is_there else address.adding(named.kind.plural, named.subject.slug)
        choices.append(NameChoice(named, str(added)))
    return choices


def _about(query: ArticleQuery, subjects: list[tuple[SubjectKind, Subject]]) -> ArticleQuery:
    """Articles about all of the subjects, in the time that is asked for."""
    for plural, kind in PLURALS.items():
        ids = tuple(subject.pk for each, subject in subjects if each is kind)
        query = query.with_choice(plural, FacetChoice(ids, match_all=True))
    return query


def _articles_address(filterset: ArticleFilterSet, subjects: list[tuple[SubjectKind, Subject]]) -> Address:
    parameters = [(kind.plural, subject.slug) for kind, subject in subjects]
    for plural in PLURALS:
        if [name for name, _ in parameters].count(plural) > 1:
            parameters.append((f"{plural}_match", "all"))
    return article_list_address(parameters + [pair for pair in filterset.parameters() if pair[0] not in PLURALS])


def _shared(subjects: list[tuple[SubjectKind, Subject]], filterset: ArticleFilterSet) -> list[Shared]:
    """The articles that each two have in common, and those about all of more than two."""
    groups = [list(pair) for pair in combinations(subjects, 2)]
    groups += [subjects] if len(subjects) > 2 else []
    counts = totals(_about(filterset.article_query(), group) for group in groups) if groups else []
    return [
        Shared([subject.name for _, subject in group], count, str(_articles_address(filterset, group)))
        for group, count in zip(groups, counts, strict=True)
    ]
