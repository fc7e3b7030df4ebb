"""The reconciliation service: `as_view(kind=…)`."""

from collections.abc import Callable

from csp.decorators import csp_replace
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe
from drf_spectacular.types import OpenApiTypes
from rest_framework.parsers import FormParser
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from articles.api.base import READING, ApiView
from articles.api.parameters import read_parameters
from articles.api.problems import BadParameters
from articles.api.reconcile.answers import answer_batch
from articles.api.reconcile.extension import extend, propose
from articles.api.reconcile.manifest import build_manifest
from articles.api.reconcile.questions import LONGEST_TEXT, read_batch, read_data_request, read_single
from articles.api.serializers.reconcile import ReconcileRequest
from articles.api.serializers.subject import with_related
from articles.filters import validate_is_text
from articles.models import SubjectKind
from articles.models.slugs import SLUG_LENGTH


class ReconcileForm(forms.Form):
    queries = forms.CharField(
        required=False, validators=[validate_is_text], help_text=_("A batch of queries, as JSON: {key: query}.")
    )
    query = forms.CharField(
        required=False, validators=[validate_is_text], help_text=_("A single query: its text, or as JSON.")
    )
    extend = forms.CharField(
        required=False, validators=[validate_is_text], help_text=_("A request for data, as JSON: ids and properties.")
    )


class ReconcileView(ApiView):
    kind: SubjectKind = None
    permission_classes = [AllowAny]
    methods_for_other_sites = (*READING, "POST")


class Reconcile(ReconcileView):
    parser_classes = [FormParser]
    reads = (ReconcileForm,)
    takes = {"POST": ReconcileRequest}
    answers = {"GET": OpenApiTypes.OBJECT, "POST": OpenApiTypes.OBJECT}

    def get(self, request):
        """Match names, or learn how

        The Reconciliation Service API 0.2, as OpenRefine speaks it. Without parameters: the manifest. The identifiers
        are slugs.
        """
        return self._answer(self.read()[0].cleaned_data) or Response(build_manifest(self.kind, request))

    def post(self, request):
        """Match names

        With the same parameters as GET, as a form.
        """
        (form,) = read_parameters(request.data, self.reads)
        answer = self._answer(form.cleaned_data)
        if answer is None:
            raise BadParameters({"queries": [gettext("Send queries, a query or extend.")]})
        return answer

    def _answer(self, asked: dict[str, str]) -> Response | None:
        if asked["queries"]:
            return Response(answer_batch(self.kind, read_batch(asked["queries"]), self.request))
        if asked["query"]:
            return Response(answer_batch(self.kind, {"q": read_single(asked["query"])}, self.request)["q"])
        if asked["extend"]:
            return Response(extend(self.kind, read_data_request(asked["extend"], self.kind), self.request))
        return None


class SuggestForm(forms.Form):
    prefix = forms.CharField(
        required=False,
        max_length=LONGEST_TEXT,
        validators=[validate_is_text],
        help_text=_("What was typed so far."),
    )
    cursor = forms.IntegerField(
        required=False, min_value=0, max_value=100_000, help_text=_("How many suggestions to skip.")
    )


class Suggest(ReconcileView):
    """`find` gives the suggestions: see reconcile/suggestions.py."""

    find: Callable[[SubjectKind, str, int], list[dict]] = None
    reads = (SuggestForm,)
    answers = {"GET": OpenApiTypes.OBJECT}

    def get(self, request):
        """Suggest while somebody types"""
        asked = self.read()[0].cleaned_data
        return Response({"result": self.find(self.kind, asked["prefix"], asked["cursor"] or 0)})


class ProposeForm(forms.Form):
    type = forms.CharField(
        required=False, max_length=100, validators=[validate_is_text], help_text=_("The id of a type.")
    )
    limit = forms.IntegerField(required=False, min_value=1, max_value=1_000, help_text=_("How many at most."))


class ProposeProperties(ReconcileView):
    reads = (ProposeForm,)
    answers = {"GET": OpenApiTypes.OBJECT}

    def get(self, request):
        """List the properties that can be fetched"""
        asked = self.read()[0].cleaned_data
        return Response(propose(self.kind, asked["type"], asked["limit"]))


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def preview(request: HttpRequest, kind: SubjectKind) -> HttpResponse:
    """A small page about one of them, to be shown within other sites."""
    slug = request.GET.get("id", "")
    if len(slug) > SLUG_LENGTH or not slug.isprintable():
        raise Http404
    subject = get_object_or_404(with_related(kind.model.objects.all(), kind), slug=slug)
    return render(request, "articles/api/preview.html", {"subject": subject, "kind": kind})
