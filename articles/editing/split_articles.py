"""The articles of a record from which those are chosen that go to the new one."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.models import SUBJECT_KINDS, Article, Link, SubjectKind
from articles.search import ArticleQuery, FacetChoice, search

# Of the articles in which the words stand, the newest.
MOST_FOUND = 10_000


@dataclass(frozen=True)
class Narrowing:
    """What the links and their articles have in common: a status, a companion (kind, id), a source, a decade, words.

    Links of one status are there in the order of their index: a page is found without sorting a hundred thousand.
    """

    status: str = Link.Status.ACCEPTED
    companion: tuple[str, int] | None = None
    source: int | None = None
    decade: int | None = None
    words: str = ""


def links_to_choose(kind: SubjectKind, subject: int, narrowing: Narrowing) -> QuerySet:
    """The links of the record that may move, the last ones first. Raises IndexUnavailable if words are looked for."""
    links = kind.link.objects.filter(subject=subject, status=narrowing.status)
    if narrowing.companion:
        other, id = narrowing.companion
        together = SUBJECT_KINDS[other].link.objects.accepted().filter(article=OuterRef("article"), subject=id)
        links = links.filter(Exists(together))
    if narrowing.source:
        links = links.filter(article__source=narrowing.source)
    if narrowing.decade:
        last = datetime.date(narrowing.decade + 9, 12, 31)
        links = links.filter(article__published_on__range=(datetime.date(narrowing.decade, 1, 1), last))
    if narrowing.words:
        links = links.filter(_with_words(kind, subject, narrowing))
    return links.order_by("-pk")


def rows_to_choose(kind: SubjectKind, ids: list[int]) -> list[Link]:
    """The links with these ids, with their articles, which are fetched for these alone."""
    rows = kind.link.objects.in_bulk(ids)
    articles = Article.objects.for_list().in_bulk({link.article_id for link in rows.values()})
    for link in rows.values():
        link.article = articles[link.article_id]
    return [rows[id] for id in ids if id in rows]


def _with_words(kind: SubjectKind, subject: int, narrowing: Narrowing) -> Q:
    """The index knows accepted links only: of suggested ones the headline is searched."""
    if narrowing.status == Link.Status.SUGGESTED:
        return Q(article__headline__icontains=narrowing.words)
    query = ArticleQuery(words=narrowing.words, statuses=tuple(Article.Status.values))
    return Q(article__in=search(query.with_choice(kind.plural, FacetChoice((subject,))), limit=MOST_FOUND).ids)
