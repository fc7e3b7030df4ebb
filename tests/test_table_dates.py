"""Dates as tables write them: which are understood, and that none is guessed. No database."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.pipeline.dates import InvalidDate
from articles.pipeline.formats.tables.table_dates import AmbiguousDate, read_table_date

DAY = datetime.date(2024, 3, 21)
UTC = datetime.UTC


def day_of(text, form=""):
    day, time = read_table_date(text, form)
    assert time is None
    return day


def time_of(text, form=""):
    day, time = read_table_date(text, form)
    assert day == DAY
    return time.astimezone(UTC).isoformat()


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-21", "2024-3-21", "20240321", 20240321, "2024/03/21", "2024.03.21", "2024-W12-4", " 2024-03-21 ",
        "21.03.2024", "21.3.2024", "21/03/2024", "03/21/2024", "3-21-2024", "21-03-2024", "21. 3. 2024",
        "21 March 2024", "March 21, 2024", "Mar. 21 2024", "21-Mar-2024", "Thursday, March 21, 2024",
        "21st March 2024", "THURSDAY 21 MARCH 2024", "21. März 2024", "Donnerstag, 21. März 2024", "21 mars 2024",
        "jeudi 21 mars 2024", "21 de marzo de 2024", "21 marzo 2024", "21 maart 2024", "21 de março de 2024",
        "21 آذار 2024", "٢١ آذار ٢٠٢٤", "الخميس، 21 آذار/مارس 2024", "21 مارس 2024", "21 اذار 2024",
        "2024年3月21日", "2024-03-21 00:00:00", "2024-03-21T00:00:00", "March 21, 2024 12:00 AM",
    ],
)  # fmt: skip
def test_a_day_is_understood_however_it_is_written(text):
    assert day_of(text) == DAY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-21T18:30:00Z", "18:30:00"),
        ("2024-03-21T18:30:00+02:00", "16:30:00"),
        ("2024-03-21 18:30:00 +0200", "16:30:00"),
        ("2024-03-21T00:00:00Z", "00:00:00"),
        ("2024/03/21 18:30", "18:30:00"),
        ("21.03.2024, 18:30 Uhr", "18:30:00"),
        ("21 mars 2024 à 18:30", "18:30:00"),
        ("March 21, 2024 at 6:30 p.m. EDT", "22:30:00"),
        ("March 21, 2024 12:15 AM", "00:15:00"),
        ("03/21/2024 6:30 PM", "18:30:00"),
        ("Thu, 21 Mar 2024 18:30:00 +0100", "17:30:00"),
        ("Thu, 21 Mar 2024 18:30:00 GMT", "18:30:00"),
        (1711046400, "18:40:00"),
        ("1711046400", "18:40:00"),
        (1711046400000, "18:40:00"),
        (1711046400.5, "18:40:00.500000"),
    ],
)
def test_a_time_is_kept_with_its_zone(text, expected):
    assert time_of(text) == f"2024-03-21T{expected}+00:00"


def test_the_day_is_the_one_that_is_written_whatever_the_zone():
    day, time = read_table_date("2024-03-21 23:30:00 -0800")
    assert (day, time.astimezone(UTC).day) == (DAY, 22)


def test_a_time_without_a_zone_and_seconds_since_1970_are_of_the_archive_s_zone(settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    assert time_of("21.03.2024 01:00") == "2024-03-20T16:00:00+00:00"
    assert read_table_date(1711046400)[0] == datetime.date(2024, 3, 22)


def test_of_a_zone_that_means_several_only_the_day_is_kept():
    assert day_of("March 21, 2024 6:30 p.m. ET") == DAY
    assert day_of("March 21, 2024 6:30 p.m. IST") == DAY


@pytest.mark.parametrize("text", ["03/04/2024", "3-4-2024", "3/12/2024 18:30"])
def test_what_may_be_two_days_is_neither(text):
    with pytest.raises(AmbiguousDate, match="may be day and month or month and day"):
        read_table_date(text)


def test_the_form_of_the_dates_settles_it():
    assert day_of("03/04/2024", "%d/%m/%Y") == datetime.date(2024, 4, 3)
    assert day_of("03/04/2024", "%m/%d/%Y") == datetime.date(2024, 3, 4)
    assert day_of("21.03.24", "%d.%m.%y") == DAY
    assert time_of("21/03/2024 18h30", "%d/%m/%Y %Hh%M") == "2024-03-21T18:30:00+00:00"
    assert time_of("21/03/2024 18:30 +0200", "%d/%m/%Y %H:%M %z") == "2024-03-21T16:30:00+00:00"
    with pytest.raises(InvalidDate, match="“2024-03-21” is not a date in the form “%d/%m/%Y”"):
        read_table_date("2024-03-21", "%d/%m/%Y")


def test_the_third_of_march_is_the_same_both_ways():
    assert day_of("3/3/2024") == datetime.date(2024, 3, 3)


@pytest.mark.parametrize("value", [None, "", "  ", "-", "N/A", "nan", "NaT", "None", "NULL", "0000-00-00", True, 0])
def test_what_programs_write_for_nothing_is_nothing(value):
    assert read_table_date(value) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "yesterday", "2024", "2024-03", "March 2024", "21.03.24", "31.02.2024", "2024-02-30", "13/13/2024", "18:30",
        "99999-01-01", "0000-01-01", "0099-01-01", "1399-12-31", "2200-01-01", "2024-03-21T25:00", "21 Marchember 2024",
        "9" * 50, "1e5", "inf", "Updated March 21, 2024", "2024-03-21\x00", "٢١/٣", "99999999999999999", -1,
    ],
)  # fmt: skip
def test_what_is_no_day_the_archive_can_hold_is_refused(text):
    with pytest.raises(InvalidDate):
        read_table_date(text)


@pytest.mark.parametrize(
    ("form", "text"),
    [("%", "2024"), ("%Y%d%Q", "2024"), ("%H:%M", "18:30"), ("%Y-%m", "2024-03"), ("%d %B", "21 March")],
)
def test_a_form_that_makes_no_day_makes_none(form, text):
    with pytest.raises(InvalidDate, match="form"):
        read_table_date(text, form)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.from_regex(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,5}[ T]?.{0,9}")))
def test_no_value_breaks_the_reading(value):
    try:
        day, _ = read_table_date(value)
    except InvalidDate:
        return
    assert day is None or 1400 <= day.year <= 2199


@given(st.dates(datetime.date(1400, 1, 1), datetime.date(2199, 12, 31)))
def test_every_day_comes_back(day):
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y"):
        assert day_of(day.strftime(form).replace(day.strftime("%Y"), f"{day.year:04}")) == day
