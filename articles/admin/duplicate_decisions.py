"""Deciding on likely duplicates: that two are not the same, and taking it back; having them looked for anew."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.editing.duplicate_tasks import ask_to_look
from articles.editing.telling_apart import allow_as_same, tell_apart
from articles.history.middleware import without_occasion
from articles.models import Namesakes, Subject, SubjectKind

from .answers import say_done, say_refused, take_back_decision
from .duplicates import PAGE, read_form
from .numbers import read_number


@require_POST
def look(request: HttpRequest) -> HttpResponse:
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
    read_form(request)
    return take_back_decision(request, PAGE, [Namesakes])


def _kind_of(request: HttpRequest) -> SubjectKind:
    """The kind that the address names; the first one where it names none."""
    form = read_form(request)
    if not form.is_valid():
        raise BadRequest("The kind is none that you may merge.")
    return form.chosen_kind()


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
