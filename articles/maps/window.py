"""Which part of the world a map shows, and where a place lies on it.

The projection is equirectangular, true to scale at the middle latitude of each map: a degree of longitude is drawn
as long as it is there. So one file of outlines serves every map, stretched by one number.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

# Map units to a degree of latitude: whole numbers are then fine enough for every dot.
UNITS = 100
# The outlines in world.svg: ten units to a degree, and where their western edge lies.
OUTLINE_UNITS = 10
WESTERN_EDGE = -168.4
NORTHERN_EDGE, SOUTHERN_EDGE = 84.0, -58.0
WORLD_MIDDLE = 37.0
# The outlines are too coarse to be shown larger than this many degrees to the height of a map.
LEAST_HEIGHT = 14.0
# Height to width of a map of a region.
SHAPE = 0.6
# Room around the outermost places, in parts of the distance between them.
MARGIN = 0.12
# Places farther apart than this ask for the whole world.
MOST_LONGITUDES = 170.0
# Nearer to the poles a degree of longitude is drawn longer than it is.
HIGHEST_MIDDLE = 66.0

Coordinates = tuple[float, float]


@dataclass(frozen=True)
class Window:
    """The shown part in degrees. `west` may lie beyond 180°, so that the Pacific is not torn apart."""

    west: float
    north: float
    width: float
    height: float
    middle: float

    @property
    def stretch(self) -> float:
        """The length of a degree of longitude, in degrees of latitude."""
        return math.cos(math.radians(self.middle))

    @property
    def size(self) -> tuple[int, int]:
        return round(self.width * self.stretch * UNITS), round(self.height * UNITS)

    def point(self, latitude: float, longitude: float) -> tuple[int, int]:
        """In map units from the upper left corner."""
        east = (longitude - self.west) % 360
        return round(east * self.stretch * UNITS), round((self.north - latitude) * UNITS)

    def outlines(self) -> list[str]:
        """The transformations that lay the outlines under the map: two where it reaches over their edge."""
        scale = f"scale({self.stretch * UNITS / OUTLINE_UNITS:.3f} {UNITS / OUTLINE_UNITS:.0f})"
        start = (self.west - WESTERN_EDGE) % 360
        offsets = [0, 360] if start + self.width > 360 else [0]
        left = (start + WESTERN_EDGE) * self.stretch * UNITS
        return [
            f"translate({offset * self.stretch * UNITS - left:.0f} {self.north * UNITS:.0f}) {scale}"
            for offset in offsets
        ]


WORLD = Window(WESTERN_EDGE, NORTHERN_EDGE, 360.0, NORTHERN_EDGE - SOUTHERN_EDGE, WORLD_MIDDLE)


def window_around(places: Iterable[Coordinates]) -> Window:
    """A window with all the places (latitude, longitude) and some room around them; there is at least one."""
    places = list(places)
    south, north = min(latitude for latitude, _ in places), max(latitude for latitude, _ in places)
    west, longitudes = _narrowest_span([longitude for _, longitude in places])
    middle = max(min((south + north) / 2, HIGHEST_MIDDLE), -HIGHEST_MIDDLE)
    stretch = math.cos(math.radians(middle))
    room = 1 + 2 * MARGIN
    height = max((north - south) * room, longitudes * stretch * room * SHAPE, LEAST_HEIGHT)
    if longitudes > MOST_LONGITUDES or height > WORLD.height or height / SHAPE / stretch > MOST_LONGITUDES:
        return WORLD
    width = height / SHAPE / stretch
    top = min(max((south + north + height) / 2, SOUTHERN_EDGE + height), NORTHERN_EDGE)
    return Window(west + longitudes / 2 - width / 2, top, width, height, middle)


def _narrowest_span(longitudes: list[float]) -> tuple[float, float]:
    """Where the shortest way eastwards along all of them begins, and its length."""
    ordered = sorted(longitude % 360 for longitude in longitudes)
    following = [*ordered[1:], ordered[0] + 360]
    gap, start = max((after - before, after) for before, after in zip(ordered, following, strict=True))
    return start % 360, 360 - gap
