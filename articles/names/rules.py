"""What counts as a whole word, as the same case, and as a surname."""

import re
import unicodedata

_GENERATION = re.compile(r"^(jr|sr|ii|iii|iv)\.?$", re.IGNORECASE)
# Scripts that write words without spaces: Thai to Myanmar, Khmer, kana, Han, and the CJK extensions.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


def is_boundary(text: str, position: int) -> bool:
    """Whether a word may begin or end between `text[position - 1]` and `text[position]`."""
    if position <= 0 or position >= len(text):
        return True
    before, after = text[position - 1], text[position]
    if not (_is_in_word(before) and _is_in_word(after)):
        return True
    return bool(_UNSPACED.match(before) or _UNSPACED.match(after))


def allows_case(name: str, matched: str) -> bool:
    """Whether `matched` can be this name: "us" is not US and "nice" is not Nice, but "NETANYAHU" is Netanyahu."""
    if name == matched:
        return True
    if matched.isupper() and name != name.upper():
        return len(matched) > 3
    if len(name) != len(matched):
        return matched[0].isupper() or not name[0].isupper()
    optional = 4 if name.startswith("The ") else 0
    return not any(
        wanted.isupper() and found.islower() for wanted, found in zip(name[optional:], matched[optional:], strict=True)
    )


def surname_of(name: str) -> str | None:
    """The last word of a full name; None for a name of one word."""
    words = name.replace(",", " ").split()
    while words and _GENERATION.match(words[-1]):
        words.pop()
    return words[-1] if len(words) > 1 and len(words[-1]) > 2 else None


def _is_in_word(character: str) -> bool:
    """Letters, digits, and the marks that stand behind them: accents, the vowel signs of Hindi or Tamil."""
    return character.isalnum() or (not character.isascii() and unicodedata.category(character)[0] == "M")
