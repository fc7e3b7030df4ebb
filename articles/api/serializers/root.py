from rest_framework import serializers


class RootSerializer(serializers.Serializer):
    """The addresses of everything else."""

    articles = serializers.URLField()
    people = serializers.URLField()
    places = serializers.URLField()
    topics = serializers.URLField()
    sources = serializers.URLField()
    facets = serializers.URLField()
    schema = serializers.URLField()
    reference = serializers.URLField()
    reconcile_people = serializers.URLField()
    reconcile_places = serializers.URLField()
    reconcile_topics = serializers.URLField()
