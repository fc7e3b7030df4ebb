"""Writing records to the database: the only bulk writer. Safe to repeat.

A record is found again by its key (see `ArticleRecord.key`), and left alone if its digest is the same.
"""

from collections.abc import Callable, Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from articles.database.bulk import insert_values
from articles.models import Article, ImportBatch, Source
from articles.models.free_slugs import taken_slugs
from articles.models.slugs import LONGEST_MADE, free_slug, make_slug
from articles.pipeline.options import ImportOptions
from articles.pipeline.outcomes import Action, ImportReport, Outcome
from articles.pipeline.records import AnnotatedRecord, ArticleRecord

from .copies import group_copies, known_copies
from .ledger import BOOKKEEPING, json_value, write_ledger
from .new_subjects import NewSubjects
from .plan import Plan, make_plan
from .store_links import add_links, snapshot_links, store_links

# What an import may change of an article that it finds again, unless a person has edited it since.
UPDATED_FIELDS = (
    "headline", "headline_is_derived", "summary", "body", "byline", "published_on", "published_at", "language",
    "source", "url", "external_id", "version", "rights",
)  # fmt: skip
# What a new article has from its record as it stands there.
RECORD_FIELDS = tuple(name for name in UPDATED_FIELDS if name != "source")
CREATED_FIELDS = (
    *RECORD_FIELDS, "source", "status", "slug", "batch", "import_key", "import_digest", "fingerprint",
    "edited_fields", "created_at", "updated_at",
)  # fmt: skip

Annotate = Callable[[list[ArticleRecord]], list[AnnotatedRecord]]


