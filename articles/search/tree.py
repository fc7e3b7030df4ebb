"""What a search says, as a tree. `language.py` reads it from text, `builder.py` turns it into the engine's query."""

import datetime
from dataclasses import dataclass, field
from typing import Union


@dataclass(frozen=True)
class Text:
    """Words to be found: one word, or a phrase in its order. `is_prefix`: a word may go on.

    `start` is where it stands in what was typed, counted from 0.
    """

    text: str
    in_headline: bool = False
    is_prefix: bool = False
    start: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Named:
    """Articles about whoever or whatever is called so. `facet` is a name in FACETS."""

    facet: str
    text: str


@dataclass(frozen=True)
class Days:
    """Articles from the first to the last day, both included; None is open."""

    first: datetime.date | None = None
    last: datetime.date | None = None


@dataclass(frozen=True)
class Not:
    part: "Node"


@dataclass(frozen=True)
class All:
    """Every part holds; without parts: everything."""

    parts: tuple["Node", ...] = ()


@dataclass(frozen=True)
class Any:
    """At least one part holds."""

    parts: tuple["Node", ...]


Node = Union[Text, Named, Days, Not, All, Any]  # noqa: UP007 - the names are not defined yet above


def is_bound_to_words(node: Node) -> bool:
    """Whether every article that is found has at least one of the words."""
    match node:
        case Text():
            return True
        case All(parts):
            return any(is_bound_to_words(part) for part in parts)
        case Any(parts):
            return all(is_bound_to_words(part) for part in parts)
    return False


def positive_texts(node: Node) -> list[Text]:
    """The words that an article is found by, in their order: not those it must be without."""
    match node:
        case Text():
            return [node]
        case All(parts) | Any(parts):
            return [text for part in parts for text in positive_texts(part)]
    return []
