from rest_framework import serializers


class ReconcileRequest(serializers.Serializer):
    """One of the three."""

    queries = serializers.CharField(required=False)
    query = serializers.CharField(required=False)
    extend = serializers.CharField(required=False)
