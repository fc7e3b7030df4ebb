"""What the reading of places has to know about those that the archive has."""

from functools import cached_property

from django.db.models import Q

from articles.models import Place

from .prominence import LARGE, Prominence
from .records import COUNTRY_KINDS


class KnownPlaces:
    """Asks the database when something is wanted; imports of people and topics never do."""

    @cached_property
    def prominence(self) -> Prominence:
        """The countries, regions and large cities. It may learn more."""
        prominence = Prominence()
        large = Q(kind__in=["continent", "region", *COUNTRY_KINDS]) | Q(kind="city", population__gte=LARGE)
        prominence.learn(Place.objects.filter(large).values_list("name", "kind", "population"))
        return prominence

    def geonames_ids(self) -> set[int]:
        """Those of all places that have one, at this moment."""
        return set(Place.objects.exclude(geonames_id=None).values_list("geonames_id", flat=True))
