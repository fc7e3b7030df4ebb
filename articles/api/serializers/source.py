"""Sources as they are read."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from articles.api.selection import SelectableFields
from articles.models import Source

from .addresses import ApiAddress, PageAddress


class SourceSerializer(SelectableFields, serializers.ModelSerializer):
    """Who published articles. The rows bring their `article_count` along."""

    url = PageAddress()
    api_url = ApiAddress()
    website = serializers.CharField(source="url", read_only=True)
    article_count = serializers.IntegerField(read_only=True, help_text=_("Published articles of this source."))
    articles_url = serializers.SerializerMethodField(help_text=_("These articles in the API."))

    class Meta:
        model = Source
        fields = ["id", "slug", "url", "api_url", "name", "description", "website", "article_count", "articles_url"]
        read_only_fields = fields

    @extend_schema_field(OpenApiTypes.URI)
    def get_articles_url(self, source) -> str:
        return self.context["request"].build_absolute_uri(f"{reverse('api:articles')}?source={source.slug}")
