"""Folding: texts and names without accents, case and kinds of apostrophes, so that they can be compared."""

import re
import unicodedata

# What counts as the plain apostrophe, and as the plain hyphen.
REPLACED = dict.fromkeys("’‘ʼ`´＇", "'") | dict.fromkeys("‐‑", "-")
_ASCII = str.maketrans({"\n": " ", "\t": " ", "\r": " ", "`": "'"})
# Letters with a stroke have no decomposition in Unicode: Łódź is written Lodz, Tromsø Tromso.
_STROKES = str.maketrans("łøđħŧı", "lodhti")


class _Folded(dict):
    """What each character folds to, worked out when it is first met; made for `str.translate`."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


_FOLDED = _Folded()


def fold(text: str) -> tuple[str, list[int] | None]:
    """The folded text, and for each of its characters the position it came from (None: the same one)."""
    if text.isascii():
        return text.translate(_ASCII).lower(), None
    folded = text.translate(_FOLDED)
    if all(len(_FOLDED[ord(character)]) == 1 for character in set(text)):
        return folded, None
    return folded, [position for position, character in enumerate(text) for _ in _FOLDED[ord(character)]]


def unfold_span(positions: list[int], first: int, last: int, length: int) -> tuple[int, int] | None:
    """Where `folded[first:last]` stands in the text of this length, accents that stand alone included.

    None if it begins or ends inside a character: “Gros” is not in “Groß”, which folds to “gross”.
    """
    start, end = positions[first], positions[last] if last < len(positions) else length
    splits_first = first > 0 and positions[first - 1] == start
    return None if splits_first or positions[last - 1] == end else (start, end)


def fold_name(name: str) -> str:
    """A name as a pattern to look for in folded texts."""
    return re.sub(r"\s+", " ", fold(name)[0]).strip()


def is_mark(character: str) -> bool:
    """Whether it stands above, below or in another letter, and falls off."""
    return unicodedata.combining(character) != 0


def fold_letters(letters: str) -> str:
    """Without case and strokes; the letters are decomposed, and their marks are gone."""
    return letters.casefold().translate(_STROKES)


def _fold_character(character: str) -> str:
    if character in REPLACED:
        return REPLACED[character]
    if character.isspace():
        return " "
    parts = unicodedata.normalize("NFKD", character)
    return fold_letters("".join(part for part in parts if not is_mark(part)))
