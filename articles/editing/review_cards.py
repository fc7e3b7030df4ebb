"""What an editor needs to see to decide on a suggestion: the sentences it rests on, and who else may be meant."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from articles.models import SUBJECT_KINDS, Article, Link, Subject, SubjectKind
from articles.names import KnownName, Mention, NameIndex
from articles.names.folding import fold_name
from articles.pipeline.annotate import matched_text

from .companions import SubjectKey
from .passages import Fragment, passages
from .subject_facts import Facts, facts_about, key_of

PASSAGES = 2


@dataclass(frozen=True)
class Choice:
    """One that may be meant: the suggested link, and what is known of its subject."""

    link: Link
    kind: SubjectKind
    facts: Facts

    @property
    def key(self) -> str:
        """The link in a form and in an address."""
        return f"{self.kind.name}-{self.link.pk}"


@dataclass(frozen=True)
class Card:
    """A suggestion, or several that rest on the same name: `choices`, of which one at most is meant.

    `link` is the one that was asked for; `times` is how often the text has the name; `accepted` are those linked
    already that share it.
    """

    link: Link
    article: Article
    choices: list[Choice]
    passages: list[list[Fragment]]
    times: int
    accepted: list[Subject] = field(default_factory=list)

    @property
    def key(self) -> str:
        return next(choice.key for choice in self.choices if choice.link == self.link)

    @property
    def names(self) -> str:
        return ", ".join(str(choice.link.subject) for choice in self.choices)

    @property
    def is_ambiguous(self) -> bool:
        return len(self.choices) > 1


@dataclass
class _Reading:
    """An article with its links, the names of their subjects, and where these stand in its text."""

    article: Article
    links: dict[SubjectKey, Link]
    names: dict[SubjectKey, list[str]]

    def __post_init__(self) -> None:
        article = self.article
        self.text = matched_text(article.headline, article.headline_is_derived, article.body)
        known = [KnownName(*key, name) for key in self.links for name in self.names[key]]
        self.mentions = NameIndex(known).find(self.text)

    def mentions_of(self, key: SubjectKey) -> list[Mention]:
        return [mention for mention in self.mentions if key in mention.subjects]

    def sharing_a_name_with(self, key: SubjectKey) -> list[SubjectKey]:
        """All that the text may mean where it names this one, or that are called the same."""
        meant = {other for mention in self.mentions_of(key) for other in mention.subjects}
        called = {fold_name(name) for name in self.names[key]}
        meant |= {other for other in self.links if called.intersection(map(fold_name, self.names[other]))}
        return [other for other in self.links if other in meant - {key}]


def build_cards(kind: SubjectKind, links: Iterable[Link]) -> list[Card]:
    """A card for each suggestion, in order; those that rest on the same name share one.

    The number of queries does not depend on the number of links.
    """
    links = list(links)
    readings = _read({link.article_id for link in links})
    groups: dict[tuple[int, SubjectKey], list[SubjectKey]] = {}
    for link in links:
        reading, key = readings.get(link.article_id), (kind.name, link.subject_id)
        if reading is None or key not in reading.links:
            continue  # somebody removed or rejected it just now
        group = [key, *reading.sharing_a_name_with(key)]
        if not any((link.article_id, other) in groups for other in group):
            groups[link.article_id, key] = group
    subjects = [readings[article].links[key].subject for (article, _), group in groups.items() for key in group]
    facts = facts_about(subjects)
    return [_card(readings[article], group, facts) for (article, _), group in groups.items()]


def _card(reading: _Reading, group: list[SubjectKey], facts: dict[SubjectKey, Facts]) -> Card:
    links = {key: reading.links[key] for key in group}
    choices = [
        Choice(link, SUBJECT_KINDS[key[0]], facts[key])
        for key, link in links.items()
        if link.status == Link.Status.SUGGESTED
    ]
    accepted = [link.subject for link in links.values() if link.status == Link.Status.ACCEPTED]
    choices.sort(key=lambda choice: (-choice.link.confidence, -(choice.facts.article_count or 0)))
    spans = [(mention.start, mention.end) for mention in reading.mentions_of(group[0])]
    found = passages(reading.text, spans, PASSAGES)
    return Card(links[group[0]], reading.article, choices, found, len(spans), accepted)


def _read(article_ids: Iterable[int]) -> dict[int, _Reading]:
    articles = Article.objects.select_related("source").in_bulk(article_ids)
    links: dict[int, dict[SubjectKey, Link]] = {id: {} for id in articles}
    names: dict[SubjectKey, list[str]] = {}
    for kind in SUBJECT_KINDS.values():
        for link in _links(kind, articles):
            links[link.article_id][kind.name, link.subject_id] = link
            names[key_of(link.subject)] = [link.subject.name]
        ids = [id for name, id in names if name == kind.name]
        for id, name in kind.alias.objects.filter(subject__in=ids).values_list("subject_id", "name"):
            names[kind.name, id].append(name)
    return {id: _Reading(article, links[id], names) for id, article in articles.items()}


def _links(kind: SubjectKind, article_ids: Iterable[int]):
    links = kind.link.objects.filter(article__in=article_ids).exclude(status=Link.Status.REJECTED).order_by("pk")
    return links.select_related("subject__parent" if kind.is_tree else "subject")
