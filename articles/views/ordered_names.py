"""All names of a kind in the order of a register, with the letter that each stands under.

A database orders names by its own rules, and by none that are the same everywhere. So the names are read as they are,
and what is made of them is kept in memory for as long as they stay the same.
"""

import unicodedata
from dataclasses import dataclass

from django.db.models import Model

from articles.names.folding import fold_name

# What stands under no letter.
NO_LETTER = "#"
# Chinese characters are too many to be a letter each.
HAN_LETTER = "漢"

# Id and name, as the database gives them.
Row = tuple[int, str]


@dataclass(frozen=True)
class OrderedNames:
    """Ids in the order of their names, and the letter of each."""

    rows: list[Row]
    ids: list[int]
    letters: dict[int, str]


_kept: dict[tuple[str, str], OrderedNames] = {}


def ordered_names(model: type[Model]) -> OrderedNames:
    """One query; 25 ms for 50,000 names that are known already, and as much again for each 10,000 that are not."""
    names = model._default_manager.order_by("name", "id")
    key = (model._meta.model_name, names.db)
    rows = list(names.values_list("pk", "name"))
    kept = _kept.get(key)
    if kept is None or kept.rows != rows:
        kept = _kept[key] = _in_order(rows)
    return kept


def _in_order(rows: list[Row]) -> OrderedNames:
    ordered = sorted((sort_key(name), pk) for pk, name in rows)
    return OrderedNames(rows, [pk for _, pk in ordered], {pk: letter_of(key) for key, pk in ordered})


def sort_key(name: str) -> str:
    """The name without accents and case, from its first letter or digit on: ’s-Hertogenbosch stands under S."""
    folded = fold_name(name)
    start = next((index for index, character in enumerate(folded) if character.isalnum()), 0)
    return folded[start:]


def letter_of(key: str) -> str:
    """The letter under which a name with this sort key stands: digits and signs have none."""
    first = key[:1]
    if not first.isalpha():
        return NO_LETTER
    if unicodedata.name(first, "").startswith("CJK"):
        return HAN_LETTER
    return first.upper()
