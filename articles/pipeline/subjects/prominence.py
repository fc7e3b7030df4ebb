"""Places that share their name with a far larger one: who reads “Paris” does not think of Paris in Texas.

A gazetteer knows so many places that hardly a name would be left that means one of them only. So the name of a
city is not looked for in texts where a far larger city, a country or a region has it, and that of a region where
a large city has it. Other names are left out where they are the names of such places.
"""

from collections.abc import Iterable
from dataclasses import replace

from articles.names.folding import fold_name

from .records import COUNTRY_KINDS, PlaceRecord

FAR_LARGER = 5
# A city of so many inhabitants is known by its name; a larger one, better than a region; a smaller one than the
# last of them, not as well as a region.
LARGE, LARGER_THAN_A_REGION, SMALLER_THAN_A_REGION = 100_000, 500_000, 200_000

# The name, kind and population of a place.
Known = tuple[str, str, int | None]


class Prominence:
    """The names of countries, regions and large cities."""

    def __init__(self) -> None:
        self._cities: dict[str, int] = {}
        self._regions: set[str] = set()
        self._countries: set[str] = set()

    def learn(self, places: Iterable[Known]) -> None:
        for name, kind, population in places:
            if kind == "continent" or kind in COUNTRY_KINDS:
                self._countries.add(fold_name(name))
            elif kind == "region":
                self._regions.add(fold_name(name))
            elif kind == "city" and (population or 0) >= LARGE:
                self._cities[fold_name(name)] = max(population, self._cities.get(fold_name(name), 0))

    def judge(self, record: PlaceRecord) -> PlaceRecord:
        """The record without names that belong to better-known places."""
        if not (record.is_addition or record.kind in ("city", "region")):
            return record
        other_names = tuple(each for each in record.other_names if not self._belongs_to_another(each.name))
        record = replace(record, other_names=other_names)
        if record.is_addition:
            return record
        is_overshadowed = self._is_overshadowed(fold_name(record.name), record.kind, record.population or 0)
        return replace(record, is_overshadowed=is_overshadowed)

    def _is_overshadowed(self, name: str, kind: str, population: int) -> bool:
        city = self._cities.get(name, 0)
        if kind == "region":
            return city >= LARGER_THAN_A_REGION
        is_smaller = name in self._regions and population < SMALLER_THAN_A_REGION
        return name in self._countries or is_smaller or (city > 0 and city >= FAR_LARGER * population)

    def _belongs_to_another(self, name: str) -> bool:
        folded = fold_name(name)
        return folded in self._countries or folded in self._regions or folded in self._cities
