"""Likely duplicates: two records side by side, to merge them or to say that they are not the same."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.editing.counting import CappedCount
from articles.editing.duplicate_cards import DuplicateCard, build_duplicate_cards
from articles.editing.duplicate_tasks import asked_at
from articles.editing.permissions import require
from articles.editing.stored_duplicates import open_places, stored_duplicates
from articles.editing.telling_apart import told_apart_lately
from articles.editing.waiting import Heap
from articles.models import SUBJECT_KINDS, SubjectKind
from articles.search.facets import FACETS

from .kind_pages import may_merge
from .merge_form import merge_address
from .tabs import tab_of

PAGE = "admin:articles_duplicates"
CARDS = 10
TOLD_APART_SHOWN = 10


class DuplicatesForm(forms.Form):
    """What the address asks for, of the kinds that the user may merge. `after`: so many pairs were gone through."""

    kind = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    after = forms.IntegerField(required=False, min_value=0, max_value=10**6, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, kinds: list[SubjectKind]):
        super().__init__(data)
        self.kinds = kinds
        self.fields["kind"].choices = [(kind.name, kind.name) for kind in kinds]

    def chosen_kind(self) -> SubjectKind:
        return SUBJECT_KINDS[self.cleaned_data["kind"]] if self.cleaned_data["kind"] else self.kinds[0]


def duplicates(request: HttpRequest) -> HttpResponse:
    form = read_form(request)
    context = _cards(form) if form.is_valid() else {}
    if request.headers.get("X-Requested-With") == "fetch":
        return render(request, "admin/articles/_duplicate_cards.html", context)
    context |= _around(form, context["total"]) if form.is_valid() else {}
    context |= {**admin.site.each_context(request), "title": _("Likely duplicates")}
    return TemplateResponse(request, "admin/articles/duplicates.html", context)


def read_form(request: HttpRequest) -> DuplicatesForm:
    """Refuses whoever may merge nothing."""
    kinds = [kind for kind in SUBJECT_KINDS.values() if may_merge(request.user, kind)]
    require(bool(kinds))
    return DuplicatesForm(request.GET, kinds)


def duplicate_heaps(user) -> list[Heap]:
    """What waits here, of the kinds that the user may merge; without a number where nobody has looked yet."""
    return [
        Heap(
            group=_("Twice in the archive"),
            label=str(FACETS[kind.plural].label),
            count=_open_count(kind),
            page="articles_duplicates",
            parameters={"kind": kind.name},
        )
        for kind in SUBJECT_KINDS.values()
        if may_merge(user, kind)
    ]


def duplicates_address(kind: SubjectKind, after: int = 0) -> str:
    return reverse(PAGE, query={"kind": kind.name, "after": after})


def _cards(form: DuplicatesForm) -> dict:
    kind, passed = form.chosen_kind(), form.cleaned_data["after"] or 0
    findings = stored_duplicates(kind)
    places = open_places(kind, findings.pairs) if findings else []
    ahead = [place for place in places if place >= passed]
    cards = build_duplicate_cards(kind, findings.pairs, ahead[:CARDS]) if findings else []
    return {
        "kind": kind,
        "opts": kind.model._meta,
        "findings": findings,
        "total": CappedCount(len(places)),
        "is_further_on": len(ahead) < len(places),
        "cards": [(card, _merge_address(kind, card)) for card in cards],
        "next_after": ahead[CARDS - 1] + 1 if len(ahead) > CARDS else None,
    }


def _around(form: DuplicatesForm, total: CappedCount) -> dict:
    """What stands above the cards."""
    chosen = form.chosen_kind()
    return {
        "asked_at": asked_at(chosen),
        "told_apart": told_apart_lately(chosen, TOLD_APART_SHOWN),
        "tabs": [tab_of(kind, total if kind is chosen else None, kind is chosen) for kind in form.kinds],
    }


def _merge_address(kind: SubjectKind, card: DuplicateCard) -> str:
    return merge_address(kind, (card.pair.first, card.pair.second), duplicate=card.number)


def _open_count(kind: SubjectKind) -> CappedCount | None:
    findings = stored_duplicates(kind)
    return CappedCount(len(open_places(kind, findings.pairs))) if findings else None
