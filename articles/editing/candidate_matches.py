"""The people, places and topics that bear the name or the code of a candidate: it may well be one of them."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, QuerySet

from articles.models import SUBJECT_KINDS, Candidate, Subject, SubjectKind
from articles.pipeline.storing.known_subjects import code_column

# The column of a subject, and the value that it has in common with a candidate.
Trait = tuple[str, object]


def known_subjects(candidates: Iterable[Candidate]) -> dict[Candidate, list[Subject]]:
    """For each candidate those that bear its name, exactly so, or its code. A few queries for each kind."""
    candidates = list(candidates)
    found: dict[Candidate, list[Subject]] = {candidate: [] for candidate in candidates}
    for kind in SUBJECT_KINDS.values():
        wanted = defaultdict(list)
        for candidate in candidates:
            if candidate.kind == kind.name:
                for trait in _traits(kind, candidate):
                    wanted[trait].append(candidate)
        for trait, subject in _bearers(kind, wanted):
            for candidate in wanted[trait]:
                if subject not in found[candidate]:
                    found[candidate].append(subject)
    return found


def _traits(kind: SubjectKind, candidate: Candidate) -> list[Trait]:
    column = code_column(kind, candidate.code)
    code = [(column[0], str(column[1]))] if column else []
    return [*code, ("name", candidate.name), ("aliases__name", candidate.name)]


def _bearers(kind: SubjectKind, traits: Iterable[Trait]) -> Iterable[tuple[Trait, Subject]]:
    values = defaultdict(list)
    for column, value in traits:
        values[column].append(value)
    subjects: QuerySet = kind.model.objects.select_related("parent") if kind.is_tree else kind.model.objects.all()
    for column, wanted in values.items():
        # Codes are unique where they are not empty: the index says so, and is used where the question says so, too.
        bearers = subjects.exclude(**{column: ""}) if column == "wikidata_id" else subjects
        for subject in bearers.filter(**{f"{column}__in": wanted}).annotate(trait=F(column)):
            yield (column, str(subject.trait)), subject
