"""The tags for places: {% place_map places %} and {% coordinates place %}."""

from collections.abc import Iterable
from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext

from articles.maps import PlaceMap, Spot, build_map
from articles.models import Place

register = template.Library()

# A page about hundreds of places must not carry a dot for each.
MOST_DOTS = 60
# About a kilometre: a city or a country does not lie anywhere more exactly.
DECIMALS = 2


@register.inclusion_tag("articles/_map.html")
def place_map(places: Iterable[Place]) -> dict[str, PlaceMap | None]:
    """A small map of those places that have coordinates; nothing where none has. Makes no queries."""
    placed = [place for place in places if place.latitude is not None][:MOST_DOTS]
    return {"map": build_map(Spot.of(place) for place in placed)}


@register.simple_tag
def coordinates(place: Place) -> str:
    """Where a place lies, in words that no decimal comma can run into: 26.49° N, 29.86° E."""
    latitude, longitude = _degrees(place.latitude), _degrees(place.longitude)
    north = gettext("%(degrees)s° N") if place.latitude >= 0 else gettext("%(degrees)s° S")
    east = gettext("%(degrees)s° E") if place.longitude >= 0 else gettext("%(degrees)s° W")
    both = {"latitude": north % {"degrees": latitude}, "longitude": east % {"degrees": longitude}}
    return gettext("%(latitude)s, %(longitude)s") % both


def _degrees(number: Decimal) -> str:
    """Without the zeros that would say it is known exactly."""
    return number_format(f"{abs(number):.{DECIMALS}f}".rstrip("0").rstrip("."))
