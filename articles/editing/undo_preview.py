"""What taking an import back would do: how many rows go, and the first of those that stay."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from articles.models import SUBJECT_KINDS, Article, ImportBatch
from articles.pipeline.storing.signs_of_people import edited_subjects, touched_articles

from .counting import CappedCount, count_up_to_cap

# So many rows of a table are looked at: the newest ones.
LOOKED_AT = 1_000
MOST_NAMED = 20


@dataclass
class UndoPreview:
    """`stay` has a sentence for each of the first rows that stay; `is_whole` if all rows were looked at."""

    articles: CappedCount
    changed: CappedCount
    subjects: CappedCount
    stay: list[str] = field(default_factory=list)
    more_stay: int = 0
    is_whole: bool = True


def preview_undo(batch: ImportBatch) -> UndoPreview:
    subjects = [count_up_to_cap(kind.model.objects.filter(batch=batch)) for kind in SUBJECT_KINDS.values()]
    preview = UndoPreview(
        articles=count_up_to_cap(Article.objects.filter(batch=batch)),
        changed=count_up_to_cap(batch.changes.filter(is_undone=False)),
        subjects=CappedCount(sum(count.number for count in subjects), any(count.is_capped for count in subjects)),
    )
    sentences = [*_articles_that_stay(batch), *_subjects_that_stay(batch)]
    preview.stay, preview.more_stay = sentences[:MOST_NAMED], max(0, len(sentences) - MOST_NAMED)
    preview.is_whole = all(count.number <= LOOKED_AT for count in (preview.articles, *subjects))
    return preview


def _articles_that_stay(batch: ImportBatch) -> Iterator[str]:
    rows = list(Article.objects.filter(batch=batch).order_by("-pk").defer("body")[:LOOKED_AT])
    touched = touched_articles(rows, batch)
    return (f"“{row}” {touched[row.pk]} and stays." for row in rows if row.pk in touched)


def _subjects_that_stay(batch: ImportBatch) -> Iterator[str]:
    for kind in SUBJECT_KINDS.values():
        rows = list(kind.model.objects.filter(batch=batch).order_by("-pk")[:LOOKED_AT])
        kept = edited_subjects(kind, rows, batch)
        yield from (f"“{row}” {kept[row.pk]} and stays." for row in rows if row.pk in kept)
