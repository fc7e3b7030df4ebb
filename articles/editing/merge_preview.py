"""What a merge would do, before it is done: the records side by side, and what is said where they differ."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Field
from django.utils.translation import gettext as _

from articles.models import Article, Link, Subject, SubjectKind

from .counting import CAP, CappedCount, count_up_to_cap
from .merged_names import is_carried
from .merged_values import Choice, choices_of, chosen_subject

ARTICLES_SHOWN = 3
PARTS_SHOWN = 5


@dataclass(frozen=True)
class LinkCount:
    """How many links of one status and one origin; of more than CAP links, among so many of them."""

    status: str
    origin: str
    number: int


@dataclass(frozen=True)
class Record:
    """One of the subjects. `shared` counts the articles that the survivor has, too."""

    subject: Subject
    stays: bool
    links: CappedCount
    link_counts: list[LinkCount]
    shared: CappedCount
    aliases: list[str]
    former_slugs: list[str]
    articles: list[Article]
    parts: list[Subject]
    part_count: CappedCount


@dataclass(frozen=True)
class Cell:
    subject: Subject
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class Row:
    """What each of the records says of one thing."""

    name: str
    label: str
    cells: list[Cell]

    @property
    def differs(self) -> bool:
        return len({cell.text for cell in self.cells}) > 1


@dataclass(frozen=True)
class CarriedName:
    """The name of one of the others, which becomes another name of the survivor, or not."""

    name: str
    is_carried: bool


def likely_survivor(kind: SubjectKind, subjects: Sequence[Subject]) -> Subject:
    """The one with the most links."""
    links = kind.link.objects
    counts = {subject.pk: count_up_to_cap(links.filter(subject=subject), order=()).number for subject in subjects}
    return max(subjects, key=lambda subject: (counts[subject.pk], -subject.pk))


def records_of(kind: SubjectKind, subjects: Sequence[Subject]) -> list[Record]:
    """The survivor comes first."""
    return [_record(kind, subject, subjects[0]) for subject in subjects]


def rows_of(kind: SubjectKind, subjects: Sequence[Subject], choices: Mapping[str, int]) -> list[Row]:
    """Without what none of them says."""
    rows = []
    for choice in choices_of(kind):
        if any(choice.is_filled(subject) for subject in subjects):
            chosen = chosen_subject(choice, subjects, choices)
            cells = [Cell(subject, _text(choice, subject), subject == chosen) for subject in subjects]
            rows.append(Row(choice.name, _label(choice), cells))
    return rows


def carried_names(subjects: Sequence[Subject]) -> list[CarriedName]:
    """Each once; without those that the survivor has already."""
    survivor, *others = subjects
    known = {survivor.name, *(alias.name for alias in survivor.aliases.all())}
    names = {other.name: is_carried(other) for other in others if other.name not in known}
    return [CarriedName(*pair) for pair in names.items()]


def _record(kind: SubjectKind, subject: Subject, survivor: Subject) -> Record:
    links = kind.link.objects.filter(subject=subject)
    found = list(links.values_list("status", "origin")[: CAP + 1])
    parts = kind.model.objects.filter(parent=subject) if kind.is_tree else kind.model.objects.none()
    return Record(
        subject=subject,
        stays=subject == survivor,
        links=CappedCount(min(len(found), CAP), len(found) > CAP),
        link_counts=_link_counts(found[:CAP]),
        shared=_shared(kind, subject, survivor),
        aliases=[str(alias) for alias in subject.aliases.all()],
        former_slugs=[str(former) for former in subject.former_slugs.all()],
        articles=_newest_articles(kind, subject),
        parts=list(parts.alphabetical()[:PARTS_SHOWN]),
        part_count=count_up_to_cap(parts),
    )


def _link_counts(found: Sequence[tuple[str, str]]) -> list[LinkCount]:
    counts = Counter(found).most_common()
    return [
        LinkCount(str(Link.Status(status).label), str(Link.Origin(origin).label), number)
        for (status, origin), number in counts
    ]


def _shared(kind: SubjectKind, subject: Subject, survivor: Subject) -> CappedCount:
    if subject == survivor:
        return CappedCount(0)
    own = kind.link.objects.filter(subject=subject).values("article")[: CAP + 1]
    return count_up_to_cap(kind.link.objects.filter(subject=survivor, article__in=own), order=())


def _newest_articles(kind: SubjectKind, subject: Subject) -> list[Article]:
    """Those that were linked last."""
    links = kind.link.objects.accepted().filter(subject=subject).order_by("-pk")
    ids = list(links.values_list("article", flat=True)[:ARTICLES_SHOWN])
    return Article.objects.for_list().in_order(ids)


def _label(choice: Choice) -> str:
    return ", ".join(str(field.verbose_name) for field in choice.fields if not isinstance(field, BooleanField))


def _text(choice: Choice, subject: Subject) -> str:
    if not choice.is_filled(subject):
        return ""
    return ", ".join(filter(None, (_field_text(field, subject) for field in choice.fields)))


def _field_text(field: Field, subject: Subject) -> str:
    if isinstance(field, BooleanField):
        return "" if getattr(subject, field.attname) else _("not looked for in texts")
    if field.choices:
        return str(getattr(subject, f"get_{field.name}_display")())
    value = getattr(subject, field.name)
    return "" if value is None else str(value)
