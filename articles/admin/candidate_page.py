"""The page of one candidate: a form for the new person, place or topic, and one for whose other name it is."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.editing import candidates as editing
from articles.editing.candidate_queue import build_cards
from articles.editing.decisions import AlreadyDecided
from articles.editing.permissions import require
from articles.history.middleware import without_occasion
from articles.models import Candidate, Occasion

from .candidate_decisions import PAGE, may_accept, may_add_name, require_desk
from .candidate_form import MergeForm, subject_form


@without_occasion
def candidate_page(request: HttpRequest, candidate_id: int) -> HttpResponse:
    require_desk(request.user)
    candidate = get_object_or_404(Candidate, pk=candidate_id)
    kind = editing.kind_of(candidate)
    data = {name: request.POST if name in request.POST else None for name in ("accept", "merge")}
    new = subject_form(kind)(data["accept"], instance=editing.new_subject(candidate), prefix="new")
    other = MergeForm(kind, data["merge"], prefix="other")
    try:
        done = _decide(request, candidate, new, other)
    except AlreadyDecided as problem:
        messages.error(request, str(problem))
        return HttpResponseRedirect(reverse(PAGE))
    if done:
        messages.success(request, done.what)
        return HttpResponseRedirect(f"{reverse(PAGE)}?kind={kind.name}")
    return _page(request, candidate, new, other)


def _decide(request: HttpRequest, candidate: Candidate, new, other) -> Occasion | None:
    """What the form that was sent asks for; None if it has faults, or none was sent."""
    kind = editing.kind_of(candidate)
    if new.is_bound:
        require(may_accept(request.user, kind))
        return editing.accept(candidate, new.save(commit=False), request.user) if new.is_valid() else None
    if other.is_bound:
        require(may_add_name(request.user, kind))
        if other.is_valid():
            return editing.merge(candidate, other.cleaned_data["subject"], request.user)
    return None


def _page(request: HttpRequest, candidate: Candidate, new, other) -> HttpResponse:
    kind = editing.kind_of(candidate)
    count = candidate.articles.through.objects.filter(candidate=candidate).count()
    context = {
        **admin.site.each_context(request),
        "title": candidate.name,
        "card": build_cards({candidate.pk: count})[0],
        "kind": kind,
        "new": new,
        "other": other,
        "media": new.media + other.media,
        "may_accept": may_accept(request.user, kind),
        "may_add_name": may_add_name(request.user, kind),
    }
    return TemplateResponse(request, "admin/articles/candidate.html", context)
