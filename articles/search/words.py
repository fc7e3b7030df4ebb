"""What people type into the search box: words, "phrases" and -exclusions. Words mean AND."""

import re
from dataclasses import dataclass

from .schema import build_analyzer

MAX_TERMS = 50
_TERM = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_analyzer = build_analyzer()


@dataclass(frozen=True)
class Term:
    """The stems of a word or phrase, in their order."""

    stems: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    required: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.required or self.excluded)


def parse_words(text: str) -> Words:
    """Never fails: what holds no letter or digit is passed over, and an open quotation mark closes at the end.

    "U.S." has no space but two stems: it is searched as a phrase.
    """
    required, excluded = [], []
    for minus, phrase, word in _TERM.findall(text):
        stems = tuple(_analyzer.analyze(phrase or word))
        if stems:
            (excluded if minus else required).append(Term(stems))
        if len(required) + len(excluded) >= MAX_TERMS:
            break
    return Words(tuple(required), tuple(excluded))
