"""Dates as tables and exports have them. What could be two days is never guessed."""

import datetime
import re
import unicodedata

from django.utils import timezone

from articles.pipeline.dates import InvalidDate, has_time, parse_date, parse_time
from articles.pipeline.formats.texts.written_dates import written_day

DayAndTime = tuple[datetime.date | None, datetime.datetime | None]

# What programs write where there is no date.
_NOTHING = {
    "",
    "-",
    "--",
    "n/a",
    "na",
    "nan",
    "nat",
    "none",
    "null",
    "unknown",
    "0",
    "0000-00-00",
    "0000-00-00 00:00:00",
}
# Python would take the year 1900 and the first day.
_HAS_YEAR, _HAS_DAY, _HAS_TIME = re.compile("%[YyGcx]"), re.compile("%[djuwaAcx]"), re.compile("%[HIXc]")
_EPOCH = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{12,13})")
_WITH_CLOCK = re.compile(r"(?P<day>.*?\d.*?)(?:,?[T\s]\s*(?:at\s+|um\s+|à\s+|-\s+)?(?P<clock>\d{1,2}[:.]\d\d\b.*))?")
_CLOCK = re.compile(
    r"(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?\s*(?:uhr\s*)?(?P<zone>[a-z]{1,4}|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4})")
# The names of zones that mean only one, in hours from UTC.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "cet": 1, "cest": 2,
    "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
_MONTHS = {
    "january": "janvier enero januar janner gennaio janeiro januari ene",
    "february": "fevrier febrero februar febbraio fevereiro februari fev",
    "march": "mars marzo marz marco maart mrz",
    "april": "avril abril aprile avr abr",
    "may": "mai mayo maggio maio mei mag",
    "june": "juin junio juni giugno junho giu",
    "july": "juillet julio juli luglio julho juil lug",
    "august": "aout agosto augustus ago",
    "september": "septembre septiembre settembre setembro set",
    "october": "octobre octubre oktober ottobre outubro okt ott out",
    "november": "novembre noviembre novembro",
    "december": "decembre diciembre dezember dicembre dezembro dez dic",
}
_ENGLISH = {word: month for month, words in _MONTHS.items() for word in words.split()}
_ENGLISH |= {"1er": "1"}
_PASSED_OVER = set(
    """de del of the le den el lundi mardi mercredi jeudi vendredi samedi dimanche montag dienstag mittwoch donnerstag
    freitag samstag sonnabend sonntag lunes martes miercoles jueves viernes sabado domingo
    الاثنين الثلاثاء الاربعاء الخميس الجمعة السبت الاحد""".split()  # noqa: SIM905
)


class AmbiguousDate(InvalidDate):
    """Either number may be the month."""


def read_table_date(value: object, form: str = "") -> DayAndTime:
    """The day as it is written, and the exact time if it is given. `form` is that of strptime. Raises InvalidDate."""
    text = " ".join(str(value).split())
    if value is None or isinstance(value, bool) or text.casefold() in _NOTHING:
        return None, None
    if form:
        return _read_as(text, form)
    if found := _EPOCH.fullmatch(text):
        return _moment(float(text) / (1000 if found[2] else 1))
    found = _WITH_CLOCK.fullmatch(text)
    day = _read_day(found["day"].strip(" ,")) if found else None
    if day:
        return day, _read_clock(day, found["clock"] or "")
    return parse_date(text), parse_time(text) if has_time(text) else None


def _read_as(text: str, form: str) -> DayAndTime:
    if not (_HAS_YEAR.search(form) and _HAS_DAY.search(form)):
        raise InvalidDate(f"The form “{form}” names no year or no day.")
    try:
        time = datetime.datetime.strptime(text, form)
    except ValueError:
        raise InvalidDate(f"“{text[:40]}” is not a date in the form “{form}”.") from None
    day = parse_date(f"{time:%Y}".zfill(4) + f"-{time:%m-%d}")
    return day, _in_its_zone(time) if _HAS_TIME.search(form) else None


def _moment(seconds: float) -> DayAndTime:
    """Seconds since 1970 know no place: the day is that of the archive's own zone."""
    time = datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    return parse_date(timezone.localtime(time).date().isoformat()), time


def _read_day(text: str) -> datetime.date | None:
    if found := _YEAR_FIRST.fullmatch(text):
        return _date(*found.groups(), text)
    if found := _YEAR_LAST.fullmatch(text):
        first, sign, second, year = found.groups()
        day, month = _day_and_month(int(first), int(second), sign, text)
        return _date(year, month, day, text)
    return written_day(_in_english(text))


def _date(year: str, month: str | int, day: str | int, text: str) -> datetime.date:
    try:
        return parse_date(f"{int(year):04}-{int(month):02}-{int(day):02}")
    except InvalidDate as error:
        raise InvalidDate(str(error) if "year" in str(error) else f"“{text}” is not a date.") from None


def _day_and_month(first: int, second: int, sign: str, text: str) -> tuple[int, int]:
    if sign == "." or first > 12 or first == second:
        return first, second
    if second > 12:
        return second, first
    raise AmbiguousDate(f"“{text}” may be day and month or month and day.")


def _in_english(text: str) -> str:
    """ "jeudi 21 mars 2024" as "21 march 2024"."""
    folded = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    words = [word.strip(".,،") for word in folded.casefold().split()]
    return " ".join(_ENGLISH.get(word, word) for word in words if word not in _PASSED_OVER)


def _read_clock(day: datetime.date, text: str) -> datetime.datetime | None:
    """The time of the day; None for midnight without a zone, which stands for the day alone, and for zones that
    mean several."""
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    hour, minute, second = (int(part or 0) for part in found.groups()[:3])
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"][0] in "pP")
    zone = (found["zone"] or "").lower()
    offset = f"{_ZONES[zone]:+03}:00" if zone in _ZONES else zone
    if (zone.isalpha() and zone not in _ZONES) or not (zone or hour or minute or second):
        return None
    return parse_time(f"{day}T{hour:02}:{minute:02}:{second:02}{offset}")


def _in_its_zone(time: datetime.datetime) -> datetime.datetime:
    return time if time.tzinfo else timezone.make_aware(time)
