from django.utils.translation import gettext_lazy as _
from rest_framework import serializers


class StrictFields:
    """For serializers that write: a field that does not exist is a mistake. Passed over, it would seem written."""

    def to_internal_value(self, data):
        unknown = set(data) - set(self.fields) if isinstance(data, dict) else set()
        if unknown:
            raise serializers.ValidationError({str(name)[:60]: [_("There is no such field.")] for name in unknown})
        return super().to_internal_value(data)
