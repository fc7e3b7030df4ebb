"""The links of an article, one kind at a time."""

from rest_framework import serializers

from articles.models import Link, SubjectKind

from .references import Reference
from .strict import StrictFields


class LinkSerializer(serializers.Serializer):
    """That an article is about somebody or something: who says so, and whether it holds."""

    subject = Reference()
    status = serializers.ChoiceField(choices=Link.Status.choices)
    origin = serializers.ChoiceField(choices=Link.Origin.choices)
    confidence = serializers.FloatField()
    mentions = serializers.IntegerField()
    decided_at = serializers.DateTimeField(allow_null=True)


class LinkList(serializers.Serializer):
    results = LinkSerializer(many=True)


class LinkDecision(StrictFields, serializers.Serializer):
    """Whether a link holds."""

    status = serializers.ChoiceField(choices=Link.Status.choices)


def link_writing(kind: SubjectKind) -> type[serializers.Serializer]:
    """A new link to a subject of this kind."""
    fields = {
        "subject": serializers.SlugRelatedField(slug_field="slug", queryset=kind.model.objects.all()),
        "status": serializers.ChoiceField(choices=Link.Status.choices, default=Link.Status.ACCEPTED),
    }
    return type(f"{kind.model.__name__}LinkWriting", (StrictFields, serializers.Serializer), fields)
