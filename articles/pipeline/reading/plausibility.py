"""Which older encoding bytes are in, by how much like a text they read in each."""

from .letters import WRITINGS, Writing

_PUNCTUATION = frozenset("’‘“”„«»‹›–—…•·¿¡§°€£№\xa0　、。・「」『』（）！？：；，《》〈〉【】ー～％")


# The first letters rule most encodings out, which saves time where there are many small files.
_FIRST_BYTES, _LIKELY = 200, 6


def most_plausible_encoding(sample: bytes) -> str:
    """The encoding in which the bytes look most like a text. The sample should begin with a whole character."""
    by_first_bytes = sorted(WRITINGS, key=lambda writing: -_plausibility(sample[:_FIRST_BYTES], writing))
    likely = [writing for writing in WRITINGS if writing in by_first_bytes[:_LIKELY]]
    return max(likely, key=lambda writing: _plausibility(sample, writing)).encoding


def _plausibility(sample: bytes, writing: Writing) -> float:
    """The mean of the scores of all characters beyond ASCII, from -1 to 1."""
    text = f" {sample.decode(writing.encoding, errors='replace')} "
    places = [place for place, character in enumerate(text) if not character.isascii()]
    scores = [_score(text[place - 1], text[place], text[place + 1], writing) for place in places]
    return sum(scores) / len(scores) if scores else 0


def _score(before: str, character: str, after: str, writing: Writing) -> float:
    if character in _PUNCTUATION:
        return _score_of_punctuation(before, character, after, writing)
    return max(_score_of_letter(character, writing) - _oddity(before, character, after, writing), -1)


def _score_of_punctuation(before: str, character: str, after: str, writing: Writing) -> float:
    if character == "’" or not (before.isalpha() and after.isalpha()):
        return 0.9
    return -0.5 if writing.is_latin else 0.3


def _score_of_letter(character: str, writing: Writing) -> float:
    letter = character.lower()
    if letter in writing.common:
        return 1
    if letter in writing.usual:
        return 0.5
    return 0.75 if writing.is_everyday(character) else -1


def _oddity(before: str, character: str, after: str, writing: Writing) -> float:
    """How unusual a letter is where it stands: capitals inside a word, two accented Latin letters side by side,
    an ASCII letter beside one of another alphabet."""
    odd = 0.0
    if character.isupper():
        odd += 1 if before.islower() else 0.1 * before.isupper()
    if character.islower() and after.isupper():
        odd += 1
    if writing.is_latin:
        return odd + (before.isalpha() and not before.isascii())
    return odd + (_is_ascii_letter(before) or _is_ascii_letter(after))


def _is_ascii_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()
