"""Maps of places, drawn as SVG by a template over the outlines in static/articles/world.svg.

Knows no database: whoever wants a map brings `Spot`s.
"""

from .place_map import Dot, PlaceMap, Spot, build_map

__all__ = ["Dot", "PlaceMap", "Spot", "build_map"]
