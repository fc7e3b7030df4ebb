"""Answers to what is decided on a page of cards: JSON for its script, else a message on the page it came from."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.editing.own_decisions import Tables, own_decision
from articles.history import UndoRefused, take_back
from articles.models import Occasion

from .numbers import read_number


def say_done(request: HttpRequest, page: str, said: str, done: Occasion | None = None) -> HttpResponse:
    """`page` is the name of the page's address; its parameters are those of the request."""
    if _wants_json(request):
        return JsonResponse({"said": said, "occasion": done.pk if done else None})
    messages.success(request, said)
    return _back(request, page)


def say_refused(request: HttpRequest, page: str, problem: str, status: int = 400) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"problem": problem}, status=status)
    messages.error(request, problem)
    return _back(request, page)


def take_back_decision(request: HttpRequest, page: str, decided: Tables) -> HttpResponse:
    """Takes back one of the user's own decisions about rows of these tables."""
    number = read_number(request.POST.get("occasion"))
    done = own_decision(request.user, decided, number) if number else None
    if done is None:
        return say_refused(request, page, _("Nothing was taken back: this is no decision of yours."))
    try:
        result = take_back(done, request.user)
    except UndoRefused as refusal:
        return say_refused(request, page, str(refusal), status=409)
    said = _("Taken back: %(what)s") % {"what": done.what}
    return say_done(request, page, " ".join([said, *result.left]), result.occasion)


def _wants_json(request: HttpRequest) -> bool:
    return request.accepts("application/json") and not request.accepts("text/html")


def _back(request: HttpRequest, page: str) -> HttpResponseRedirect:
    parameters = f"?{request.GET.urlencode()}" if request.GET else ""
    return HttpResponseRedirect(reverse(page) + parameters)
