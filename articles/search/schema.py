"""The fields of the search index. Whoever changes them raises VERSION: older indexes are then rebuilt."""

import datetime

import tantivy

VERSION = 1

# Facets and dates are unsigned "fast" columns; several values to an article; 0 means none.
NUMBER_FIELDS = ("people", "places", "topics", "source", "year", "month", "day")
# Sort keys, largest first: see `sort_keys`.
SORT_FIELDS = ("newest", "oldest")
# Columns that are only read back: the article's id, and a digest of everything indexed about it.
RETURNED_FIELDS = ("pk", "digest")
TEXT_FIELDS = ("id", "headline", "text", "status", "language")
ANALYZER = "folded_english"


def build_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    # The id as raw text serves for deleting: deleting by an unsigned number deletes nothing, silently.
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("headline", tokenizer_name=ANALYZER)
    builder.add_text_field("text", tokenizer_name=ANALYZER)
    builder.add_text_field("status", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("language", tokenizer_name="raw", index_option="basic", fast=True)
    for name in NUMBER_FIELDS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in (*SORT_FIELDS, *RETURNED_FIELDS):
        builder.add_unsigned_field(name, fast=True)
    return builder.build()


def build_analyzer() -> tantivy.TextAnalyzer:
    """Lower case, no accents, English stems. The same for texts and for what people type."""
    steps = (
        tantivy.Filter.remove_long(100),
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
        tantivy.Filter.stemmer("english"),
    )
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in steps:
        builder = builder.filter(step)
    return builder.build()


def sort_keys(pk: int, day: datetime.date | None, time: datetime.datetime | None) -> tuple[int, int]:
    """Keys for newest first and oldest first, both to be sorted downwards, so that undated comes last.

    22 bits for the day, 11 for the minute of the day, 30 for the id: ties never depend on the engine.
    """
    low = pk & ((1 << 30) - 1)
    if day is None:
        return low, low
    minute = time.hour * 60 + time.minute + 1 if time else 0
    moment = (day.toordinal() << 11) | minute
    return (moment << 30) | low, (((1 << 33) - 1 - moment) << 30) | low
