"""The fields of the search index. Whoever changes them raises VERSION: older indexes are then rebuilt."""

import datetime

import tantivy

from .analysis import PLAIN, STEMMERS, analyzer

VERSION = 5

ANALYSES = (*STEMMERS, PLAIN)
# The words of published articles stand apart from those of all others, so that the public search need not ask each
# article for its status: only then does the engine skip what cannot come among the most relevant.
PUBLIC, NOT_PUBLIC = "", "unpublished_"
# Facets and dates are unsigned "fast" columns; several values to an article; 0 means none.
NUMBER_FIELDS = ("people", "places", "topics", "source", "year", "month", "day")
# Sort keys, largest first: see `sort_keys`.
SORT_FIELDS = ("newest", "oldest")
# Columns that are only read back: the article's id, and a digest of everything indexed about it.
RETURNED_FIELDS = ("pk", "digest")
# A day begins in the east of the world 14 hours before it does in UTC, and ends in the west 12 hours after.
EASTERN, LONGEST_DAY = datetime.timedelta(hours=14), datetime.timedelta(hours=14 + 24 + 12)
UNSIGNED_FIELDS = frozenset((*NUMBER_FIELDS, *SORT_FIELDS, *RETURNED_FIELDS))


def build_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    # The id as raw text serves for deleting: deleting by an unsigned number deletes nothing, silently.
    for name in ("id", "status", "analysis"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("language", tokenizer_name="raw", index_option="basic", fast=True)
    # An article's text is in the field of its language's analysis, and unstemmed in the `words` fields.
    for prefix in (PUBLIC, NOT_PUBLIC):
        for analysis in ANALYSES:
            builder.add_text_field(f"{prefix}headline_{analysis}", tokenizer_name=analysis)
            builder.add_text_field(f"{prefix}text_{analysis}", tokenizer_name=analysis)
        builder.add_text_field(f"{prefix}headline_words", tokenizer_name=PLAIN, index_option="freq")
        builder.add_text_field(f"{prefix}words", tokenizer_name=PLAIN, index_option="freq")
    for name in NUMBER_FIELDS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in (*SORT_FIELDS, *RETURNED_FIELDS):
        builder.add_unsigned_field(name, fast=True)
    return builder.build()


def register_analyzers(index: tantivy.Index) -> None:
    for analysis in ANALYSES:
        index.register_tokenizer(analysis, analyzer(analysis))


def words_prefix(status: str) -> str:
    """What the names of the fields begin with that hold the words of articles in this status."""
    return PUBLIC if status == "published" else NOT_PUBLIC


def sort_keys(pk: int, day: datetime.date | None, time: datetime.datetime | None) -> tuple[int, int]:
    """Keys for newest first and oldest first, both to be sorted downwards, so that undated comes last.

    21 bits for the day, 12 for the minute, 30 for the id: ties never depend on the engine.
    """
    low = pk & ((1 << 30) - 1)
    if day is None:
        return low, low
    moment = (day.toordinal() << 12) | (_minute(day, time) if time else 0)
    return (moment << 30) | low, (((1 << 33) - 1 - moment) << 30) | low


def _minute(day: datetime.date, time: datetime.datetime) -> int:
    """Minutes, from 1, since the day began anywhere: it is that of the place where an article appeared, whose zone
    nobody knows. A time outside the day counts as its beginning or end."""
    begun = datetime.datetime.combine(day, datetime.time(), datetime.UTC) - EASTERN
    return min(max(time - begun, datetime.timedelta()), LONGEST_DAY) // datetime.timedelta(minutes=1) + 1
