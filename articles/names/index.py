"""All known names in one automaton, and the rules by which a match counts as a mention.

The automaton reports every overlapping match first and the rules choose afterwards: asking it for the
longest match before looking at word boundaries would drop shorter names that are valid.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import ahocorasick_rs

from .folding import fold, fold_name, unfold_span
from .overlaps import Match, longest_first
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
        # People's, as they are spelt: what stands behind one is likely a surname.
        self.first_names = frozenset(map(_first_name, self._people())) - {""}
        patterns = [pattern for pattern, known in self._known.items() if any(name.is_matched for name in known)]
        # For each pattern of the automaton: the names and the topics that it stands for.
        self._candidates = [_split(self._known[pattern]) for pattern in patterns]
        self._automaton = ahocorasick_rs.AhoCorasick(
            patterns, matchkind=ahocorasick_rs.MatchKind.Standard, store_patterns=False
        )

    def _people(self) -> Iterator[str]:
        return (name.name for known in self._known.values() for name in known if name.kind == "person")

    def find(self, text: str) -> list[Mention]:
        """The mentions in their order. Names do not overlap each other, nor topics each other."""
        names, words = map(longest_first, self._matches(text))
        named = find_surnames(text, names, self._surnames(text, names))
        mentions = [
            Mention(start, end, self._resolve(text[start:end], known)) for start, end, known in (*named, *words)
        ]
        return sorted(mentions, key=lambda mention: (mention.start, mention.end))

    def lookup(self, kind: str, name: str) -> tuple[int, ...]:
        """The subjects of a kind that bear exactly this name, accents and case apart."""
        known = [candidate for candidate in self._known.get(fold_name(name), ()) if candidate.kind == kind]
        return tuple(subject_id for _, subject_id in self._resolve(name, known)) if known else ()

    def _matches(self, text: str) -> tuple[list[Match], list[Match]]:
        """The whole words of the text that are names, and those that are topics; overlapping ones, too."""
        folded, positions = fold(text)
        names, words = [], []
        for pattern, first, last in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            span = (first, last) if positions is None else unfold_span(positions, first, last, len(text))
            if not span or not (is_boundary(text, span[0]) and is_boundary(text, span[1])):
                continue
            matched = text[slice(*span)]
            candidates, topics = self._candidates[pattern]
            if allowed := [name for name in candidates if allows_case(name.name, matched)]:
                names.append((*span, allowed))
            if topics:
                words.append((*span, topics))
        return names, words

    def _surnames(self, text: str, matches: list[Match]) -> dict[str, list[tuple[int, KnownName]]]:
        """For each surname of a person named in full: from where on it counts, and for whom."""
        surnames: dict[str, list[tuple[int, KnownName]]] = defaultdict(list)
        seen = set()
        for start, end, known in matches:
            meant = self._resolve(text[start:end], known)
            for name in known:
                surname = surname_of(name.name) if name.kind == "person" and name.subject in meant else None
                if surname and (surname, name.subject) not in seen:
                    seen.add((surname, name.subject))
                    surnames[surname].append((end, KnownName(*name.subject, surname)))
        return surnames

    def _resolve(self, matched: str, known: list[KnownName]) -> tuple[tuple[str, int], ...]:
        """Whom a name means: whoever is spelt exactly so, else the one that contains the others, else all."""
        subjects = list(dict.fromkeys(name.subject for name in known))
        if len(subjects) > 1:
            spelling = " ".join(matched.split())
            exact = list(dict.fromkeys(name.subject for name in known if name.name == spelling))
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


def _first_name(name: str) -> str:
    first, _, rest = name.partition(" ")
    return first if rest and first.isalpha() else ""


def _split(known: list[KnownName]) -> tuple[list[KnownName], list[KnownName]]:
    """What is looked for, as names and as topics."""
    matched = [name for name in known if name.is_matched]
    names = [name for name in matched if name.kind not in WORD_KINDS]
    return names, [name for name in matched if name.kind in WORD_KINDS]
