"""Writing records to the database: the only bulk writer. Safe to repeat.

A record is found again by its key (see `ArticleRecord.key`), and left alone if its digest is the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields

from django.db import transaction
from django.utils import timezone

from articles.models import Article, ImportBatch, Source
from articles.models.slugs import free_slug, make_slug

from .records import AnnotatedRecord, ArticleRecord
from .store_links import store_links

# What an import may change of an article that it finds again, unless a person has edited it since.
UPDATED_FIELDS = (
    "headline", "headline_is_derived", "summary", "body", "byline", "published_on", "published_at", "language",
    "source", "url", "external_id",
)  # fmt: skip


@dataclass
class Counts:
    """What came of some records. `kept` counts fields that a person had edited and the import left alone."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    links: int = 0
    kept: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


@dataclass
class _Plan:
    """The records of one batch by what has to be done with them; each key stands here once."""

    new: dict[str, AnnotatedRecord] = field(default_factory=dict)
    changed: dict[str, AnnotatedRecord] = field(default_factory=dict)
    unchanged: int = 0


@transaction.atomic
def store_batch(records: Iterable[AnnotatedRecord], batch: ImportBatch) -> Counts:
    """Create or update the article of each record, with its links. All of it or, on an error, nothing."""
    records = list(records)
    plan, existing = _make_plan(records)
    sources = _sources([annotated.record for annotated in (*plan.new.values(), *plan.changed.values())])
    created = _create(plan.new, sources, batch)
    kept = _update(plan.changed, existing, sources)
    articles = {**created, **{key: existing[key] for key in plan.changed}}
    planned = {**plan.new, **plan.changed}
    links = store_links({article.pk: planned[key].links for key, article in articles.items()}, batch)
    return Counts(len(plan.new), len(plan.changed), plan.unchanged, links, kept)


def plan_batch(records: Iterable[AnnotatedRecord]) -> Counts:
    """What `store_batch` would do, without doing it."""
    plan, _ = _make_plan(list(records))
    links = sum(len(annotated.links) for annotated in plan.new.values())
    return Counts(len(plan.new), len(plan.changed), plan.unchanged, links)


def _make_plan(records: list[AnnotatedRecord]) -> tuple[_Plan, dict[str, Article]]:
    keys = {annotated.record.key: annotated for annotated in records}
    existing = {
        article.import_key: article for article in Article.objects.select_related("source").filter(import_key__in=keys)
    }
    plan = _Plan(unchanged=len(records) - len(keys))
    for key, annotated in keys.items():
        if key not in existing:
            plan.new[key] = annotated
        elif existing[key].import_digest != annotated.record.digest:
            plan.changed[key] = annotated
        else:
            plan.unchanged += 1
    return plan, existing


def _sources(records: list[ArticleRecord]) -> dict[str, Source]:
    names = {record.source for record in records if record.source}
    sources = {source.name: source for source in Source.objects.filter(name__in=names)}
    for name in sorted(names - sources.keys()):
        sources[name] = Source.objects.create(name=name)
    return sources


def _create(new: dict[str, AnnotatedRecord], sources: dict[str, Source], batch: ImportBatch) -> dict[str, Article]:
    slugs = _slugs({key: annotated.record for key, annotated in new.items()})
    articles = {
        key: Article(
            **_values(annotated.record, sources),
            slug=slugs[key],
            batch=batch,
            import_key=key,
            import_digest=annotated.record.digest,
            fingerprint=annotated.record.fingerprint,
        )
        for key, annotated in new.items()
    }
    Article.objects.bulk_create(articles.values(), batch_size=500)
    return articles


def _update(changed: dict[str, AnnotatedRecord], existing: dict[str, Article], sources: dict[str, Source]) -> int:
    """Returns how many fields were kept because a person had edited them."""
    kept = 0
    for key, annotated in changed.items():
        article = existing[key]
        edited = set(article.edited_fields)
        for name, value in _values(annotated.record, sources).items():
            if name in edited:
                kept += getattr(article, name) != value
            else:
                setattr(article, name, value)
        article.import_digest = annotated.record.digest
        article.fingerprint = annotated.record.fingerprint
        article.updated_at = timezone.now()
    names = [*UPDATED_FIELDS, "import_digest", "fingerprint", "updated_at"]
    Article.objects.bulk_update([existing[key] for key in changed], names, batch_size=100)
    return kept


def _values(record: ArticleRecord, sources: dict[str, Source]) -> dict:
    values = {name: getattr(record, name) for name in UPDATED_FIELDS if name != "source"}
    return {**values, "source": sources.get(record.source)}


def _slugs(records: dict[str, ArticleRecord]) -> dict[str, str]:
    """A free slug for each key. One that is taken gets the end of the key, so that no batch has to count."""
    wished = {key: make_slug(record.headline, fallback="article") for key, record in records.items()}
    taken = set(Article.objects.filter(slug__in=set(wished.values())).values_list("slug", flat=True))
    slugs = {}
    for key, slug in wished.items():
        if slug in taken:
            slug = free_slug(f"{slug}-{key[-8:]}", taken)
        slugs[key] = slug
        taken.add(slug)
    return slugs
