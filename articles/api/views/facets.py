from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from articles.api.base import ApiView
from articles.api.caching import index_headers, is_known, not_modified
from articles.api.facet_counts import describe_counts
from articles.api.pages import page_details
from articles.api.parameters import PageForm
from articles.api.serializers.pages import FacetList, FacetValuePage
from articles.filters import MAX_WORDS_LENGTH, ArticleFilterSet, validate_is_text
from articles.search import search
from articles.search.facets import FACETS
from articles.views.value_order import arrange_values

ALL_VALUES = 1_000_000


class FacetValuesForm(PageForm):
    """The parameters of the values of a facet, beside those that say of which articles."""

    name = forms.CharField(
        required=False,
        max_length=MAX_WORDS_LENGTH,
        validators=[validate_is_text],
        help_text=_("A part of the value’s name."),
    )
    order = forms.ChoiceField(
        required=False,
        choices=[("count", _("Most frequent")), ("name", _("By name")), ("unusual", _("Unusually frequent here"))],
        help_text=_("count (the default): most frequent first; name; or unusual: unusually frequent among these."),
    )


class FacetListView(ApiView):
    permission_classes = [AllowAny]
    answers = {"GET": FacetList}

    def get(self, request):
        """List the facets

        What articles can be counted by, and where the values of each are.
        """
        facets = [
            {
                "name": name,
                "label": str(facet.label),
                "url": request.build_absolute_uri(reverse("api:facet", args=[name])),
            }
            for name, facet in FACETS.items()
        ]
        return Response({"results": facets})


class FacetValues(ApiView):
    permission_classes = [AllowAny]
    reads = (ArticleFilterSet, FacetValuesForm)
    answers = {"GET": FacetValuePage}

    def get(self, request, facet):
        """Count the values of a facet

        All values that the chosen articles have, each with the exact number of articles you get by choosing it.
        Takes the parameters of the list of articles; “none” stands for articles without any value.
        """
        if facet not in FACETS:
            raise Http404
        filterset, form = self.read()
        headers = index_headers(request)
        if is_known(request, headers.get("ETag")):
            return not_modified(headers)
        answer = search(filterset.article_query(), limit=0, facets={facet: ALL_VALUES})
        counts = [count for count in answer.facets[facet] if count.count or count.value in filterset.chosen(facet)]
        counts = arrange_values(facet, counts, form.cleaned_data["order"], form.cleaned_data["name"])
        details = page_details(request, form, len(counts))
        shown = describe_counts(facet, counts[form.offset : form.offset + form.page_size])
        answer = {"facet": facet, "articles": answer.total, **details, "results": shown}
        return Response(answer, headers=headers)
