"""The people, places and topics of an article, and their names as they stand in its text."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from articles.body import LinkedName
from articles.models import SUBJECT_KINDS, Article, Link, Subject, SubjectKind
from articles.search.facets import FACETS

from .link_reasons import reasons_for

# In the text only people and places become links: the name of a topic is an ordinary word.
KINDS_LINKED_IN_TEXT = ("person", "place")


@dataclass(frozen=True)
class LinkedSubject:
    """`reasons` says in words why the article is linked to it."""

    subject: Subject
    mentions: int
    reasons: str


@dataclass(frozen=True)
class SubjectGroup:
    """The subjects of one kind to which the article has accepted links, most mentioned first."""

    kind: SubjectKind
    label: str
    lines: list[LinkedSubject]

    @property
    def subjects(self) -> list[Subject]:
        return [line.subject for line in self.lines]


def with_subjects(articles: QuerySet) -> QuerySet:
    """Each kind of link with its subjects, and the other names of those that are linked in the text."""
    for kind in SUBJECT_KINDS.values():
        links = kind.link.objects.accepted().select_related("subject").order_by("-mentions", "subject__name")
        if kind.name in KINDS_LINKED_IN_TEXT:
            links = links.prefetch_related("subject__aliases")
        articles = articles.prefetch_related(Prefetch(kind.links_name, queryset=links))
    return articles


def subjects_of(article: Article) -> list[SubjectGroup]:
    """A group for each kind that the article is linked to any of. The article comes from `with_subjects`."""
    groups = []
    for kind in SUBJECT_KINDS.values():
        lines = [_line(link) for link in getattr(article, kind.links_name).all()]
        if lines:
            groups.append(SubjectGroup(kind, str(FACETS[kind.plural].label), lines))
    return groups


def names_in_text(groups: list[SubjectGroup]) -> Iterator[LinkedName]:
    for group in groups:
        if group.kind.name in KINDS_LINKED_IN_TEXT:
            for subject in group.subjects:
                names = [alias.name for alias in subject.aliases.all()]
                for name in [subject.name, *names] if _is_named_in_text(subject) else names:
                    yield LinkedName(group.kind.name, subject.pk, name, subject.get_absolute_url())


def _is_named_in_text(subject: Subject) -> bool:
    """A name of several words that the source gives is that of the subject here, though not in every text."""
    return subject.name_is_matched or " " in subject.name


def _line(link: Link) -> LinkedSubject:
    return LinkedSubject(link.subject, link.mentions, reasons_for(link))
