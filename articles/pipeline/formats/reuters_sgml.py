"""Reuters-21578: dispatches of 1987 in SGML, tagged by hand. Not XML: no root, references to control characters."""

import datetime
import html
import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from articles.pipeline.formats.texts.reuters_names import person_name, place_name, topic_name
from articles.pipeline.formats.texts.reuters_text import dispatch_markdown
from articles.pipeline.formats.texts.written_dates import written_day
from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import ArticleRecord, Note, Position, Problem, Tag

from .base import Parsed

SOURCE = "Reuters"
# The collection names no zone. Prices headed "11:50 EDT" and news "at 2100 GMT" are dated by the clock of New York.
ZONE = ZoneInfo("America/New_York")
LARGEST_ARTICLE = 1_000_000
END = "</REUTERS>"

# Stock exchanges and organisations are tagged, too, but the archive has no such subjects.
_TAGS = (("TOPICS", "topic", topic_name), ("PLACES", "place", place_name), ("PEOPLE", "person", person_name))
_SLUG = re.compile(r"<D>([^<]*)</D>")
_ID = re.compile(r'^<REUTERS\b[^>]*\bNEWID="?([^"\s>]+)')
_BEGIN_OR_END = re.compile(rf"(?=<REUTERS\b)|(?<={END})")
_DATE = re.compile(r"\s*(\d{1,2}-[A-Za-z]{3}-\d{4})(?:\s+(\d\d:\d\d:\d\d(?:\.\d{1,6})?)(?!\d))?")
_MARK = re.compile(r"</?[A-Z]+[^<>]*>")
# What the makers of the collection put where a short notice has no text.
_FILLER = re.compile(r"\A\s*\*+|Blah blah blah\.")


class ReutersSgml:
    name = "reuters_sgml"
    label = "Reuters-21578, SGML"

    def recognises(self, file: InputFile) -> bool:
        return file.head_text().lstrip().startswith(("<!DOCTYPE lewis", "<REUTERS "))

    def parse(self, file: InputFile) -> Iterator[Parsed]:
        position = None
        for number, markup in _articles(file):
            position = Position(file.name, number)
            yield from _parse_article(markup, position)
        if position is None:
            yield Problem(Position(file.name), "There is no <REUTERS> article in the file.", "Name another --format.")


def _articles(file: InputFile) -> Iterator[tuple[int, str]]:
    """The markup of each article with the line where it begins; without its end if that is missing or too far."""
    begins_at, lines, size = 0, [], 0
    for number, line in file.lines():
        for part in _BEGIN_OR_END.split(line) if "REUTERS" in line else (line,):
            if part.startswith("<REUTERS"):
                if lines:
                    yield begins_at, "\n".join(lines)
                begins_at, lines, size = number, [], 0
            size += len(part)
            if begins_at and size <= LARGEST_ARTICLE:
                lines.append(part)
            if part.endswith(END) and lines:
                yield begins_at, "\n".join(lines)
                begins_at, lines = 0, []
    if lines:
        yield begins_at, "\n".join(lines)


def _parse_article(markup: str, position: Position) -> Iterator[Parsed]:
    if not markup.endswith(END):
        advice = f"Add {END} where it ends, or fetch the file again if it was cut off."
        yield Problem(position, f"The article does not end within {LARGEST_ARTICLE:,} characters.", advice)
        return
    record = _record(markup, position)
    if record.headline or record.body:
        yield from _notes(record, markup)
        yield record
    else:
        yield Problem(position, "The article has neither a title nor a text.", "Give at least one of them.")


def _notes(record: ArticleRecord, markup: str) -> Iterator[Note]:
    if record.published_on is None:
        date = _plain(_element("DATE", markup))[:40]
        yield Note(record.position, f"The date “{date}” names no day; the article goes in without one.")


def _record(markup: str, position: Position) -> ArticleRecord:
    text = _element("TEXT", markup)
    day, time = _date(_element("DATE", markup))
    identity = _ID.match(markup)
    return ArticleRecord(
        position,
        headline=_plain(_element("TITLE", text)),
        body=dispatch_markdown(_dispatch(text)),
        byline=_plain(_element("AUTHOR", text)),
        published_on=day,
        published_at=time,
        language="en",
        source=SOURCE,
        external_id=identity[1] if identity else "",
        tags=tuple(_tags(markup)),
    )


def _element(name: str, markup: str) -> str:
    """What stands between the marks of an element; "" if it is missing or not closed."""
    start = markup.partition(f"<{name}")[2].partition(">")[2]
    content, end, _ = start.partition(f"</{name}>")
    return content if end else ""


def _dispatch(text: str) -> str:
    """The text as it came over the wire, from the dateline on. Lines that were left outside of the body count, too."""
    for name in ("TITLE", "AUTHOR"):
        text = text.replace(f"<{name}>{_element(name, text)}</{name}>", "", 1)
    return _FILLER.sub("", html.unescape(_MARK.sub("", text)))


def _plain(markup: str) -> str:
    return " ".join(html.unescape(markup).split())


def _date(markup: str) -> tuple[datetime.date | None, datetime.datetime | None]:
    """The day and the exact time of "26-FEB-1987 15:01:01.79"; what follows is noise."""
    found = _DATE.match(markup)
    day = written_day(found[1]) if found else None
    try:
        time = datetime.time.fromisoformat(found[2]) if day and found[2] else None
    except ValueError:
        time = None
    return day, datetime.datetime.combine(day, time, ZONE) if time else None


def _tags(markup: str) -> Iterator[Tag]:
    for element, kind, name in _TAGS:
        for slug in _SLUG.findall(_element(element, markup)):
            yield Tag(kind, name(slug.strip()))
