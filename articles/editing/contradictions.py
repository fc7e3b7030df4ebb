"""What speaks against two records being the same, whatever their names. Pure: no database."""

import math
from collections.abc import Mapping

from .evidence import identifier_number
from .merged_values import IDENTIFIERS

# Points that a pair loses, of 100.
IMPOSSIBLE, OTHER_IDENTIFIER, OTHER_KIND, PART_OF_IT = 100, 40, 25, 40
# Two records of one place may put its centre so far apart.
FAR_APART_KM = 50
UNKNOWN_KIND = "other"


def contradictions(one: Mapping[str, object], other: Mapping[str, object]) -> int:
    """Points, from the columns of two records."""
    points = sum(OTHER_IDENTIFIER for field in IDENTIFIERS if _differ(field, one, other, identifier_number))
    if _differ("country_code", one, other) or _distance(one, other) > FAR_APART_KM:
        points += IMPOSSIBLE
    if _differ("kind", one, other) and UNKNOWN_KIND not in (one["kind"], other["kind"]):
        points += OTHER_KIND
    if one.get("parent_id") == other["id"] or other.get("parent_id") == one["id"]:
        points += PART_OF_IT
    return points


def _differ(field: str, one: Mapping[str, object], other: Mapping[str, object], read=str) -> bool:
    """Whether both say something, and not the same."""
    values = [read(row.get(field)) for row in (one, other) if row.get(field)]
    return len(set(values)) == 2


def _distance(one: Mapping[str, object], other: Mapping[str, object]) -> float:
    """In kilometres, near enough; 0 where it is not known."""
    places = [(row.get("latitude"), row.get("longitude")) for row in (one, other)]
    if any(latitude is None for latitude, _longitude in places):
        return 0
    (latitude, longitude), (other_latitude, other_longitude) = [tuple(map(math.radians, place)) for place in places]
    width = (other_longitude - longitude) * math.cos((latitude + other_latitude) / 2)
    return 6371 * math.hypot(width, other_latitude - latitude)
