"""From rows to the documents of the index. The only place that says what is searchable about an article."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator

import tantivy

from articles.markdown import plain_text
from articles.models import SUBJECT_KINDS, Article, SubjectKind
from articles.models.tree import ancestors_of

from .analysis import analysis_of
from .query import NONE
from .schema import UNSIGNED_FIELDS, sort_keys, words_prefix

COLUMNS = (
    "pk",
    "headline",
    "summary",
    "body",
    "byline",
    "status",
    "language",
    "source_id",
    "published_on",
    "published_at",
)

# The values of each field of the index, for one article.
Entry = dict[str, list[int] | list[str]]


def entries_for(article_ids: Iterable[int]) -> Iterator[Entry]:
    """What the index holds of each article that exists; ids without an article yield nothing.

    Makes a handful of queries, whatever the number of ids.
    """
    ids = list(article_ids)
    subjects = {kind.plural: _subjects_of(kind, ids) for kind in SUBJECT_KINDS.values()}
    for row in Article.objects.filter(**_among("pk", ids)).values_list(*COLUMNS).iterator():
        yield _entry(row, {plural: sorted(found.get(row[0], [NONE])) for plural, found in subjects.items()})


def digest_of(entry: Entry) -> int:
    """63 bits that change whenever anything indexed about the article changes."""
    parts: list[str] = []
    for name, values in entry.items():
        if not name.endswith("words"):  # the same texts as in the stemmed fields
            parts += (name, *map(str, values))
    content = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest()) >> 1


def as_document(entry: Entry) -> tantivy.Document:
    document = tantivy.Document()
    for name, values in entry.items():
        add = document.add_unsigned if name in UNSIGNED_FIELDS else document.add_text
        for value in values:
            add(name, value)
    document.add_unsigned("digest", digest_of(entry))
    return document


def _subjects_of(kind: SubjectKind, article_ids: list[int]) -> dict[int, set[int]]:
    """Accepted subjects of each article, and in a tree everything above them."""
    links = kind.link.objects.accepted().filter(**_among("article_id", article_ids))
    found: dict[int, set[int]] = defaultdict(set)
    for article, subject in links.values_list("article_id", "subject_id").iterator():
        found[article].add(subject)
    if kind.is_tree and found:
        above = ancestors_of(kind.model, set().union(*found.values()))
        for subjects in found.values():
            subjects.update([ancestor for subject in subjects for ancestor in above[subject]])
    return found


def _among(column: str, ids: list[int]) -> dict:
    """A filter for these ids. After an import they have no gaps: then two numbers say what a thousand would."""
    if ids and max(ids) - min(ids) + 1 == len(ids):
        return {f"{column}__gte": min(ids), f"{column}__lte": max(ids)}
    return {f"{column}__in": ids}


def _entry(row: tuple, subjects: dict[str, list[int]]) -> Entry:
    pk, headline, summary, body, byline, status, language, source, day, time = row
    newest, oldest = sort_keys(pk, day, time)
    analysis, prefix = analysis_of(language), words_prefix(status)
    text = f"{headline}\n{summary}\n{plain_text(body)}\n{byline}"
    return {
        "id": [str(pk)],
        "pk": [pk],
        f"{prefix}headline_{analysis}": [headline],
        f"{prefix}text_{analysis}": [text],
        f"{prefix}headline_words": [headline],
        f"{prefix}words": [text],
        "analysis": [analysis],
        "status": [status],
        "language": [language or str(NONE)],
        "source": [source or NONE],
        "year": [day.year if day else NONE],
        "month": [day.year * 100 + day.month if day else NONE],
        "day": [day_number(day) if day else NONE],
        "newest": [newest],
        "oldest": [oldest],
        **subjects,
    }


def day_number(day) -> int:
    """20240321 for 21 March 2024."""
    return day.year * 10_000 + day.month * 100 + day.day
