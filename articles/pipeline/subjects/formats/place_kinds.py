"""The kinds of places, and the words that files have for them."""

from typing import Any

from articles.pipeline.subjects.values import InvalidValue, read_line

KINDS = ("continent", "country", "former_country", "territory", "region", "city", "other")
_WORDS = {
    "country": ("nation", "sovereign state", "independent country"),
    "former_country": ("former country", "historical country"),
    "territory": ("dependency", "dependent territory", "overseas territory"),
    "region": (
        "state", "province", "county", "district", "department", "governorate", "prefecture", "canton", "oblast",
        "admin1", "adm1", "federal state", "republic",
    ),
    "city": (
        "town", "village", "municipality", "capital", "primary", "settlement", "populated place", "suburb", "borough",
        "hamlet", "metropolis",
    ),
}  # fmt: skip
_KIND_OF = {kind.replace("_", " "): kind for kind in KINDS} | {
    word: kind for kind, words in _WORDS.items() for word in words
}


def kind_of(word: str) -> str:
    """The kind that a word names; "" where it names none."""
    return _KIND_OF.get(" ".join(word.lower().replace("_", " ").split()), "")


def read_place_kind(value: Any) -> str:
    text = read_line(value)
    kind = kind_of(text)
    if text and not kind:
        raise InvalidValue(f"is “{text[:40]}”, no kind of place.", f"Write one of: {', '.join(KINDS)}.")
    return kind
