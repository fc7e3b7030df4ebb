"""Folding: texts and names without accents, case and kinds of apostrophes, so that they can be compared."""

import functools
import re
import unicodedata

_APOSTROPHES = "’‘ʼ`´＇"
_HYPHENS = "‐‑"
_ASCII = str.maketrans({"\n": " ", "\t": " ", "\r": " ", "`": "'"})


def fold(text: str) -> tuple[str, list[int] | None]:
    """The folded text, and for each of its characters the position it came from (None: the same one)."""
    if text.isascii():
        return text.translate(_ASCII).lower(), None
    folded: list[str] = []
    positions: list[int] = []
    for position, character in enumerate(text):
        for part in _fold_character(character):
            folded.append(part)
            positions.append(position)
    return "".join(folded), positions


def fold_name(name: str) -> str:
    """A name as a pattern to look for in folded texts."""
    return re.sub(r"\s+", " ", fold(name)[0]).strip()


@functools.lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character in _APOSTROPHES:
        return "'"
    if character in _HYPHENS:
        return "-"
    if character.isspace():
        return " "
    parts = unicodedata.normalize("NFKD", character)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()
