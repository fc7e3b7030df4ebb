"""“Did you mean”: the nearest word of the archive for a word that it hardly knows."""

import re
from collections.abc import Iterator
from itertools import islice

import tantivy
from rapidfuzz.distance import DamerauLevenshtein

from . import tree
from .analysis import stems

# A word in fewer articles than this may be a slip; a suggestion must be this many times as frequent.
RARE = 3
TIMES_AS_FREQUENT = 5
SHORTEST = 4
MOST_WORDS = 8


def suggest_words(text: str, texts: list[tree.Text], searcher: tantivy.Searcher) -> str | None:
    """`text` with its rare words replaced by near ones that the archive has more often; None without any.

    The first letter of a word is taken as right.
    """
    suggestion = text
    # From the end, so that what stands before stays in its place.
    for start, word in reversed(list(islice(_words(texts), MOST_WORDS))):
        if near := _nearest(word, searcher):
            suggestion = suggestion[:start] + near + suggestion[start + len(word) :]
    return suggestion if suggestion != text else None


def _words(texts: list[tree.Text]) -> Iterator[tuple[int, str]]:
    """Each word, and where it stands in what was typed."""
    for text in texts:
        if not text.is_prefix:
            for found in re.finditer(r"\S+", text.text):
                yield text.start + found.start(), found[0]


def _nearest(word: str, searcher: tantivy.Searcher) -> str | None:
    folded = stems(word)
    if len(folded) != 1 or len(folded[0]) < SHORTEST:
        return None
    (folded_word,) = folded
    known = searcher.doc_freq("words", folded_word)
    if known >= RARE:
        return None
    longest = 1 if len(folded_word) < 6 else 2
    best = None
    for candidate, frequency in searcher.terms_with_prefix("words", folded_word[0]):
        if frequency < max(1, known * TIMES_AS_FREQUENT) or abs(len(candidate) - len(folded_word)) > longest:
            continue
        distance = DamerauLevenshtein.distance(folded_word, candidate, score_cutoff=longest)
        if 0 < distance <= longest and (best is None or (distance, -frequency) < best[:2]):
            best = (distance, -frequency, candidate)
    return best[2] if best else None
