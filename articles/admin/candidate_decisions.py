"""Deciding on candidates: on one, on those that were selected; and taking it back."""

from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_POST

from articles.editing import candidates as editing
from articles.editing.decisions import AlreadyDecided
from articles.editing.permissions import may, require
from articles.history.middleware import without_occasion
from articles.models import SUBJECT_KINDS, Candidate, Occasion, SubjectKind

from .answers import say_done, say_refused, take_back_decision
from .numbers import read_number

PAGE = "admin:articles_candidates"
Status = Candidate.Status
DECIDED = {
    Status.ACCEPTED: ngettext_lazy("%(count)d candidate was accepted.", "%(count)d candidates were accepted.", "count"),
    Status.REJECTED: ngettext_lazy("%(count)d candidate was rejected.", "%(count)d candidates were rejected.", "count"),
}


@without_occasion
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """One decision on one candidate: the button that was pressed is a word of DECISIONS."""
    found = _chosen(request)
    decision = next((word for word in DECISIONS if word in request.POST), None)
    if len(found) != 1 or not decision:
        return say_refused(request, PAGE, _("Nothing was decided: no candidate was named."))
    try:
        done = DECISIONS[decision](request, found[0])
    except AlreadyDecided as problem:
        return say_refused(request, PAGE, str(problem), status=409)
    except ValidationError as problem:
        return say_refused(request, PAGE, " ".join(problem.messages), status=409)
    return say_done(request, PAGE, done.what, done)


@without_occasion
@require_POST
def decide_selected(request: HttpRequest) -> HttpResponse:
    """The same decision on all that were selected."""
    found, status = _chosen(request), request.POST.get("status")
    if status not in (Status.ACCEPTED, Status.REJECTED):
        raise BadRequest("The status must be “accepted” or “rejected”.")
    if not found:
        return say_refused(request, PAGE, _("Nothing was decided: select some candidates first."))
    try:
        left = _decide_all(request.user, found, status)
    except AlreadyDecided as problem:
        return say_refused(request, PAGE, str(problem), status=409)
    return say_done(request, PAGE, _what_was_done(len(found) - len(left), status, left))


@without_occasion
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    require_desk(request.user)
    return take_back_decision(request, PAGE, [Candidate])


def require_desk(user) -> None:
    require(may(user, "change", Candidate))


def may_accept(user, kind: SubjectKind) -> bool:
    """Whether the user may make such a subject, and link articles to it."""
    return may(user, "add", kind.model, kind.alias, kind.link)


def may_add_name(user, kind: SubjectKind) -> bool:
    """Whether the user may make it another name of such a subject, and link articles to that."""
    return may(user, "add", kind.alias, kind.link)


def _chosen(request: HttpRequest) -> list[Candidate]:
    """The candidates that a form names."""
    require_desk(request.user)
    return list(Candidate.objects.filter(pk__in=map(_id, request.POST.getlist("candidate"))).order_by("pk"))


def _id(text: str) -> int:
    number = read_number(text)
    if number is None:
        raise BadRequest(f"“{text}” is no number.")
    return number


def _accept(request: HttpRequest, candidate: Candidate) -> Occasion:
    require(may_accept(request.user, editing.kind_of(candidate)))
    return editing.accept(candidate, editing.new_subject(candidate), request.user)


def _merge(request: HttpRequest, candidate: Candidate) -> Occasion:
    kind = editing.kind_of(candidate)
    require(may_add_name(request.user, kind))
    subject = kind.model.objects.filter(pk=_id(request.POST["merge"])).first()
    if subject is None:
        raise AlreadyDecided(_("It is not in the archive any more."))
    return editing.merge(candidate, subject, request.user)


DECISIONS = {
    "accept": _accept,
    "merge": _merge,
    "reject": lambda request, candidate: editing.reject([candidate], request.user),
    "reopen": lambda request, candidate: editing.reopen([candidate], request.user),
}


def _decide_all(user, found: list[Candidate], status: str) -> list[Candidate]:
    """Returns those that are left for a closer look."""
    if status == Status.REJECTED:
        editing.reject(found, user)
        return []
    for name in {candidate.kind for candidate in found}:
        require(may_accept(user, SUBJECT_KINDS[name]))
    return editing.accept_many(found, user)


def _what_was_done(count: int, status: str, left: list[Candidate]) -> str:
    said = DECIDED[status] % {"count": count}
    if left:
        names = ", ".join(candidate.name for candidate in left)
        said += " " + _("Look at these one by one, the archive has their name or code already: %s.") % names
    return said
