"""The first lines of a plain text: its headline, who wrote it, when it was published, where it stood.

Only what cannot be mistaken is read; everything else stays in the text.
"""

import re
from dataclasses import dataclass

from .wrapped_lines import continues
from .written_dates import read_date, written_day

LONGEST_HEADLINE = 150
# Of fields other than the headline; an address may fill a long line.
LONGEST_FIELD = 1_000
# A text with longer lines was not broken at a margin.
WIDEST_MARGIN = 120

LABELS = {
    "title": "headline", "headline": "headline", "by": "byline", "author": "byline", "byline": "byline",
    "date": "published_on", "published": "published_on", "published on": "published_on", "posted": "published_on",
    "posted on": "published_on", "url": "url", "link": "url",
}  # fmt: skip
_LABEL = re.compile(r"([a-z]{2,9}(?: on)?):\s+(\S.*)|((?:posted|published)(?: on)?)\s+([^\s:].*)", re.IGNORECASE)
_ADDRESS = re.compile(r"<?(https?://[^\s<>]+)>?")
_WORD = r"[^\W\d_a-z][\w.'’-]*"
_NAME = rf"{_WORD}(?:\s+(?:de|der|den|la|van|von|bin|{_WORD})){{1,4}}"
_AND = r"(?:,|,?\s+(?:and|AND|&))\s+"
_BYLINE = re.compile(rf"(?:By|BY|by)\s+{_NAME}(?:{_AND}{_NAME}){{0,5}}(?:(?:,|\s+in|\s+for)\s[^.!?]{{2,60}})?")
# CAIRO, Egypt, March 21, 2024 (Agency) -, and CAIRO – 21 March 2024:
_DATELINE = re.compile(
    r"[^\W\d_a-z][^.:;!?\d]{1,80}(?:[,،]|\s[-–—])\s+"
    r"([^,\s]+ \d{1,2},? \d{4}|\d{1,2} [^,،\s\d]+(?: [^,،\s\d]+)? \d{4})[,،]?(?: \([^()]{1,40}\))? ?[-–—:]"
)
_UNDERLINE = re.compile(r"([=~*_-])\1{2,}")
_SENTENCE_END = re.compile(r"(?<!\.)[.,;:][\"'”’»)\]]*$")
_BULLET = re.compile(r"[-*•] ")


@dataclass(frozen=True)
class TextHead:
    """What the first lines say, as fields of ArticleRecord, and the lines that follow them."""

    fields: dict
    lines: list[str]


def read_head(lines: list[str]) -> TextHead:
    fields: dict = {}
    lines = [line.rstrip() for line in lines]
    for position, line in enumerate(lines):
        if not line or (fields and _UNDERLINE.fullmatch(line.strip())):
            continue
        found = _labelled(line.strip()) or _headline(line.strip(), lines[position + 1 : position + 50])
        if not found or found.keys() & fields.keys():
            return TextHead(_dateline(line) | fields, lines[position:])
        fields |= found
    return TextHead(fields, [])


def _labelled(line: str) -> dict:
    """The field that the line is, with a label or by its form; {} if it is none."""
    if len(line) > LONGEST_FIELD:
        return {}
    found = _LABEL.fullmatch(line)
    label, value = ((found[1] or found[3]).lower(), found[2] or found[4]) if found else ("", line)
    name = LABELS.get(label, "")
    if name in ("headline", "byline"):
        return {name: value}
    if (address := _ADDRESS.fullmatch(value)) and name in ("url", ""):
        return {"url": address[1]}
    if name in ("published_on", "") and (date := _date(value)):
        return date
    return {"byline": line} if not found and _BYLINE.fullmatch(line) else {}


def _date(text: str) -> dict:
    day, time = read_date(text)
    return ({"published_on": day} if day else {}) | ({"published_at": time} if time else {})


def _headline(line: str, following: list[str]) -> dict:
    """A short line without a full stop, before more text that does not go on with it."""
    is_short = len(line) <= LONGEST_HEADLINE and any(map(str.isalpha, line))
    if not is_short or not any(following) or _SENTENCE_END.search(line) or _BULLET.match(line):
        return {}
    return {} if _goes_on(line, following) else {"headline": line}


def _goes_on(line: str, following: list[str]) -> bool:
    """Whether the next line is of the same paragraph."""
    if not following[0] or _labelled(following[0].strip()):
        return False
    width = max(len(line), *map(len, following))
    is_broken = width <= WIDEST_MARGIN and continues(line, following[0], width)
    return is_broken or following[0].lstrip()[0].islower()


def _dateline(line: str) -> dict:
    found = _DATELINE.match(line)
    day = written_day(found[1]) if found else None
    return {"published_on": day} if day else {}
