"""Writing the links of articles. A person's decision is never overwritten."""

from collections.abc import Collection, Iterable, Mapping
from operator import attrgetter, itemgetter

from articles.database.bulk import insert_rows
from articles.models import SUBJECT_KINDS, ImportBatch, Link, SubjectKind
from articles.models.tree import in_parts
from articles.pipeline.records import LinkRecord

WRITTEN_FIELDS = ("origin", "status", "confidence", "mentions")
_written = attrgetter(*WRITTEN_FIELDS)
COLUMNS = ("article_id", "subject_id", "batch_id", *WRITTEN_FIELDS)

LinksByArticle = Mapping[int, Collection[LinkRecord]]
# The values of each link of some articles, by (kind, subject).
Snapshot = dict[int, dict[tuple[str, int], list]]


def add_links(links_by_article: LinksByArticle, batch: ImportBatch) -> int:
    """Write the links of articles that have none yet; returns how many. The caller holds the transaction."""
    rows: dict[str, list[tuple]] = {name: [] for name in SUBJECT_KINDS}
    for article, records in links_by_article.items():
        for record in records:
            rows[record.kind].append((article, record.subject_id, batch.pk, *_written(record)))
    for name, kind_rows in rows.items():
        if kind_rows:
            # By subject: the database then walks through the index of the subjects once.
            insert_rows(SUBJECT_KINDS[name].link, COLUMNS, sorted(kind_rows, key=itemgetter(1)))
    return sum(map(len, rows.values()))


def store_links(
    links_by_article: LinksByArticle,
    batch: ImportBatch | None,
    origins: Collection[str] | None = None,
) -> int:
    """Make the undecided links of each article what the records say; returns how many were made.

    Undecided links that the records no longer have are removed, if their origin is one of `origins` (None:
    of any machine). The caller holds the transaction.
    """
    return sum(_store_kind(kind, links_by_article, batch, origins) for kind in SUBJECT_KINDS.values())


def snapshot_links(article_ids: Iterable[int]) -> Snapshot:
    """The links of the articles that no person has decided on."""
    snapshot: Snapshot = {id: {} for id in article_ids}
    for kind in SUBJECT_KINDS.values():
        links = kind.link.objects.open_to_machines().filter(article__in=snapshot)
        for article, subject, *values in links.values_list("article_id", "subject_id", *WRITTEN_FIELDS):
            snapshot[article][kind.name, subject] = values
    return snapshot


def _store_kind(kind: SubjectKind, links_by_article, batch, origins) -> int:
    wanted = {
        (article, record.subject_id): record
        for article, records in links_by_article.items()
        for record in records
        if record.kind == kind.name
    }
    rows = {(link.article_id, link.subject_id): link for link in kind.link.objects.filter(article__in=links_by_article)}
    made = [
        kind.link(article_id=article, subject_id=record.subject_id, batch=batch, **_values(record))
        for (article, subject), record in wanted.items()
        if (article, subject) not in rows
    ]
    kind.link.objects.bulk_create(made, batch_size=1_000)
    open_rows = {key: link for key, link in rows.items() if not link.is_decided}
    _update(kind, [(open_rows[key], wanted[key]) for key in open_rows.keys() & wanted.keys()], origins)
    _remove(kind, [open_rows[key] for key in open_rows.keys() - wanted.keys()], origins)
    return len(made)


def _update(kind: SubjectKind, pairs: list[tuple[Link, LinkRecord]], origins) -> None:
    """A link from another origin than `origins` keeps its origin and status, and learns its mentions."""
    changed = []
    for link, record in pairs:
        values = _values(record)
        if origins is not None and link.origin not in origins:
            values = {"mentions": record.mentions}
        if any(getattr(link, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(link, name, value)
            changed.append(link)
    kind.link.objects.bulk_update(_still_open(kind, changed), WRITTEN_FIELDS, batch_size=200)


def _remove(kind: SubjectKind, links: list[Link], origins) -> None:
    gone = _still_open(kind, [link for link in links if origins is None or link.origin in origins])
    for ids in in_parts(link.pk for link in gone):
        kind.link.objects.filter(pk__in=ids).delete()


def _still_open(kind: SubjectKind, links: list[Link]) -> list[Link]:
    """Those that nobody has decided on since they were read; from now on nobody does before the transaction ends.

    Only these are locked: most links of an article that comes again are as they were.
    """
    rows = kind.link.objects.open_to_machines().order_by("pk").select_for_update()
    still_open: set[int] = set()
    for ids in in_parts(link.pk for link in links):
        still_open.update(rows.filter(pk__in=ids).values_list("pk", flat=True))
    return [link for link in links if link.pk in still_open]


def _values(record: LinkRecord) -> dict:
    return dict(zip(WRITTEN_FIELDS, _written(record), strict=True))
