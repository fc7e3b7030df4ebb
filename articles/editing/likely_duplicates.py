"""Two records that are likely the same person, place or topic, and why."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, QuerySet

from articles.models import Namesakes, SubjectKind

from .companions import SubjectKey
from .contradictions import contradictions
from .evidence import Evidence, Facts, Reason, initials, middle_names, same_identifiers, same_names, spellings
from .name_forms import NameForm, form_of
from .shared_company import shared_company

# From 0 to 100; below it a pair is not proposed.
LEAST_SCORE = 50
MOST_PAIRS = 20_000
# A larger archive is searched among those that articles are about.
MOST_SUBJECTS = 200_000
# Of the likeliest pairs it is looked up what they appear with.
MOST_WITH_COMPANY = 3_000
COMPANION_ADDS, COMPANY_ADDS_AT_MOST = 4, 16
# What records say of themselves that may contradict: those of these columns that a kind has.
COLUMNS = ("wikidata_id", "geonames_id", "iptc_code", "country_code", "kind", "latitude", "longitude", "parent_id")


@dataclass(frozen=True)
class Pair:
    """`first` and `second` are ids, the lower first. `company` are some that both appear with."""

    first: int
    second: int
    score: int
    reason: Reason
    company: tuple[SubjectKey, ...] = ()


Progress = Callable[[str], None]


def find_duplicates(kind: SubjectKind, on_progress: Progress = lambda step: None) -> list[Pair]:
    """The likeliest first. Those that somebody told apart are left out. `on_progress` is told what is done next."""
    on_progress("names")
    subjects = _searched(kind)
    columns = [column for column in COLUMNS if column.removesuffix("_id") in _names(kind) or column in _names(kind)]
    facts = {row["id"]: row for row in subjects.values("id", *columns).iterator()}
    pairs = _judged(_evidence(kind, list(_forms(kind, subjects)), facts), facts)
    told_apart = set(Namesakes.objects.filter(kind=kind.name).values_list("first_id", "second_id"))
    pairs = [pair for pair in pairs if (pair.first, pair.second) not in told_apart][:MOST_PAIRS]
    on_progress("company")
    return _likeliest_first(_with_company(kind, pairs))


def _searched(kind: SubjectKind) -> QuerySet:
    subjects = kind.model.objects.order_by()
    if subjects[MOST_SUBJECTS : MOST_SUBJECTS + 1].exists():
        return subjects.filter(Exists(kind.link.objects.filter(subject=OuterRef("pk"))))
    return subjects


def _names(kind: SubjectKind) -> set[str]:
    return {field.name for field in kind.model._meta.concrete_fields}


def _forms(kind: SubjectKind, subjects: QuerySet) -> Iterator[NameForm]:
    aliases = kind.alias.objects.order_by().filter(subject__in=subjects)
    names = itertools.chain(
        ((id, name, True) for id, name in subjects.values_list("pk", "name").iterator()),
        ((id, name, False) for id, name in aliases.values_list("subject", "name").iterator()),
    )
    forms = (form_of(*each, is_person=kind.name == "person") for each in names)
    return (form for form in forms if form.words)


def _evidence(kind: SubjectKind, forms: list[NameForm], facts: Facts) -> Evidence:
    yield from same_identifiers(facts)
    yield from same_names(forms)
    yield from spellings(forms)
    if kind.name == "person":
        yield from initials(forms)
        yield from middle_names(forms)


def _judged(evidence: Evidence, facts: Facts) -> list[Pair]:
    """Each two once, by the strongest evidence, less what contradicts it."""
    reasons: dict[tuple[int, int], Reason] = {}
    for one, other, reason in evidence:
        if one > other:
            one, other, reason = other, one, replace(reason, one=reason.other, other=reason.one)
        if (one, other) not in reasons or reasons[one, other].score < reason.score:
            reasons[one, other] = reason
    pairs = []
    for (one, other), reason in reasons.items():
        score = reason.score - contradictions(facts[one], facts[other])
        if score >= LEAST_SCORE:
            pairs.append(Pair(one, other, score, reason))
    return _likeliest_first(pairs)


def _likeliest_first(pairs: Iterable[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: (-pair.score, pair.first, pair.second))


def _with_company(kind: SubjectKind, pairs: list[Pair]) -> Iterator[Pair]:
    company = shared_company(kind, [(pair.first, pair.second) for pair in pairs[:MOST_WITH_COMPANY]])
    for pair in pairs:
        shared = company.get((pair.first, pair.second), [])
        more = min(COMPANION_ADDS * len(shared), COMPANY_ADDS_AT_MOST)
        yield replace(pair, score=min(100, pair.score + more), company=tuple(shared))
