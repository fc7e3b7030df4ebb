"""The letters above a register, each with a link to the names under it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .address import Address
from .ordered_names import OrderedNames


@dataclass(frozen=True)
class LetterLink:
    letter: str
    count: int
    url: str
    is_current: bool


def build_letter_links(names: OrderedNames, ids: Iterable[int], current: str, address: Address) -> list[LetterLink]:
    """The letters that any of the names stands under, in the order of the register."""
    counts = Counter(names.letters[id] for id in ids)
    return [
        LetterLink(letter, count, str(address.replacing("letter", letter)), letter == current)
        for letter, count in counts.items()
    ]
