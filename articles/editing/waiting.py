"""What waits at the desk for a person: how much of what, and where it is worked on."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.models import SUBJECT_KINDS, Article, Candidate, ImportBatch, ImportProblem
from articles.search.facets import FACETS

from .candidate_queue import CandidateQueue
from .counting import CappedCount, count_up_to_cap
from .permissions import may
from .publication import is_contributor, visible_articles

# Problems are told of the last imports.
IMPORTS = 5


@dataclass(frozen=True)
class Heap:
    """Work of one sort, under the heading `group`; `count` is None where it is not known. `page` and `parameters` make
    the address of its list."""

    group: str
    label: str
    count: CappedCount | None
    page: str
    parameters: dict[str, object]


def heaps(user) -> list[Heap]:
    """All that the user may work on, the empty ones too."""
    return [*_suggested_links(user), *_candidates(user), *_articles(user), *_problems(user)]


def _suggested_links(user) -> Iterator[Heap]:
    for kind in SUBJECT_KINDS.values():
        if may(user, "change", kind.link):
            count = count_up_to_cap(kind.link.objects.suggested())
            label = str(FACETS[kind.plural].label)
            yield Heap(_("Suggested links"), label, count, "articles_review", {"kind": kind.name})


def _candidates(user) -> Iterator[Heap]:
    if may(user, "change", Candidate):
        for kind in SUBJECT_KINDS.values():
            label = str(FACETS[kind.plural].label)
            count = CandidateQueue(kind).count()
            yield Heap(_("Candidates"), label, count, "articles_candidates", {"kind": kind.name})


def _articles(user) -> Iterator[Heap]:
    if not (may(user, "view", Article) or may(user, "change", Article)):
        return
    articles = visible_articles(user)
    lists: list[tuple[str, QuerySet, dict]] = [
        (_("To be reviewed"), articles.filter(status=Article.Status.REVIEW), {"status__exact": "review"}),
        (_("With a headline made from the text"), articles.with_derived_headline(), {"headline_is_derived__exact": 1}),
        (_("Without a date"), articles.undated(), {"decade": "none"}),
    ]
    for label, rows, parameters in lists:
        yield Heap(_("Articles"), label, count_up_to_cap(rows), "articles_article_changelist", parameters)
    if is_contributor(user):
        return  # of the versions of a text they see their own only
    # By the index of the groups, not through all articles in the order of their ids.
    count, parameters = count_up_to_cap(articles.in_several_versions(), order=()), {"text_group__isnull": "False"}
    yield Heap(_("Articles"), _("One of several versions of a text"), count, "articles_article_changelist", parameters)


def _problems(user) -> Iterator[Heap]:
    if not may(user, "view", ImportProblem):
        return
    for batch in ImportBatch.objects.all()[:IMPORTS]:
        count = count_up_to_cap(batch.problems.all())
        if count.number:
            label = _("Import of %(time)s") % {"time": date_format(localtime(batch.started_at), "DATETIME_FORMAT")}
            page, parameters = "articles_importproblem_changelist", {"batch": batch.pk}
            yield Heap(_("Problems of the last imports"), label, count, page, parameters)
