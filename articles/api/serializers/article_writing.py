"""An article as editors write it."""

from rest_framework import serializers

from articles.models import Article, Source

from .strict import StrictFields


class ArticleWriting(StrictFields, serializers.ModelSerializer):
    """What an editor writes of an article. People, places and topics are linked at addresses of their own."""

    source = serializers.SlugRelatedField(
        slug_field="slug", queryset=Source.objects.all(), required=False, allow_null=True
    )
    original_url = serializers.URLField(source="url", required=False, allow_blank=True, max_length=1000)

    class Meta:
        model = Article
        fields = [
            "headline",
            "headline_is_derived",
            "slug",
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
        ]
        extra_kwargs = {"slug": {"required": False}}
