"""The time of an article, shown so that it never seems to be of another day than the one printed on it."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.dateformat import format

from articles.models import Article


@dataclass(frozen=True)
class ExactTime:
    """`text` has the hour and the zone, `iso` is for machines."""

    text: str
    iso: str


def time_of_day(article: Article) -> ExactTime | None:
    """In the archive's zone; in UTC where it would be another day there; None where it is in both."""
    if article.published_at is None or article.published_on is None:
        return None
    for zone in (timezone.get_current_timezone(), datetime.UTC):
        moment = article.published_at.astimezone(zone)
        if moment.date() == article.published_on:
            return ExactTime(format(moment, "H:i T"), moment.isoformat())
    return None
