"""Writing the links of articles. A person's decision is never overwritten."""

from collections.abc import Collection, Mapping

from articles.models import SUBJECT_KINDS, ImportBatch, Link, SubjectKind

from .records import LinkRecord

WRITTEN_FIELDS = ("origin", "status", "confidence", "mentions")


def store_links(
    links_by_article: Mapping[int, Collection[LinkRecord]],
    batch: ImportBatch | None,
    origins: Collection[str] | None = None,
) -> int:
    """Make the undecided links of each article what the records say; returns how many were made.

    Undecided links that the records no longer have are removed, if their origin is one of `origins` (None:
    of any machine). The caller holds the transaction.
    """
    return sum(_store_kind(kind, links_by_article, batch, origins) for kind in SUBJECT_KINDS.values())


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
    kind.link.objects.bulk_update(changed, WRITTEN_FIELDS, batch_size=200)


def _remove(kind: SubjectKind, links: list[Link], origins) -> None:
    gone = [link.pk for link in links if origins is None or link.origin in origins]
    if gone:
        kind.link.objects.filter(pk__in=gone).delete()


def _values(record: LinkRecord) -> dict:
    return {name: getattr(record, name) for name in WRITTEN_FIELDS}
