"""Days as people write them, with the name of the month. The order of day and month is never guessed."""

import datetime
import re

from articles.pipeline.dates import InvalidDate, parse_date

_NAMES = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}

_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_FORMS = [
    re.compile(rf"{_WEEKDAY}{form}", re.IGNORECASE)
    for form in (
        rf"{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)",
    )
]


def written_day(text: str) -> datetime.date | None:
    """The day that the whole text names, such as "Thursday, 21 March 2024", "March 21, 2024" or "21-MAR-2024"."""
    found = next((found for form in _FORMS if (found := form.fullmatch(text.strip()))), None)
    if not found:
        return None
    month = MONTHS.get(found["month"].lower()) or int(found["month"])
    try:
        return parse_date(f"{found['year']}-{month}-{found['day']}")
    except InvalidDate:
        return None
