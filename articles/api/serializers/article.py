"""An article as it is read."""

from collections.abc import Collection

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from articles.api.selection import SelectableFields
from articles.models import SUBJECT_KINDS, Article

from .addresses import ApiAddress, PageAddress
from .references import LinkedPerson, LinkedPlace, LinkedTopic, SourceReference


class ArticleSerializer(SelectableFields, serializers.ModelSerializer):
    """An article, and what it is about: accepted links only, most mentioned first. For rows `with_related`."""

    optional = ("body",)

    url = PageAddress()
    api_url = ApiAddress()
    source = SourceReference(read_only=True, allow_null=True)
    original_url = serializers.CharField(
        source="url", read_only=True, help_text=_("Where it was published first; empty where that is not known.")
    )
    people = LinkedPerson(source="accepted_person_links", many=True, read_only=True)
    places = LinkedPlace(source="accepted_place_links", many=True, read_only=True)
    topics = LinkedTopic(source="accepted_topic_links", many=True, read_only=True)

    class Meta:
        model = Article
        fields = [
            "id",
            "slug",
            "url",
            "api_url",
            "headline",
            "headline_is_derived",
            "summary",
            "body",
            "byline",
            "published_on",
            "published_at",
            "language",
            "source",
            "original_url",
            "external_id",
            "version",
            "rights",
            "status",
            "created_at",
            "updated_at",
            "people",
            "places",
            "topics",
        ]
        read_only_fields = fields


def with_related(articles: QuerySet, selected: Collection[str]) -> QuerySet:
    """Fetches along what these fields need and nothing else, in one query for each kind of subject.

    Accepted links get an attribute of their own, so that without this there are none, rather than all.
    """
    articles = articles if "body" in selected else articles.defer("body")
    if "source" in selected:
        articles = articles.select_related("source")
    for kind in SUBJECT_KINDS.values():
        if kind.plural in selected:
            links = kind.link.objects.accepted().select_related("subject").order_by("-mentions", "subject__name", "id")
            attribute = f"accepted_{kind.links_name}"
            articles = articles.prefetch_related(Prefetch(kind.links_name, queryset=links, to_attr=attribute))
    return articles
