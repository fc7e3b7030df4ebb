"""Articles as exports write them: plain values, a portion at a time, in a handful of queries each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db.models import QuerySet

from articles.models import SUBJECT_KINDS, Article, SubjectKind
from articles.models.article_keys import key_to_export
from articles.models.tree import in_parts
from articles.views.identifiers import CATALOGUES

PORTION = 2_000
# The fields of an export, in their order, and the columns they come from. The people, places and topics follow.
COLUMNS = {
    "slug": "slug",
    "import_key": "import_key",
    "headline": "headline",
    "headline_is_derived": "headline_is_derived",
    "summary": "summary",
    "body": "body",
    "byline": "byline",
    "published_on": "published_on",
    "published_at": "published_at",
    "language": "language",
    "source": "source__name",
    "url": "url",
    "external_id": "external_id",
    "version": "version",
    "rights": "rights",
}
FIELDS = (*COLUMNS, *(kind.plural for kind in SUBJECT_KINDS.values()))

# What the desk exports beside them: there not all is published.
STATUS = "status"

# The values of FIELDS, and of STATUS where that was asked for. Subjects have a name, a slug, and the columns of
# CATALOGUES that their table has.
ExportedArticle = dict


def read_articles(ids: Iterable[int], with_status: bool = False) -> Iterator[list[ExportedArticle]]:
    """The published articles with these ids, in their order; with their status, articles in any. One that was withdrawn
    or deleted meanwhile is left out."""
    ids = iter(ids)
    articles = Article.objects.all() if with_status else Article.objects.published()
    columns = COLUMNS | {STATUS: "status"} if with_status else COLUMNS
    while portion := list(islice(ids, PORTION)):
        yield _read_portion(articles, columns, portion)


def _read_portion(articles: QuerySet[Article], columns: dict[str, str], ids: list[int]) -> list[ExportedArticle]:
    subjects = {kind.plural: _subjects_of(kind, ids) for kind in SUBJECT_KINDS.values()}
    rows = articles.filter(pk__in=ids).values_list("pk", "created_at", *columns.values())
    values = {pk: _with_key(dict(zip(columns, row, strict=True)), created_at) for pk, created_at, *row in rows}
    return [
        values[pk] | {plural: found.get(pk, []) for plural, found in subjects.items()} for pk in ids if pk in values
    ]


def _with_key(article: ExportedArticle, created_at: datetime) -> ExportedArticle:
    return article | {"import_key": key_to_export(article["import_key"], article["slug"], created_at)}


def _subjects_of(kind: SubjectKind, ids: list[int]) -> dict[int, list]:
    """The accepted subjects of each article, by name.

    Links and names are read apart: joined, SQLite begins with the names and goes through all of their links.
    """
    links = list(kind.link.objects.accepted().filter(article__in=ids).values_list("article_id", "subject_id"))
    columns = [each.field for each in CATALOGUES if hasattr(kind.model, each.field)]
    subjects = {}
    for part in in_parts({subject for _, subject in links}):
        rows = kind.model.objects.order_by().filter(pk__in=part)
        subjects.update((row.pk, row) for row in rows.values_list("pk", "name", "slug", *columns, named=True))
    found = defaultdict(list)
    for article, subject in links:
        if subject in subjects:
            found[article].append(subjects[subject])
    for each in found.values():
        each.sort(key=_name_and_slug)
    return found


def _name_and_slug(subject) -> tuple[str, str]:
    return subject.name, subject.slug
