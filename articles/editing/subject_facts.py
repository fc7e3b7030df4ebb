"""What tells namesakes apart: what they are, where they lie, how much is written about them, and with whom."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.models import SUBJECT_KINDS, Subject
from articles.search import ArticleQuery, FacetChoice, IndexUnavailable, catch_up_for_reader, totals
from articles.search.stretches import Position, read_on

from .companions import SubjectKey, companions_in, names_of

# The companions are those of the newest articles.
NEWEST = 20
COMPANIONS = 4


@dataclass(frozen=True)
class Facts:
    """`article_count` is None while there is no index. `companions` are names, the most frequent first."""

    details: str
    article_count: int | None = None
    companions: tuple[str, ...] = ()


def key_of(subject: Subject) -> SubjectKey:
    return (subject._meta.model_name, subject.pk)


def details_of(subject: Subject) -> str:
    """Its kind, country and larger whole, where it has such; then its description."""
    show_kind = getattr(subject, "get_kind_display", None)
    parent = getattr(subject, "parent", None)
    details = [str(show_kind()) if show_kind else "", getattr(subject, "country_code", "")]
    details.append(_("part of %(name)s") % {"name": parent.name} if parent else "")
    # The description may be a sentence of its own.
    return " – ".join(filter(None, [", ".join(filter(None, details)), subject.description]))


def facts_about(subjects: Iterable[Subject]) -> dict[SubjectKey, Facts]:
    """Two queries for each kind of subject, however many there are. Their parents should be there already."""
    subjects = {key_of(subject): subject for subject in subjects}
    try:
        catch_up_for_reader()
        queries = {key: _articles_about(key) for key in subjects}
        counts = dict(zip(queries, totals(queries.values()), strict=True))
        newest = {key: read_on(query, Position(), NEWEST).ids for key, query in queries.items()}
    except IndexUnavailable:
        return {key: Facts(details_of(subject)) for key, subject in subjects.items()}
    companions = _companions(newest)
    return {key: Facts(details_of(subject), counts[key], tuple(companions[key])) for key, subject in subjects.items()}


def _articles_about(key: SubjectKey) -> ArticleQuery:
    kind, id = key
    return ArticleQuery().with_choice(SUBJECT_KINDS[kind].plural, FacetChoice((id,)))


def _companions(newest: dict[SubjectKey, list[int]]) -> dict[SubjectKey, list[str]]:
    """For each subject whom its newest articles are about, too."""
    about = defaultdict(list)
    for article, companion in companions_in({article for ids in newest.values() for article in ids}):
        about[article].append(companion)
    found = {key: Counter(other for id in ids for other in about[id] if other != key) for key, ids in newest.items()}
    best = {
        key: sorted(counts, key=lambda other: (-counts[other], other))[:COMPANIONS] for key, counts in found.items()
    }
    names = names_of({other for others in best.values() for other in others})
    return {key: [names[other] for other in others if other in names] for key, others in best.items()}
