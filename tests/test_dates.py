"""Days and times as files write them: the day is the one that is written, whatever the zone. No database."""

import contextlib
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.pipeline.dates import InvalidDate, has_time, parse_date, parse_day_and_time, parse_time

NEW_YEAR = datetime.date(2005, 1, 1)
NOON = datetime.datetime(2005, 1, 1, 12, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    "text",
    [
        "20050101T120000Z",
        "20050101T1200Z",
        "20050101T130000+0100",
        "20050101T12:00:00Z",
        "2005-01-01T13:00:00 +01:00",
        " 2005-01-01t12:00:00.000z\n",
        "Sat, 01 Jan 2005 12:00:00 GMT",
        "Sat, 1 Jan 05 07:00 EST",
        "01 Jan 2005 13:00:00 +0100",
    ],
)
def test_a_time_is_read_in_the_ways_agencies_and_feeds_write_it(text):
    assert parse_day_and_time(text) == (NEW_YEAR, NOON)
    assert has_time(text)


@pytest.mark.parametrize("text", ["20050101", "2005-1-1", "2005-01-01Z", "2005-01-01+01:00", "20050101T000000"])
def test_a_day_alone_has_no_time(text):
    assert parse_day_and_time(text) == (NEW_YEAR, None)


def test_midnight_in_a_zone_is_a_time():
    assert parse_day_and_time("2005-01-01T00:00:00+01:00")[1].hour == 0


@pytest.mark.parametrize("text", ["Sat, 01 Jan 2005 23:30:00 -0800", "20050101T003000+1400"])
def test_the_day_is_never_shifted(text):
    assert parse_day_and_time(text)[0] == parse_date(text) == NEW_YEAR


@pytest.mark.parametrize(
    "text", ["", "yesterday", "99 Jan 2005 99:99", "01 Jan 2005 12:00 +99999999999999", "1104577200", "0001-01-01"]
)
def test_what_is_no_date_is_said_to_be_none(text):
    with pytest.raises(InvalidDate):
        parse_day_and_time(text)


@given(st.text() | st.from_regex(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{2,4} \d\d:\d\d:\d\d .*"))
def test_no_text_breaks_the_reader(text):
    for parse in (parse_date, parse_time, parse_day_and_time):
        with contextlib.suppress(InvalidDate):
            parse(text)
