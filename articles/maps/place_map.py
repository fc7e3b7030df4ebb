"""A map of places: each a dot, larger the more articles it has, the foremost with their names."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .window import Coordinates, Window, window_around

if TYPE_CHECKING:
    from articles.models import Place

# Sizes in thousandths of the width of a map, so that they look alike on every map.
SMALLEST_DOT, LARGEST_DOT, PLAIN_DOT = 5, 22, 8
LETTER_HEIGHT, WIDE_LETTER_HEIGHT = 22, 13
# On average, of its height; with some room.
LETTER_WIDTH = 0.6
MOST_LABELS = 12

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Spot:
    """A place to be shown. `count`: its articles, where dots tell them; `is_focus`: what the map is about."""

    name: str
    url: str
    latitude: float
    longitude: float
    count: int | None = None
    is_focus: bool = False

    @classmethod
    def of(cls, place: "Place", count: int | None = None, is_focus: bool = False) -> "Spot":
        """The spot of a place that has coordinates."""
        coordinates = float(place.latitude), float(place.longitude)
        return cls(place.name, place.get_absolute_url(), *coordinates, count, is_focus)


@dataclass(frozen=True)
class Dot:
    """A spot on the map, in map units. `label_x` is None where its name would cover another one."""

    spot: Spot
    x: int
    y: int
    radius: int
    label_x: int | None = None
    label_anchor: str = "start"


@dataclass(frozen=True)
class PlaceMap:
    """`outlines` are the transformations of world.svg; the smallest dots come last, on top of the others."""

    width: int
    height: int
    letter_height: int
    outlines: list[str]
    dots: list[Dot]

    @property
    def labelled(self) -> list[Dot]:
        return [dot for dot in self.dots if dot.label_x is not None]

    @property
    def names(self) -> list[str]:
        return [dot.spot.name for dot in self.dots]


def build_map(spots: Iterable[Spot], is_wide: bool = False) -> PlaceMap | None:
    """A map of the region of the spots; None where there are none. `is_wide`: it has a page to itself."""
    spots = sorted(spots, key=lambda spot: (not spot.is_focus, -(spot.count or 0), spot.name))
    if not spots:
        return None
    window = window_around(_coordinates(spot) for spot in spots)
    width, height = window.size
    letter_height = (WIDE_LETTER_HEIGHT if is_wide else LETTER_HEIGHT) * width / 1000
    dots = _labelled(list(_dots(spots, window, width / 1000)), letter_height, width)
    return PlaceMap(width, height, round(letter_height), window.outlines(), dots)


def _coordinates(spot: Spot) -> Coordinates:
    return spot.latitude, spot.longitude


def _dots(spots: list[Spot], window: Window, unit: float) -> Iterator[Dot]:
    """The area of a dot stands for its count."""
    most = max((spot.count or 0 for spot in spots), default=0)
    for spot in spots:
        size = PLAIN_DOT
        if most and spot.count is not None and not spot.is_focus:
            size = max(LARGEST_DOT * math.sqrt(spot.count / most), SMALLEST_DOT)
        yield Dot(spot, *window.point(*_coordinates(spot)), radius=round(size * unit))


def _labelled(dots: list[Dot], letter_height: float, width: int) -> list[Dot]:
    """With a name for the foremost, as long as no name covers another one or leaves the map."""
    boxes, labelled = [], []
    for dot in dots:
        for label_x, anchor, box in _places_for_label(dot, letter_height) if len(boxes) < MOST_LABELS else ():
            if box[0] >= 0 and box[2] <= width and not any(_overlap(box, other) for other in boxes):
                boxes.append(box)
                dot = replace(dot, label_x=label_x, label_anchor=anchor)
                break
        labelled.append(dot)
    return labelled


def _places_for_label(dot: Dot, letter_height: float) -> Iterator[tuple[int, str, Box]]:
    """To the right of the dot, or to its left."""
    length, half = len(dot.spot.name) * letter_height * LETTER_WIDTH, letter_height / 2
    distance = dot.radius + round(letter_height * 0.3)
    right, left = dot.x + distance, dot.x - distance
    yield right, "start", (right, dot.y - half, right + length, dot.y + half)
    yield left, "end", (left - length, dot.y - half, left, dot.y + half)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
