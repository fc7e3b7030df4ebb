"""What belongs to a row, and is told of in its history: links, other names, former addresses; also what is gone."""

from collections.abc import Iterator
from heapq import merge
from itertools import islice

from django.db import models
from django.db.models import Q

from articles.database.history_triggers import owning_keys, recorded_models
from articles.models import Article, Change, Link


def changes_of(row: models.Model, before: int | None = None, limit: int = 50, with_links: bool = True) -> list[Change]:
    """The newest changes of a row and of what belongs, or belonged, to it, of those with a lower id than `before`."""
    older = Q(pk__lt=before) if before else Q()
    changes = Change.objects.select_related("occasion__user", "occasion__undone_by").order_by("-pk")
    # Each is one short stretch of an index; in one query a database would sort all that it finds.
    sources = [changes.filter(condition & older)[:limit] for condition in _sources(row, with_links)]
    return list(islice(merge(*sources, key=lambda change: -change.pk), limit))


def key_to(child: type[models.Model], owner: type[models.Model] | None) -> models.ForeignKey | None:
    """The key by which rows belong to those of an owner."""
    return next((key for key in owning_keys(child) if owner is not None and key.related_model is owner), None)


def other_side(model: type[models.Model], key: models.ForeignKey) -> models.Field:
    """What a row is called after, besides its owner."""
    others = [each for each in owning_keys(model) if each != key]
    names = {each.name for each in model._meta.concrete_fields}
    return others[0] if others else model._meta.get_field("slug" if "slug" in names else "name")


def _sources(row: models.Model, with_links: bool) -> Iterator[Q]:
    yield Q(table=row._meta.db_table, object_id=row.pk)
    children = [child for child in recorded_models() if key_to(child, type(row))]
    tables = [child._meta.db_table for child in children if with_links or not issubclass(child, Link)]
    if isinstance(row, Article):
        yield Q(article_id=row.pk, table__in=tables)
        return
    for table in tables:
        yield Q(table=table, subject_id=row.pk)
        yield Q(table=table, former_subject_id=row.pk)
