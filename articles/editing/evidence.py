"""What speaks for two records being the same: their identifiers, their names. Pure: no database."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .close_spelling import close_spellings
from .merged_values import IDENTIFIERS
from .name_forms import NameForm, is_number

# From 0 to 100. Spelling is worth what two names have in common, less SPELLING_COSTS.
WORTH = {"identifier": 100, "name": 95, "alias": 88, "middle": 70, "initials": 65}
SPELLING_COSTS = 20
# Of more records with one name, each is held against the first only.
MOST_OF_A_NAME = 40
# An initial that may stand for more names says nothing.
MOST_MEANT = 4

IN_WORDS = {
    "identifier": gettext_lazy("the same identifier: %(one)s, %(other)s"),
    "name": gettext_lazy("the same name but for accents, capitals, signs or the order of its words"),
    "alias": gettext_lazy("both are called so: “%(one)s”, “%(other)s”"),
    "one name": gettext_lazy("both are called “%(one)s”"),
    "spelling": gettext_lazy("spelt alike: “%(one)s”, “%(other)s”"),
    "middle": gettext_lazy("the same but for a middle name: “%(one)s”, “%(other)s”"),
    "initials": gettext_lazy("an initial may stand for a name: “%(one)s”, “%(other)s”"),
}

Facts = Mapping[int, Mapping[str, object]]


@dataclass(frozen=True)
class Reason:
    """`sort` is a key of WORTH, or “spelling”; `one` and `other` are the names, or identifiers, in which it shows."""

    sort: str
    one: str
    other: str
    score: int

    @property
    def in_words(self) -> str:
        return self._sentence % {"one": self.one, "other": self.other}

    @property
    def _sentence(self) -> str:
        if self.one != self.other or self.sort not in ("name", "alias"):
            return IN_WORDS[self.sort]
        return _("the same name") if self.sort == "name" else IN_WORDS["one name"]


Evidence = Iterator[tuple[int, int, Reason]]


def same_identifiers(facts: Facts) -> Evidence:
    """Q1490, q1490 and wd:Q1490 are one identifier: what counts is the number."""
    for field in IDENTIFIERS:
        groups: dict[str, list[int]] = defaultdict(list)
        for subject, values in facts.items():
            if number := identifier_number(values.get(field)):
                groups[number].append(subject)
        for group in groups.values():
            for one, other in _each_two(group):
                texts = str(facts[one][field]), str(facts[other][field])
                yield one, other, Reason("identifier", *texts, WORTH["identifier"])


def same_names(forms: Iterable[NameForm]) -> Evidence:
    """But for accents, capitals, punctuation and the order of the words."""
    for group in _grouped(forms, lambda form: form.key).values():
        # Main names first: they are worth more.
        group.sort(key=lambda form: not form.is_main)
        by_subject = {}
        for form in group:
            by_subject.setdefault(form.subject, form)
        for one, other in _each_two(list(by_subject.values())):
            yield _found("name" if one.is_main and other.is_main else "alias", one, other)


def initials(forms: list[NameForm]) -> Evidence:
    """“A. Moreau” and “Ada Moreau”."""
    meant: dict[tuple, list[NameForm]] = defaultdict(list)
    for form in forms:
        for abbreviation in form.abbreviations():
            meant[abbreviation].append(form)
    for form in forms:
        for abbreviation in form.abbreviations() if form.has_initials else ():
            others = [other for other in meant[abbreviation] if _may_stand_for(form, other)]
            if len({other.subject for other in others}) <= MOST_MEANT:
                for other in others:
                    yield _found("initials", form, other)


def middle_names(forms: Iterable[NameForm]) -> Evidence:
    """“Ada Moreau” and “Ada Bertha Moreau”."""
    for group in _grouped(forms, lambda form: (form.words[0], form.words[-1])).values():
        short = [form for form in group if len(form.words) == 2]
        long = [form for form in group if len(form.words) > 2]
        if len({form.subject for form in long}) <= MOST_MEANT:
            for one in short[:MOST_MEANT]:
                for other in long:
                    if one.subject != other.subject:
                        yield _found("middle", one, other)


def spellings(forms: Iterable[NameForm]) -> Evidence:
    for one, other, similarity in close_spellings(forms):
        yield (
            one.subject,
            other.subject,
            Reason("spelling", one.name, other.name, round(100 * similarity) - SPELLING_COSTS),
        )


def identifier_number(value: object) -> str:
    found = re.findall(r"\d+", str(value or ""))
    return found[-1] if found else ""


def _found(sort: str, one: NameForm, other: NameForm) -> tuple[int, int, Reason]:
    return one.subject, other.subject, Reason(sort, one.name, other.name, WORTH[sort])


def _grouped(forms: Iterable[NameForm], key) -> dict[object, list[NameForm]]:
    groups = defaultdict(list)
    for form in forms:
        groups[key(form)].append(form)
    return {key: group for key, group in groups.items() if len(group) > 1}


def _each_two(group: list) -> Iterator[tuple]:
    if len(group) <= MOST_OF_A_NAME:
        return combinations(group, 2)
    return ((group[0], other) for other in group[1:])


def _may_stand_for(form: NameForm, other: NameForm) -> bool:
    """Each word that only one of them has is an initial of the other."""
    if form.subject == other.subject or form.key == other.key:
        return False
    return _is_abbreviated(form, other) and _is_abbreviated(other, form)


def _is_abbreviated(form: NameForm, other: NameForm) -> bool:
    letters = {word for word in other.words if len(word) == 1}
    new = [word for word in form.long_words if word not in other.words]
    return all(word[0] in letters and not is_number(word) for word in new)
