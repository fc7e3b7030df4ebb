"""Comparing records with the articles that are there: what is new, what has changed, what is as it was."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from articles.models import Article
from articles.models.article_keys import key_to_export
from articles.pipeline.outcomes import Action, Outcome
from articles.pipeline.records import ArticleRecord


@dataclass(frozen=True)
class Stored:
    """What is known of an article without reading its text."""

    id: int
    digest: str
    version: int | None
    slug: str


_STORED = ("pk", "import_digest", "version", "slug")


@dataclass
class Plan:
    """The records of one batch by their keys. Those that need no work are outcomes already."""

    new: dict[str, ArticleRecord] = field(default_factory=dict)
    changed: dict[str, ArticleRecord] = field(default_factory=dict)
    article_ids: dict[str, int] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)


def make_plan(records: Iterable[ArticleRecord], stored: dict[str, Stored] | None = None) -> Plan:
    """`stored` is what `find_stored` says of the records, where the caller knows it already."""
    records = list(records)
    stored = find_stored(records) if stored is None else stored
    plan = Plan()
    latest = _latest(records)
    for record in records:
        known, winner = stored.get(record.key), latest[record.key]
        slug = known.slug if known else ""
        if record is not winner:
            action = Action.UNCHANGED if record.digest == winner.digest else Action.OLDER
            plan.outcomes.append(Outcome(record.position, action, record.headline, slug))
        elif known is None:
            plan.new[record.key] = record
        elif known.digest == record.digest:
            plan.outcomes.append(Outcome(record.position, Action.UNCHANGED, record.headline, slug))
        elif _is_older(record.version, known.version):
            plan.outcomes.append(Outcome(record.position, Action.OLDER, record.headline, slug))
        else:
            plan.changed[record.key] = record
            plan.article_ids[record.key] = known.id
    return plan


def find_stored(records: Iterable[ArticleRecord]) -> dict[str, Stored]:
    """By its key, what is stored of each record. One query; one more if the records come from an archive."""
    records = list(records)
    rows = Article.objects.filter(import_key__in={record.key for record in records})
    stored = {key: Stored(*values) for key, *values in rows.values_list("import_key", *_STORED)}
    missing = {record.slug for record in records if record.given_key and record.key not in stored} - {""}
    return stored | _made_at_the_desk(missing) if missing else stored


def _made_at_the_desk(slugs: set[str]) -> dict[str, Stored]:
    """Articles that no import made have a key in exports only. A slug alone could be that of another article."""
    rows = Article.objects.filter(import_key=None, slug__in=slugs).values_list("created_at", *_STORED)
    stored = ((created_at, Stored(*values)) for created_at, *values in rows)
    return {key_to_export(None, each.slug, created_at): each for created_at, each in stored}


def _latest(records: list[ArticleRecord]) -> dict[str, ArticleRecord]:
    """Of records with the same key the one with the highest version, else the last."""
    latest: dict[str, ArticleRecord] = {}
    for record in records:
        known = latest.get(record.key)
        if known is None or not _is_older(record.version, known.version):
            latest[record.key] = record
    return latest


def _is_older(version: int | None, other: int | None) -> bool:
    return version is not None and other is not None and version < other
