"""How one row is named inside another: the source of an article, the people in it, what a place is a part of."""

from rest_framework import serializers

from articles.models import Link, Place

from .addresses import ApiAddress, PageAddress


class Reference(serializers.Serializer):
    id = serializers.IntegerField()
    slug = serializers.SlugField()
    name = serializers.CharField()
    url = PageAddress()
    api_url = ApiAddress()


class SourceReference(Reference):
    """Who published it."""


class PartOfReference(Reference):
    """What a place or a topic is a part of."""


class LinkedSubject(Reference):
    """The subject of a link: what other catalogues call it, and how often the text names it."""

    wikidata_id = serializers.CharField()
    mentions = serializers.IntegerField()

    def to_representation(self, link: Link) -> dict:
        link.subject.mentions = link.mentions
        return super().to_representation(link.subject)


class LinkedPerson(LinkedSubject):
    pass


class LinkedPlace(LinkedSubject):
    geonames_id = serializers.IntegerField(allow_null=True)
    kind = serializers.ChoiceField(choices=Place.Kind.choices)
    country_code = serializers.CharField()


class LinkedTopic(LinkedSubject):
    iptc_code = serializers.CharField()
