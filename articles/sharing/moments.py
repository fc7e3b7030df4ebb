"""When an article was published, for formats that know no days, only moments."""

import datetime


def moment_of_publication(day: datetime.date | None, time: datetime.datetime | None) -> datetime.datetime | None:
    """The exact time; of a day alone its noon in UTC, which is the same day nearly everywhere."""
    if time or not day:
        return time
    return datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
