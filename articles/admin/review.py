"""The review of suggested links: one card after another, to accept, reject or skip."""

from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_POST

from articles.editing.counting import CAP
from articles.editing.decisions import AlreadyDecided, LinkKey, decide_many, decide_suggestions
from articles.editing.own_decisions import own_decisions
from articles.editing.permissions import may
from articles.editing.review_cards import build_cards
from articles.history.middleware import without_occasion
from articles.models import SUBJECT_KINDS, Article, Link, SubjectKind

from .answers import say_done, say_refused, take_back_decision
from .numbers import read_number
from .review_form import ReviewForm
from .tabs import tab_of

PAGE = "admin:articles_review"
DECIDED = {
    Link.Status.ACCEPTED: ngettext_lazy(
        "%(count)d suggestion was accepted.", "%(count)d suggestions were accepted.", "count"
    ),
    Link.Status.REJECTED: ngettext_lazy(
        "%(count)d suggestion was rejected.", "%(count)d suggestions were rejected.", "count"
    ),
}
CARDS = 10


def review(request: HttpRequest) -> HttpResponse:
    form = ReviewForm(request.GET, kinds_to_review(request.user))
    context = _cards(form) if form.is_valid() else {}
    if request.headers.get("X-Requested-With") == "fetch":
        return render(request, "admin/articles/_review_cards.html", context)
    context |= {
        **admin.site.each_context(request),
        "title": _("Review of suggested links"),
        "form": form,
        "decisions": own_decisions(request.user, [kind.link for kind in form.kinds]),
        "cap": CAP,
    }
    return TemplateResponse(request, "admin/articles/review.html", context)


@without_occasion
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Accepts one of the links on a card and rejects the others; without one to accept, rejects all."""
    keys = [_link_key(text, request.user) for text in request.POST.getlist("link")]
    accepted = [_link_key(text, request.user) for text in request.POST.getlist("accept")]
    if not keys or not set(accepted) <= set(keys):
        return say_refused(request, PAGE, _("Nothing was decided: no suggestion was named."))
    try:
        done = decide_suggestions(accepted, [key for key in keys if key not in accepted], request.user)
    except AlreadyDecided as problem:
        return say_refused(request, PAGE, str(problem), status=409)
    return say_done(request, PAGE, done.what, done)


@without_occasion
@require_POST
def decide_selected(request: HttpRequest) -> HttpResponse:
    """The same decision on all cards that were selected."""
    keys = [_link_key(text, request.user) for text in request.POST.getlist("link")]
    ids = {kind: [id for name, id in keys if name == kind.name] for kind in SUBJECT_KINDS.values()}
    return _decide_many(request, [kind.link.objects.suggested().filter(pk__in=ids[kind]) for kind in ids if ids[kind]])


@without_occasion
@require_POST
def decide_all(request: HttpRequest) -> HttpResponse:
    """The same decision on all suggestions about somebody, of at least some confidence."""
    form = ReviewForm(request.GET, kinds_to_review(request.user))
    if not form.is_valid() or not form.cleaned_data["subject"]:
        return say_refused(request, PAGE, _("Nothing was decided: choose first whom or what it is about."))
    return _decide_many(request, [form.queue().links_to_decide()])


@without_occasion
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    return take_back_decision(request, PAGE, [kind.link for kind in kinds_to_review(request.user)])


def kinds_to_review(user) -> list[SubjectKind]:
    """The kinds of subject whose links the user may decide on. Raises PermissionDenied where there are none."""
    kinds = [kind for kind in SUBJECT_KINDS.values() if may_review(user, kind)]
    if not kinds:
        raise PermissionDenied
    return kinds


def may_review(user, kind: SubjectKind) -> bool:
    return may(user, "change", kind.link)


def _cards(form: ReviewForm) -> dict:
    queue = form.queue()
    links = queue.next_links(CARDS + 1, form.cleaned_data["after"])
    tabs = [
        tab_of(kind, queue.count() if kind is queue.kind else queue.for_kind(kind).count(), kind is queue.kind)
        for kind in form.kinds
    ]
    return {
        "form": form,
        "queue": queue,
        "cards": build_cards(queue.kind, links[:CARDS]),
        "next_after": links[CARDS - 1].pk if len(links) > CARDS else None,
        "tabs": tabs,
        "count": next(tab.count for tab in tabs if tab.is_chosen),
        "window_end": queue.window_end(),
        "subject": queue.kind.model.objects.filter(pk=queue.subject).first() if queue.subject else None,
        "article": Article.objects.filter(pk=queue.article).first() if queue.article else None,
    }


def _decide_many(request: HttpRequest, chosen: list[QuerySet]) -> HttpResponse:
    status = request.POST.get("status")
    if status not in (Link.Status.ACCEPTED, Link.Status.REJECTED):
        raise BadRequest("The status must be “accepted” or “rejected”.")
    count = decide_many(chosen, status, request.user)
    if not count:
        return say_refused(request, PAGE, _("Nothing was decided: select some suggestions first."))
    return say_done(request, PAGE, DECIDED[status] % {"count": count})


def _link_key(text: str, user) -> LinkKey:
    """The link that a form names, if the user may decide on it."""
    name, _, id = text.partition("-")
    number = read_number(id)
    if name not in SUBJECT_KINDS or number is None:
        raise BadRequest(f"“{text}” is no suggestion.")
    if not may_review(user, SUBJECT_KINDS[name]):
        raise PermissionDenied
    return name, number
