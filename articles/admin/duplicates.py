"""Likely duplicates: two records side by side, to merge them or to say that they are not the same."""

from django import forms
from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.editing.counting import CappedCount
from articles.editing.duplicate_cards import DuplicateCard, build_duplicate_cards
from articles.editing.duplicate_tasks import ask_to_look, asked_at
from articles.editing.stored_duplicates import Findings, open_places, stored_duplicates
from articles.editing.telling_apart import allow_as_same, tell_apart, told_apart_lately
from articles.editing.waiting import Heap
from articles.history.middleware import without_occasion
from articles.models import SUBJECT_KINDS, Namesakes, Subject, SubjectKind
from articles.search.facets import FACETS

from .answers import say_done, say_refused, take_back_decision
from .kind_pages import may_merge
from .merge_form import merge_address
from .numbers import read_number
from .tabs import tab_of

PAGE = "admin:articles_duplicates"
CARDS = 10
TOLD_APART_SHOWN = 10


class DuplicatesForm(forms.Form):
    """`after`: so many pairs were gone through."""

    kind = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    after = forms.IntegerField(required=False, min_value=0, max_value=10**6, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, kinds: list[SubjectKind]):
        super().__init__(data)
        self._kinds = kinds
        self.fields["kind"].choices = [(kind.name, kind.name) for kind in kinds]

    def kind_asked_for(self) -> SubjectKind:
        return SUBJECT_KINDS[self.cleaned_data["kind"]] if self.cleaned_data["kind"] else self._kinds[0]


def duplicates(request: HttpRequest) -> HttpResponse:
    form = DuplicatesForm(request.GET, _kinds_of(request.user))
    context = {**admin.site.each_context(request), "title": _("Likely duplicates"), "form": form}
    if form.is_valid():
        context |= _cards(form)
    if request.headers.get("X-Requested-With") == "fetch":
        return render(request, "admin/articles/_duplicate_cards.html", context)
    if form.is_valid():
        kind = form.kind_asked_for()
        context["told_apart"] = told_apart_lately(kind, TOLD_APART_SHOWN)
        context["tabs"] = [
            tab_of(each, context["total"] if each is kind else None, each is kind) for each in _kinds_of(request.user)
        ]
    return TemplateResponse(request, "admin/articles/duplicates.html", context)


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Have them looked for anew."""
    ask_to_look(_kind_of(request))
    return say_done(request, PAGE, _("They are being looked for. Come back in a moment."))


@without_occasion
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """That two are not the same; or, with the number of such a decision, that they may be the same after all."""
    kind = _kind_of(request)
    if "allow" in request.POST:
        return _allow(request, kind)
    one, other = _two(kind, request.POST.get("pair", ""))
    if not (one and other):
        return say_refused(request, PAGE, _("One of the two is not in the archive any more."), status=409)
    done = tell_apart(kind, one, other, request.user)
    return say_done(request, PAGE, done.what, done)


@without_occasion
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    _kinds_of(request.user)
    return take_back_decision(request, PAGE, [Namesakes])


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


def _kinds_of(user) -> list[SubjectKind]:
    """Those that the user may merge."""
    kinds = [kind for kind in SUBJECT_KINDS.values() if may_merge(user, kind)]
    if not kinds:
        raise PermissionDenied
    return kinds


def _kind_of(request: HttpRequest) -> SubjectKind:
    """The kind that the address names; the first one where it names none."""
    form = DuplicatesForm(request.GET, _kinds_of(request.user))
    if not form.is_valid():
        raise BadRequest("The kind is none that you may merge.")
    return form.kind_asked_for()


def _cards(form: DuplicatesForm) -> dict:
    kind, passed = form.kind_asked_for(), form.cleaned_data["after"] or 0
    findings = stored_duplicates(kind)
    places = open_places(kind, findings.pairs) if findings else []
    ahead = [place for place in places if place >= passed]
    cards = build_duplicate_cards(kind, findings.pairs, ahead[:CARDS]) if findings else []
    return {
        "kind": kind,
        "opts": kind.model._meta,
        "findings": findings,
        "asked_at": asked_at(kind),
        "total": CappedCount(len(places)),
        "is_further_on": len(ahead) < len(places),
        "cards": [(card, _merge_address(kind, card)) for card in cards],
        "next_after": ahead[CARDS - 1] + 1 if len(ahead) > CARDS else None,
    }


def _merge_address(kind: SubjectKind, card: DuplicateCard) -> str:
    return merge_address(kind, (card.pair.first, card.pair.second), duplicate=card.number)


def _open_count(kind: SubjectKind) -> CappedCount | None:
    findings: Findings | None = stored_duplicates(kind)
    return CappedCount(len(open_places(kind, findings.pairs))) if findings else None


def _two(kind: SubjectKind, pair: str) -> list[Subject | None]:
    """The two subjects that “12-15” names."""
    ids = [read_number(part) for part in pair.split("-", 1)]
    if len(ids) != 2 or None in ids or ids[0] == ids[1]:
        raise BadRequest("The pair must be two different numbers, as 12-15.")
    found = kind.model.objects.in_bulk(ids)
    return [found.get(id) for id in ids]


def _allow(request: HttpRequest, kind: SubjectKind) -> HttpResponse:
    row = Namesakes.objects.filter(kind=kind.name, pk=read_number(request.POST["allow"])).first()
    if row is None:
        return say_refused(request, PAGE, _("That is taken back already."), status=409)
    names = kind.model.objects.in_bulk([row.first_id, row.second_id])
    done = allow_as_same(row, tuple(str(names.get(id, id)) for id in (row.first_id, row.second_id)), request.user)
    return say_done(request, PAGE, done.what)
