"""What `Store.write` would do, without doing it."""

from collections.abc import Iterable

from articles.models import Article, Source
from articles.names.folding import fold_name
from articles.pipeline.options import ImportOptions
from articles.pipeline.outcomes import Action, ImportReport, Outcome
from articles.pipeline.records import AnnotatedRecord, ArticleRecord, Tag

from .copies import known_copies
from .plan import Plan, Stored, find_stored, make_plan
from .store import Annotate, compare_fields, wanted_values

NOT_STORED = 0


class Rehearsal:
    """Stands in for `Store` in a dry run. It remembers what it has seen, as the database would."""

    def __init__(self, options: ImportOptions, report: ImportReport) -> None:
        self._options, self._report = options, report
        self._seen: dict[str, Stored] = {}
        self._fingerprints: set[str] = set()
        # The subjects that would be made, by their names and codes; each stands for itself.
        self._unknown: dict[tuple[str, str], tuple[str, str]] = {}
        self._sources: dict[str, Source] = {}

    def write(self, records: Iterable[ArticleRecord], annotate: Annotate) -> list[Outcome]:
        records = list(records)
        seen = {record.key: self._seen[record.key] for record in records if record.key in self._seen}
        plan = make_plan(records, {**find_stored(records), **seen})
        annotated = {each.key: each for each in annotate([*plan.new.values(), *plan.changed.values()])}
        self._find_sources(annotated.values())
        outcomes = plan.outcomes + self._create(plan.new, annotated) + self._update(plan, annotated)
        self._report.count(outcomes)
        self._count_unknown(annotated.values())
        return outcomes

    def _create(self, new: dict[str, ArticleRecord], annotated: dict[str, AnnotatedRecord]) -> list[Outcome]:
        copies = known_copies(new) | {key for key in new if new[key].fingerprint in self._fingerprints}
        dropped = copies if self._options.skip_duplicates else set()
        self._report.copies += len(copies - dropped)
        outcomes = []
        for key, record in new.items():
            action = Action.DUPLICATE if key in dropped else Action.CREATED
            outcomes.append(Outcome(record.position, action, annotated[key].record.headline))
            if key not in dropped:
                self._remember(record)
                self._report.links += len(annotated[key].links) + self._links_to_new(annotated[key])
        return outcomes

    def _links_to_new(self, annotated: AnnotatedRecord) -> int:
        if self._options.unknown_subjects != "create":
            return 0
        return len({self._subject(tag) for tag in annotated.unknown_tags if tag.name})

    def _subject(self, tag: Tag) -> tuple[str, str]:
        """As `NewSubjects` makes them: who was made from a code is found by the name, too."""
        name = (tag.kind, fold_name(tag.name))
        key = (tag.kind, tag.code) if tag.code else name
        subject = self._unknown.setdefault(key, key)
        self._unknown.setdefault(name, subject)
        return subject

    def _update(self, plan: Plan, annotated: dict[str, AnnotatedRecord]) -> list[Outcome]:
        articles = Article.objects.in_bulk(plan.article_ids.values())
        outcomes = []
        for key, record in plan.changed.items():
            article = articles.get(plan.article_ids[key])
            outcome = Outcome(record.position, Action.UPDATED, annotated[key].record.headline)
            if article:
                outcome.slug = article.slug
                wanted = wanted_values(annotated[key].record, self._sources)
                compare_fields(outcome, article, wanted, self._options.on_conflict)
            self._remember(record)
            outcomes.append(outcome)
        return outcomes

    def _remember(self, record: ArticleRecord) -> None:
        self._seen[record.key] = Stored(NOT_STORED, record.digest, record.version, "")
        self._fingerprints.add(record.fingerprint)

    def _find_sources(self, annotated: Iterable[AnnotatedRecord]) -> None:
        names = {each.record.source for each in annotated if each.record.source} - self._sources.keys()
        self._sources.update({name: Source(name=name) for name in names})
        self._sources.update({source.name: source for source in Source.objects.filter(name__in=names)})

    def _count_unknown(self, annotated: Iterable[AnnotatedRecord]) -> None:
        tags = [tag for each in annotated for tag in each.unknown_tags]
        named = [tag for tag in tags if tag.name]
        if self._options.unknown_subjects == "ignore":
            named = []
        self._report.unknown_tags += len(tags) - len(named)
        subjects = len({*map(self._subject, named), *self._unknown.values()})
        if self._options.unknown_subjects == "create":
            self._report.subjects = subjects
        else:
            self._report.candidates = subjects
