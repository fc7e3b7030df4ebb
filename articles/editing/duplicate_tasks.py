"""Looking for likely duplicates in the background: among many records it takes longer than a page may."""

import datetime

from django.core.cache import caches
from django.utils import timezone
from django_tasks import task

from articles.background import do_in_background
from articles.models import SUBJECT_KINDS, SubjectKind

from .stored_duplicates import look_for_duplicates

# Seconds: whoever asked so long ago and got no answer may ask again.
PATIENCE = 15 * 60


@task()
def look_again(kind_name: str) -> None:
    kind = SUBJECT_KINDS[kind_name]
    try:
        look_for_duplicates(kind)
    finally:
        caches["findings"].delete(_key(kind))


def ask_to_look(kind: SubjectKind) -> None:
    """Unless somebody is looking already."""
    if caches["findings"].add(_key(kind), timezone.now(), PATIENCE):
        do_in_background(look_again, kind.name)


def asked_at(kind: SubjectKind) -> datetime.datetime | None:
    """When the search was asked for that is not finished yet."""
    return caches["findings"].get(_key(kind))


def _key(kind: SubjectKind) -> str:
    return f"duplicates-asked-{kind.name}"
