"""Years, months and days as the index numbers them: 2024, 202403, 20240321."""

import calendar
import datetime

from .query import NONE, ArticleQuery, Period


class Level:
    """The fields of the index that a histogram may count."""

    YEAR, MONTH, DAY = "year", "month", "day"
    # More years than any archive has.
    MOST = 2_000


def level_of(query: ArticleQuery) -> str:
    """Days within a month, months within a year, else years; as the dates or a single year narrow it."""
    first, last = _narrowed(query)
    if first is None or last is None or first.year != last.year:
        return Level.YEAR
    return Level.DAY if first.month == last.month else Level.MONTH


def period_of(number: int, count: int) -> Period:
    if number < 10_000:
        return Period(datetime.date(number, 1, 1), datetime.date(number, 12, 31), count)
    if number < 1_000_000:
        year, month = divmod(number, 100)
        last = calendar.monthrange(year, month)[1]
        return Period(datetime.date(year, month, 1), datetime.date(year, month, last), count)
    day = datetime.date(number // 10_000, number // 100 % 100, number % 100)
    return Period(day, day, count)


def _narrowed(query: ArticleQuery) -> tuple[datetime.date | None, datetime.date | None]:
    first, last = query.first_day, query.last_day
    years = query.facets["year"].values if "year" in query.facets else ()
    if len(years) == 1 and years[0] != NONE:
        year = int(years[0])
        first = max(first or datetime.date.min, datetime.date(year, 1, 1))
        last = min(last or datetime.date.max, datetime.date(year, 12, 31))
    return first, last
