"""People, places and topics as they are read."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from articles.api.selection import SelectableFields
from articles.models import SUBJECT_KINDS, Person, Place, SubjectKind, Topic

from .addresses import ApiAddress, PageAddress
from .references import PartOfReference

SHARED_FIELDS = ["id", "slug", "url", "api_url", "name", "description", "aliases", "wikidata_id"]
TREE_FIELDS = ["parent", "ancestors"]
COUNT_FIELDS = ["article_count", "articles_url"]


class AliasSerializer(serializers.Serializer):
    """Another name, and its language where that is known."""

    name = serializers.CharField()
    language = serializers.CharField()


class SubjectSerializer(SelectableFields, serializers.ModelSerializer):
    """What every kind of subject has. The rows bring their `article_count` along."""

    url = PageAddress()
    api_url = ApiAddress()
    aliases = AliasSerializer(many=True, read_only=True)
    article_count = serializers.IntegerField(
        read_only=True, help_text=_("Published articles about it, or about anything that is a part of it.")
    )
    articles_url = serializers.SerializerMethodField(help_text=_("These articles in the API."))

    @extend_schema_field(OpenApiTypes.URI)
    def get_articles_url(self, subject) -> str:
        parameter = SUBJECT_KINDS[subject._meta.model_name].plural
        return self.context["request"].build_absolute_uri(f"{reverse('api:articles')}?{parameter}={subject.slug}")


class SubjectInTreeSerializer(SubjectSerializer):
    """The rows bring along what they are a part of, outermost first, as `path`."""

    optional = ("ancestors",)

    parent = PartOfReference(read_only=True, allow_null=True)
    ancestors = PartOfReference(source="path", many=True, read_only=True)


class PersonSerializer(SubjectSerializer):
    class Meta:
        model = Person
        fields = [*SHARED_FIELDS, *COUNT_FIELDS]
        read_only_fields = fields


class PlaceSerializer(SubjectInTreeSerializer):
    class Meta:
        model = Place
        fields = [
            *SHARED_FIELDS,
            "geonames_id",
            "kind",
            "country_code",
            "latitude",
            "longitude",
            "population",
            *TREE_FIELDS,
            *COUNT_FIELDS,
        ]
        read_only_fields = fields


class TopicSerializer(SubjectInTreeSerializer):
    class Meta:
        model = Topic
        fields = [*SHARED_FIELDS, "iptc_code", *TREE_FIELDS, *COUNT_FIELDS]
        read_only_fields = fields


SUBJECT_SERIALIZERS: dict[str, type[SubjectSerializer]] = {
    "person": PersonSerializer,
    "place": PlaceSerializer,
    "topic": TopicSerializer,
}


def with_related(subjects: QuerySet, kind: SubjectKind) -> QuerySet:
    subjects = subjects.prefetch_related("aliases")
    return subjects.select_related("parent") if kind.is_tree else subjects
