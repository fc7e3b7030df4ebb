"""What lists answer. For the OpenAPI document: the answers themselves are put together as dicts."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from articles.search.facets import FACETS

from .article import ArticleSerializer


class Page(serializers.Serializer):
    """A page of a list."""

    total = serializers.IntegerField(help_text=_("How many there are, exactly."))
    page = serializers.IntegerField(allow_null=True, help_text=_("The number of this page."))
    pages = serializers.IntegerField(help_text=_("How many pages there are."))
    size = serializers.IntegerField(help_text=_("How many results a page has at most."))
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class FacetValue(serializers.Serializer):
    """A value of a facet, and how many articles you get by choosing it."""

    value = serializers.CharField(help_text=_("As it is written in an address."))
    label = serializers.CharField()
    count = serializers.IntegerField()


class Note(serializers.Serializer):
    """What of the words could not be understood."""

    position = serializers.IntegerField(help_text=_("Where it stands in the words, from 1."))
    message = serializers.CharField()


FacetCounts = type(
    "FacetCounts", (serializers.Serializer,), {name: FacetValue(many=True, required=False) for name in FACETS}
)


class ArticlePage(Page):
    """A page of articles, or what follows a cursor."""

    cursor = serializers.CharField(allow_null=True, help_text=_("To read on; null at the end."))
    notes = Note(many=True)
    suggestion = serializers.CharField(allow_null=True, help_text=_("Another spelling of the words that finds more."))
    pending = serializers.IntegerField(help_text=_("Changes that the search index had not yet followed."))
    facets = FacetCounts()
    results = ArticleSerializer(many=True)


class FacetValuePage(Page):
    """A page of the values of a facet. The total counts values, `articles` the articles they are counted in."""

    facet = serializers.ChoiceField(choices=list(FACETS))
    articles = serializers.IntegerField()
    results = FacetValue(many=True)


class FacetReference(serializers.Serializer):
    name = serializers.ChoiceField(choices=list(FACETS), help_text=_("The name of its parameter, too."))
    label = serializers.CharField()
    url = serializers.URLField()


class FacetList(serializers.Serializer):
    results = FacetReference(many=True)


def page_of(serializer: type[serializers.Serializer]) -> type[Page]:
    """A page of such results."""
    name = serializer.__name__.removesuffix("Serializer")
    return type(f"{name}Page", (Page,), {"results": serializer(many=True)})
