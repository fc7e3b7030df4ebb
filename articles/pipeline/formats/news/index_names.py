"""Names as the index of a paper lists them — "RIVERS, ANNE M (MAYOR)" — as they stand in a text."""

import re

_REMARK = re.compile(r"\s*\([^()]*\)\s*$")
_WORD = re.compile(r"[^\W\d_]+")
# Behind a comma these belong to the name; anything else there is the given name.
_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
_UNCHANGED = {"II", "III", "IV"}
_SMALL = {"OF", "AND", "THE"}
# Shorter words in capitals may be abbreviations: USA, UN.
_LONGEST_ABBREVIATION = 3


def name_of_person(name: str) -> str:
    """The given name first, no remark, and in capitals only where words begin."""
    parts = [part.strip() for part in _REMARK.sub("", name).split(",")]
    if len(parts) == 2 and parts[1].rstrip(".").lower() not in _SUFFIXES:
        parts.reverse()
    words = " ".join(filter(None, parts))
    return _WORD.sub(_capitalised, words) if words.isupper() else words


def name_of_place(name: str) -> str:
    """Without a remark, and in capitals only where words begin."""
    words = _REMARK.sub("", name)
    is_shouted = words.isupper() and any(len(word) > _LONGEST_ABBREVIATION for word in _WORD.findall(words))
    return _WORD.sub(_capitalised, words) if is_shouted else words


def _capitalised(word: re.Match) -> str:
    text = word[0]
    if text in _UNCHANGED:
        return text
    if text in _SMALL and word.start():
        return text.lower()
    return f"Mc{text[2:].capitalize()}" if text.startswith("MC") and len(text) > 3 else text.capitalize()
