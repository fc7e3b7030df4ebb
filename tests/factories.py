"""Plain functions that make rows with sensible defaults."""

import datetime

from articles.models import SUBJECT_KINDS, Article, Link, Person, Place, Source, Topic


def make_article(headline="A quiet day", *, about=(), status="published", **fields) -> Article:
    """An article with an accepted link to each subject in `about`."""
    fields.setdefault("body", "Nothing happened. Everybody went home.")
    fields.setdefault("published_on", datetime.date(2024, 3, 21))
    article = Article.objects.create(headline=headline, status=status, **fields)
    for subject in about:
        link(article, subject)
    return article


def make_person(name="Ada Moreau", *, aliases=(), **fields) -> Person:
    return _with_aliases(Person.objects.create(name=name, **fields), aliases)


def make_place(name="Riverton", *, aliases=(), **fields) -> Place:
    return _with_aliases(Place.objects.create(name=name, **fields), aliases)


def make_topic(name="weather", *, aliases=(), **fields) -> Topic:
    return _with_aliases(Topic.objects.create(name=name, **fields), aliases)


def make_source(name="The Daily Test", **fields) -> Source:
    return Source.objects.create(name=name, **fields)


def link(article, subject, *, status="accepted", origin="match", **fields) -> Link:
    kind = SUBJECT_KINDS[subject._meta.model_name]
    return kind.link.objects.create(article=article, subject=subject, status=status, origin=origin, **fields)


def _with_aliases(subject, aliases):
    for alias in aliases:
        subject.aliases.create(name=alias)
    return subject
