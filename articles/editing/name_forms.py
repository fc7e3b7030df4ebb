"""The forms of a name by which two records of the same person, place or topic betray themselves. Pure: no database."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from articles.names.folding import fold_name

# Of people: “DR Congo” is no doctor.
TITLES = {"dr", "prof", "mr", "mrs", "ms", "sir", "dame", "lord", "lady"}
_NUMBER = re.compile(r"\d+|[ivx]+")
_NOT_A_WORD = re.compile(r"[^\w]+|_")
# Sounds that are written in several ways, in the order in which they are replaced.
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ph", "f"),
        ("sch?", "s"),
        ("(?:c(?![eiy])|[kq])+h?", "k"),
        ("[czx]", "s"),
        ("w", "v"),
        ("dj|g(?=[eiy])", "j"),
        ("dt|d", "t"),
        ("^[aeiouy]", "a"),
        ("(?<=.)[aeiouyh]+", ""),
        (r"(.)\1+", r"\1"),
    )
]


@dataclass(frozen=True)
class NameForm:
    """One name of a subject: folded, as words in the order of speech."""

    subject: int
    name: str
    is_main: bool
    words: tuple[str, ...]

    @cached_property
    def key(self) -> tuple[str, ...]:
        """The same for “Moreau, Ada”, “Ada MOREAU” and “Ada Moreáu”."""
        return tuple(sorted(self.words))

    @cached_property
    def long_words(self) -> tuple[str, ...]:
        return tuple(word for word in self.words if len(word) > 1)

    @property
    def has_initials(self) -> bool:
        return 0 < len(self.long_words) < len(self.words)

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """“World War I” is no slip of the pen for “World War II”."""
        return tuple(filter(is_number, self.words))

    def abbreviations(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """(a word, the first letters of the others): “a moreau” and “ada moreau” have one in common."""
        for place, word in enumerate(self.words):
            others = self.words[:place] + self.words[place + 1 :]
            if len(word) > 1 and others:
                yield word, tuple(sorted(other[0] for other in others))


def form_of(subject: int, name: str, is_main: bool, is_person: bool) -> NameForm:
    return NameForm(subject, name, is_main, words_of(name, is_person))


def words_of(name: str, is_person: bool) -> tuple[str, ...]:
    """Of a person “Moreau, Dr. Ada” → (ada, moreau). Apostrophes do not part words, hyphens do."""
    folded = fold_name(name).replace("'", "")
    last, comma, first = folded.partition(",")
    ordered = f"{first} {last}" if comma and "," not in first else folded
    words = [word for word in _NOT_A_WORD.split(ordered) if word]
    return tuple([word for word in words if word not in TITLES or not is_person] or words)


def is_number(word: str) -> bool:
    return bool(_NUMBER.fullmatch(word)) or any(map(str.isdigit, word))


def sound_of(word: str) -> str:
    """Roughly how a word sounds: the same for Mohammed and Muhamad, Gadaffi and Qadafi."""
    if not (word.isascii() and word.isalpha()):
        return word
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word
