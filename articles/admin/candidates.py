"""Candidates: names that sources use and the archive does not know, the most frequent first."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.editing.candidate_queue import CandidateQueue
from articles.editing.own_decisions import own_decisions
from articles.models import SUBJECT_KINDS, Candidate

from .candidate_decisions import may_accept, may_add_name, require_desk
from .review_form import IdField
from .tabs import tab_of

CARDS = 10


class CandidatesForm(forms.Form):
    """What narrows the queue."""

    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=200)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False, choices=Candidate.Status)
    kind = forms.ChoiceField(required=False, choices=[(name, name) for name in SUBJECT_KINDS], widget=forms.HiddenInput)
    after = IdField()

    @property
    def is_narrowed(self) -> bool:
        return bool(self.cleaned_data["name"])

    def queue(self) -> CandidateQueue:
        chosen = self.cleaned_data
        kind = SUBJECT_KINDS[chosen["kind"] or next(iter(SUBJECT_KINDS))]
        return CandidateQueue(kind, chosen["status"] or Candidate.Status.OPEN, chosen["name"])


def candidates(request: HttpRequest) -> HttpResponse:
    require_desk(request.user)
    form = CandidatesForm(request.GET, auto_id="candidates-%s")
    context = _cards(form, request.user) if form.is_valid() else {}
    if request.headers.get("X-Requested-With") == "fetch":
        return render(request, "admin/articles/_candidate_cards.html", context)
    context |= {
        **admin.site.each_context(request),
        "title": _("Candidates"),
        "form": form,
        "decisions": own_decisions(request.user, [Candidate]),
    }
    return TemplateResponse(request, "admin/articles/candidates.html", context)


def _cards(form: CandidatesForm, user) -> dict:
    queue = form.queue()
    cards = queue.next_cards(CARDS + 1, form.cleaned_data["after"])
    return {
        "form": form,
        "queue": queue,
        "cards": cards[:CARDS],
        "next_after": cards[CARDS - 1].key if len(cards) > CARDS else None,
        "tabs": [
            tab_of(kind, CandidateQueue(kind, queue.status, queue.name).count(), kind is queue.kind)
            for kind in SUBJECT_KINDS.values()
        ],
        "may_accept": may_accept(user, queue.kind),
        "may_add_name": may_add_name(user, queue.kind),
    }
