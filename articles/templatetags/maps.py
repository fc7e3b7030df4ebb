"""The map tag: {% place_map places %}."""

from collections.abc import Iterable

from django import template

from articles.maps import PlaceMap, Spot, build_map
from articles.models import Place

register = template.Library()

# A page about hundreds of places must not carry a dot for each.
MOST_DOTS = 60


@register.inclusion_tag("articles/_map.html")
def place_map(places: Iterable[Place]) -> dict[str, PlaceMap | None]:
    """A small map of those places that have coordinates; nothing where none has. Makes no queries."""
    placed = [place for place in places if place.latitude is not None][:MOST_DOTS]
    return {"map": build_map(Spot.of(place) for place in placed)}
