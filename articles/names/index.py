"""All known names in one automaton, and the rules by which a match counts as a mention.

The automaton reports every overlapping match first and the rules choose afterwards: asking it for the
longest match before looking at word boundaries would drop shorter names that are valid.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import ahocorasick_rs

from .folding import fold, fold_name
from .rules import allows_case, is_boundary, surname_of
from .surnames import find_surnames

SHORTEST_NAME = 2
# Topics are words, not names: they are matched in any case, and never compete with names for their place.
WORD_KINDS = frozenset({"topic"})


@dataclass(frozen=True)
class KnownName:
    """A name or alias of a subject. `kind` is a word of SUBJECT_KINDS: person, place, topic.

    One that is not `is_matched` can be looked up, but is not looked for in texts.
    """

    kind: str
    subject_id: int
    name: str
    is_matched: bool = True

    @property
    def subject(self) -> tuple[str, int]:
        return (self.kind, self.subject_id)


@dataclass(frozen=True)
class Mention:
    """A stretch `text[start:end]` that names one subject, or is ambiguous between several."""

    start: int
    end: int
    subjects: tuple[tuple[str, int], ...]

    @property
    def is_ambiguous(self) -> bool:
        return len(self.subjects) > 1


class NameIndex:
    """Finds the known names in texts. Building it takes about a second for 200,000 names.

    `parents` gives for each kind that is a tree the parent of each subject id: a name shared by a place and
    the place it lies in (Luxembourg) means the larger one, which is true either way.
    """

    def __init__(self, names: Iterable[KnownName], parents: Mapping[str, Mapping[int, int | None]] | None = None):
        self._parents = parents or {}
        self._known: dict[str, list[KnownName]] = defaultdict(list)
        for name in names:
            pattern = fold_name(name.name)
            if len(pattern) >= SHORTEST_NAME and name not in self._known[pattern]:
                self._known[pattern].append(name)
        self._patterns = [pattern for pattern, known in self._known.items() if any(name.is_matched for name in known)]
        self._automaton = ahocorasick_rs.AhoCorasick(
            self._patterns, matchkind=ahocorasick_rs.MatchKind.Standard, store_patterns=False
        )

    def find(self, text: str) -> list[Mention]:
        """The mentions in their order. Names do not overlap each other, nor topics each other."""
        found = self._matches(text)
        names = _longest_first([match for match in found if match[2][0].kind not in WORD_KINDS])
        words = _longest_first([match for match in found if match[2][0].kind in WORD_KINDS])
        names = find_surnames(text, names, self._surnames(names))
        mentions = [
            Mention(start, end, self._resolve(text[start:end], known)) for start, end, known in (*names, *words)
        ]
        return sorted(mentions, key=lambda mention: (mention.start, mention.end))

    def lookup(self, kind: str, name: str) -> tuple[int, ...]:
        """The subjects of a kind that bear exactly this name, accents and case apart."""
        known = [candidate for candidate in self._known.get(fold_name(name), ()) if candidate.kind == kind]
        return tuple(subject_id for _, subject_id in self._resolve(name, known)) if known else ()

    def _matches(self, text: str) -> list[tuple[int, int, list[KnownName]]]:
        folded, positions = fold(text)
        found = []
        for pattern, first, last in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            start, end = (first, last) if positions is None else (positions[first], positions[last - 1] + 1)
            if not (is_boundary(text, start) and is_boundary(text, end)):
                continue
            matched = text[start:end]
            known = [name for name in self._known[self._patterns[pattern]] if name.is_matched]
            names = [name for name in known if name.kind not in WORD_KINDS and allows_case(name.name, matched)]
            words = [name for name in known if name.kind in WORD_KINDS]
            found += [(start, end, candidates) for candidates in (names, words) if candidates]
        return found

    def _surnames(self, matches: list[tuple[int, int, list[KnownName]]]) -> dict[str, list[tuple[int, KnownName]]]:
        """For each surname of a person named in full: from where on it counts, and for whom."""
        surnames: dict[str, list[tuple[int, KnownName]]] = defaultdict(list)
        seen = set()
        for _, end, known in matches:
            for name in known:
                surname = surname_of(name.name) if name.kind == "person" else None
                if surname and (surname, name.subject) not in seen:
                    seen.add((surname, name.subject))
                    surnames[surname].append((end, name))
        return surnames

    def _resolve(self, matched: str, known: list[KnownName]) -> tuple[tuple[str, int], ...]:
        """Whom a name means: whoever is spelt exactly so, else the one that contains the others, else all."""
        subjects = list(dict.fromkeys(name.subject for name in known))
        if len(subjects) > 1:
            exact = list(dict.fromkeys(name.subject for name in known if name.name == matched))
            subjects = exact or subjects
        if len(subjects) > 1:
            containing = [subject for subject in subjects if self._contains_all(subject, subjects)]
            subjects = containing or subjects
        return tuple(subjects)

    def _contains_all(self, subject: tuple[str, int], others: list[tuple[str, int]]) -> bool:
        return all(other == subject or self._is_within(other, subject) for other in others)

    def _is_within(self, inner: tuple[str, int], outer: tuple[str, int]) -> bool:
        parents = self._parents.get(inner[0], {})
        current, steps = parents.get(inner[1]), 0
        while current and steps < 50 and inner[0] == outer[0]:
            if current == outer[1]:
                return True
            current, steps = parents.get(current), steps + 1
        return False


def _longest_first(matches: list[tuple[int, int, list[KnownName]]]) -> list[tuple[int, int, list[KnownName]]]:
    """Of overlapping matches the leftmost, and of those the longest."""
    chosen, free_from = [], 0
    for match in sorted(matches, key=lambda match: (match[0], -match[1])):
        if match[0] >= free_from:
            chosen.append(match)
            free_from = match[1]
    return chosen
