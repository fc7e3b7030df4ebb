"""Dates as people, feeds and pages write them. The order of day and month is never guessed, nor is a day invented."""

import datetime
import re

from articles.pipeline.dates import InvalidDate, parse_date, parse_day_and_time

from .arabic_months import with_english_months

DayAndTime = tuple[datetime.date | None, datetime.datetime | None]

_NAMES = "january february march april may june july august september october november december".split()  # noqa: SIM905
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
        rf"{_MONTH}\s+{_DAY}\s+\d\d:\d\d:\d\d(?:\s+\S{{1,6}})?\s+{_YEAR}",
        r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)",
    )
]
_TIME = re.compile(r"[,\s]+(?:at\s+)?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{2,5})?$", re.IGNORECASE)
# As in mails: Thu, 21 Mar 2024 18:30:00 +0200. Other names of zones mean several.
_MAIL = re.compile(
    rf"{_WEEKDAY}\d{{1,2}}\s+[a-z]{{3}}\s+\d{{2}}(?:\d{{2}})?\s+\d{{1,2}}:\d\d(?::\d\d)?"
    r"\s+(?:[+-]\d{4}|GMT|UTC?|Z|[ECMP][DS]T)",
    re.IGNORECASE,
)
_ISO = re.compile(r"\d{4}-?\d\d-?\d\d(?!\d)\S*(?:\s+\d\S*)?")
_SPACE_BEFORE_ZONE = re.compile(r"(?<=\d)\s+(?=[+-]\d\d:?\d\d$|Z$)")


def read_date(text: str) -> DayAndTime:
    """The day as it is written there, and the exact time if it is said with the day; None for what is not."""
    text = " ".join(text.split()).replace("-0000", "+0000")
    try:
        if _MAIL.fullmatch(text):
            return parse_day_and_time(text)
        if _ISO.fullmatch(iso := _SPACE_BEFORE_ZONE.sub("", text)):
            return parse_day_and_time(iso)
    except InvalidDate:
        return None, None
    return written_day(_TIME.sub("", text)), None


def written_day(text: str) -> datetime.date | None:
    """The day that the whole text names, such as "Thursday, 21 March 2024", "March 21, 2024", "21-MAR-2024" or
    "21 آذار 2024"."""
    text = with_english_months(text)
    found = next((found for form in _FORMS if (found := form.fullmatch(text.strip()))), None)
    if not found:
        return None
    month = MONTHS.get(found["month"].lower()) or int(found["month"])
    try:
        return parse_date(f"{found['year']}-{month}-{found['day']}")
    except InvalidDate:
        return None