class Store:
    """The writing end of one import. `report` is kept up to date."""

    def __init__(self, batch: ImportBatch, options: ImportOptions, report: ImportReport) -> None:
        self._batch, self._options, self._report = batch, options, report
        self._new_subjects = NewSubjects(options.unknown_subjects, batch)
        self._sources: dict[str, Source] = {}

    @transaction.atomic
    def write(self, records: Iterable[ArticleRecord], annotate: Annotate) -> list[Outcome]:
        """Create or update the article of each record, with its links. All of it or, on an error, nothing."""
        plan = make_plan(records)
        outcomes = plan.outcomes + (self._drop_copies(plan) if self._options.skip_duplicates else [])
        annotated = {each.key: each for each in annotate([*plan.new.values(), *plan.changed.values()])}
        self._find_sources(annotated.values())
        articles = self._lock(plan)
        outcomes += self._create([annotated[key] for key in plan.new])
        outcomes += self._update(articles, [annotated[key] for key in plan.changed])
        self._report.count(outcomes)
        self._report.subjects = self._new_subjects.made
        self._report.candidates = self._new_subjects.suggested
        self._report.unknown_tags = self._new_subjects.ignored
        return outcomes

    def _drop_copies(self, plan: Plan) -> list[Outcome]:
        dropped = [plan.new.pop(key) for key in known_copies(plan.new)]
        return [Outcome(record.position, Action.DUPLICATE, record.headline) for record in dropped]

    def _lock(self, plan: Plan) -> dict[str, Article]:
        """The articles that change, by their keys: until the end of the transaction nobody else changes them. What
        somebody has deleted since the plan was made is new."""
        ids = [plan.article_ids[key] for key in plan.changed]
        found = Article.objects.order_by("pk").select_for_update().in_bulk(ids)
        gone = [key for key in plan.changed if plan.article_ids[key] not in found]
        plan.new |= {key: plan.changed.pop(key) for key in gone}
        return {key: found[plan.article_ids[key]] for key in plan.changed}

    def _create(self, new: list[AnnotatedRecord]) -> list[Outcome]:
        if not new:
            return []
        copies = known_copies({each.key: each for each in new})
        self._report.copies += len(copies)
        slugs = _slugs(new)
        insert_values(Article, CREATED_FIELDS, [self._row(each, slugs[each.key]) for each in new])
        ids = dict(Article.objects.filter(import_key__in=list(slugs)).values_list("import_key", "pk"))
        links = {ids[each.key]: self._new_subjects.links_for(each) for each in new}
        self._report.links += add_links(links, self._batch)
        self._new_subjects.suggest({ids[each.key]: each.unknown_tags for each in new if each.unknown_tags})
        group_copies(each.fingerprint for each in new if each.key in copies)
        return [Outcome(each.record.position, Action.CREATED, each.record.headline, slugs[each.key]) for each in new]

    def _row(self, annotated: AnnotatedRecord, slug: str) -> list:
        """The values of CREATED_FIELDS, without the detour of a model instance."""
        record, now = annotated.record, timezone.now()
        source = self._sources[record.source].pk if record.source else None
        status = Article.Status.WITHDRAWN if record.is_withdrawn else Article.Status.PUBLISHED
        identity = (slug, self._batch.pk, annotated.key, annotated.digest, annotated.fingerprint)
        return [*(getattr(record, name) for name in RECORD_FIELDS), source, status.value, *identity, [], now, now]

    def _update(self, articles: dict[str, Article], changed: list[AnnotatedRecord]) -> list[Outcome]:
        if not changed:
            return []
        ids = [articles[each.key].pk for each in changed]
        links_before = snapshot_links(ids)
        outcomes, ledger = [], {}
        for each, id in zip(changed, ids, strict=True):
            outcome, ledger[id] = self._change(articles[each.key], each)
            outcomes.append(outcome)
        Article.objects.bulk_update(articles.values(), [*CHANGED_FIELDS, "edited_fields"], batch_size=100)
        links = {id: self._new_subjects.links_for(each) for id, each in zip(ids, changed, strict=True)}
        self._report.links += store_links(links, self._batch)
        self._new_subjects.suggest({id: each.unknown_tags for id, each in zip(ids, changed, strict=True)})
        group_copies(each.fingerprint for each in changed)
        write_ledger(self._batch, ledger, links_before, snapshot_links(ids))
        return outcomes

    def _change(self, article: Article, annotated: AnnotatedRecord) -> tuple[Outcome, dict[str, tuple]]:
        """Give the article the values of the record; returns what changed, for people and for the ledger."""
        before = {name: json_value(article, name) for name in (*CHANGED_FIELDS, "edited_fields")}
        outcome = Outcome(annotated.record.position, Action.UPDATED, annotated.record.headline, article.slug)
        wanted = wanted_values(annotated.record, self._sources)
        compare_fields(outcome, article, wanted, self._options.on_conflict)
        for name in outcome.changes:
            setattr(article, name, wanted[name])
        article.edited_fields = [name for name in article.edited_fields if name not in outcome.changes]
        article.import_digest, article.fingerprint = annotated.digest, annotated.fingerprint
        article.updated_at = timezone.now()
        after = {name: json_value(article, name) for name in before}
        return outcome, {name: (before[name], after[name]) for name in before if before[name] != after[name]}

    def _find_sources(self, annotated: Iterable[AnnotatedRecord]) -> None:
        names = {each.record.source for each in annotated if each.record.source} - self._sources.keys()
        self._sources.update({source.name: source for source in Source.objects.filter(name__in=names)})
        for name in sorted(names - self._sources.keys()):
            self._sources[name] = Source.objects.create(name=name, batch=self._batch)


CHANGED_FIELDS = (*UPDATED_FIELDS, *BOOKKEEPING, "status")


def wanted_values(record: ArticleRecord, sources: Mapping[str, Source]) -> dict:
    """The values that an article gets from a record. Only the source's taking it back touches its status."""
    values = {name: getattr(record, name) for name in RECORD_FIELDS}
    if record.is_withdrawn:
        values["status"] = Article.Status.WITHDRAWN
    return {**values, "source": sources.get(record.source)}


def compare_fields(outcome: Outcome, article: Article, wanted: dict, on_conflict: str) -> None:
    """Note in the outcome which fields change, and which a person's edits keep."""
    edited = set(article.edited_fields) if on_conflict == "keep" else set()
    for name, value in wanted.items():
        ours = getattr(article, name)
        if ours != value:
            (outcome.kept if name in edited else outcome.changes)[name] = (ours, value)


def _slugs(new: list[AnnotatedRecord]) -> dict[str, str]:
    """A free slug for each key: the one it had in another archive, else one of its headline. One that is taken gets
    the end of the key, so that no batch has to count."""
    wished = {each.key: each.record.slug or make_slug(each.record.headline, fallback="article") for each in new}
    taken = taken_slugs(Article, wished.values())
    slugs = {}
    for key, slug in wished.items():
        if slug in taken:
            slug = free_slug(f"{slug[:LONGEST_MADE]}-{key[-8:]}", taken)
        slugs[key] = slug
        taken.add(slug)
    return slugs
