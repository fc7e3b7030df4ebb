"""Dated text: ` date 2024-03-21 Lead…`, paragraphs between blank lines, short lines as section headings.

A file may hold several articles; each begins with a date line at the beginning of the file or after a blank
line. Lines that are nothing but an advertising marker are dropped.
"""

import re
from collections.abc import Iterator

from articles.markdown import escape_markdown
from articles.pipeline.dates import InvalidDate, parse_date
from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import ArticleRecord, Position, Problem, clean_text

LONGEST_HEADING = 100

_DATE_LINE = re.compile(
    r"^[ \t]{0,3}date[ \t]+(?P<date>\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})(?:[ \t]+(?P<text>.*)|[ \t]*)$", re.IGNORECASE
)
_ADVERTISING = re.compile(
    r"^\W*(?:(?:story|article) continues (?:below|after)\W*(?:this )?)?"
    r"(?:advertis?e?ments?|sponsored content)\W*+(?:(?:scroll to )?continue(?: reading)?)?\W*$",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"[.!?…:;,\"”»’')\]。！？]$")

Line = tuple[int, str]


class DatedText:
    name = "dated_text"
    label = "texts that begin with “date YYYY-MM-DD”"

    def recognises(self, file: InputFile) -> bool:
        first = next((line for line in file.head_text().splitlines() if line.strip()), "")
        return bool(_DATE_LINE.match(first))

    def parse(self, file: InputFile) -> Iterator[ArticleRecord | Problem]:
        article: list[Line] = []
        after_blank = True
        for number, line in file.lines():
            if after_blank and article and _DATE_LINE.match(line):
                yield _parse_article(file.name, article)
                article = []
            after_blank = not line.strip()
            if article or not after_blank:
                article.append((number, line))
        if article:
            yield _parse_article(file.name, article)


def _parse_article(name: str, lines: list[Line]) -> ArticleRecord | Problem:
    position = Position(name, lines[0][0])
    found = _DATE_LINE.match(lines[0][1])
    if not found:
        advice = "Begin each article with a line “date 2024-03-21 ” and its lead, or name another --format."
        return Problem(position, "The text does not begin with a date.", advice)
    try:
        date = parse_date(found["date"])
    except InvalidDate as error:
        return Problem(position, str(error), "Write it as year-month-day, for example 2024-03-21.")
    body = _body(_paragraphs([found["text"] or "", *(line for _, line in lines[1:])]))
    if not body:
        return Problem(position, "There is no text after the date.", "Write the text, or remove the date line.")
    return ArticleRecord(position, body=body, published_on=date)


def _paragraphs(lines: list[str]) -> list[list[str]]:
    """Lines grouped by the blank lines between them, without advertising markers."""
    paragraphs: list[list[str]] = [[]]
    for text in (part.strip() for line in lines for part in clean_text(line).split("\n")):
        if not text:
            paragraphs.append([])
        elif not _ADVERTISING.match(text):
            paragraphs[-1].append(text)
    return [paragraph for paragraph in paragraphs if paragraph]


def _body(paragraphs: list[list[str]]) -> str:
    blocks = []
    for number, lines in enumerate(paragraphs):
        text = escape_markdown(" ".join(lines))
        is_between = 0 < number < len(paragraphs) - 1
        blocks.append(f"## {text}" if is_between and _is_heading(lines) else text)
    return "\n\n".join(blocks)


def _is_heading(lines: list[str]) -> bool:
    """A short line without closing punctuation."""
    return len(lines) == 1 and len(lines[0]) <= LONGEST_HEADING and not _CLOSING.search(lines[0])
