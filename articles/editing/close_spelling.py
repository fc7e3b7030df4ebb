"""Names that are spelt almost alike. Only those are compared that share a word, or sound alike."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from .name_forms import NameForm, sound_of

# In a larger group each name is compared with the next ones in the order of the alphabet only.
MOST_IN_GROUP = 300
NEIGHBOURS = 40
# So many slips of the pen are taken for one in a word, by its length.
SLIPS = [(14, 3), (8, 2), (4, 1)]


def close_spellings(forms: Iterable[NameForm]) -> Iterator[tuple[NameForm, NameForm, float]]:
    """(one, other, similarity from 0 to 1) of each two names of different subjects; some come twice."""
    for (sort, *_key), group in _groups(forms).items():
        for one, other in _pairs(sorted(group, key=lambda form: form.key)):
            if one.subject == other.subject or one.key == other.key or one.numbers != other.numbers:
                continue
            slips = _slips(one, other, sound_alike=sort == "sounds")
            if slips is not None:
                yield one, other, 1 - slips / max(len("".join(one.key)), len("".join(other.key)))


def _groups(forms: Iterable[NameForm]) -> dict[tuple, list[NameForm]]:
    """By each word, with how the rest begins; and by how the whole sounds."""
    groups: dict[tuple, list[NameForm]] = defaultdict(list)
    for form in forms:
        sounds = [sound_of(word) for word in form.key]
        groups["sounds", *sorted(sounds)].append(form)
        if len(form.key) == 1:
            groups["begins", sounds[0][:2]].append(form)
            continue
        for place, word in enumerate(form.key):
            rest = sounds[:place] + sounds[place + 1 :]
            groups["word", word, rest[0][:1]].append(form)
    return groups


def _pairs(group: list[NameForm]) -> Iterator[tuple[NameForm, NameForm]]:
    reach = len(group) if len(group) <= MOST_IN_GROUP else NEIGHBOURS
    for place, one in enumerate(group):
        for other in group[place + 1 : place + 1 + reach]:
            yield one, other


def _slips(one: NameForm, other: NameForm, sound_alike: bool) -> int | None:
    """Word by word, so that two slips in a long name do not make Anna of Ada; None if there are too many."""
    words = [word for word in one.key if word not in other.key]
    others = [word for word in other.key if word not in one.key]
    if len(words) != len(others):
        words, others = ["".join(words)], ["".join(others)]
    total = 0
    for word, other_word in zip(words, others, strict=True):
        most = _most_slips(word, other_word, sound_alike)
        slips = OSA.distance(word, other_word, score_cutoff=most)
        if slips > most:
            return None
        total += slips
    return total


def _most_slips(word: str, other: str, sound_alike: bool) -> int:
    if sound_alike:
        return (max(len(word), len(other)) - 1) // 2
    length = min(len(word), len(other))
    return next((slips for least, slips in SLIPS if length >= least), 0)
