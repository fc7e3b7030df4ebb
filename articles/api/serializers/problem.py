"""Problem details, for the OpenAPI document: problems.py puts them together."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers


class ProblemError(serializers.Serializer):
    name = serializers.CharField(help_text=_("The parameter or field; empty for the request as a whole."))
    reason = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    """What went wrong (RFC 9457)."""

    type = serializers.URLField(help_text=_("Where this kind of problem is described."))
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text=_("What is wrong here, in whole sentences."))
    errors = ProblemError(many=True, required=False, help_text=_("What is wrong with each parameter or field."))
