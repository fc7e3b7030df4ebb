"""“Did you mean”: the nearest word of the archive for a word that it hardly knows."""

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
    words = [word for each in texts if not each.is_prefix for word in each.text.split()]
    for word in words[:MOST_WORDS]:
        near = _nearest(word, searcher)
        if near:
            suggestion = suggestion.replace(word, near)
    return suggestion if suggestion != text else None


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
