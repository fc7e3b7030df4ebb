"""The byline of a web page, freed of what stands in the same line: dates, times and names at other services."""

import re

from articles.pipeline.formats.texts.written_dates import MONTHS

LONGEST_LINE, LONGEST_BYLINE = 500, 150

_MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_WHEN = re.compile(
    rf"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|{_MONTH}\s+\d|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}"
    r"|\d{1,2}[:.]\d\d\s*[ap]\.?m\b|\d{1,2}:\d\d\b|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"
    r"|(?:updated|published|posted)\b|\d+ (?:min|hr|hour|day|week|month|year)\w*)",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<!\S)@\w+")
_LEFT_OVER = re.compile(r"(?:\s+(?:on|at|am|le|el)|[\s|•·,;:–—-])+$", re.IGNORECASE)
_NO_NAME = re.compile(r"(?:by|von|par|por|di|de|av|af)?\W*", re.IGNORECASE)


def byline_of(text: str) -> str:
    """ "" for what names nobody."""
    words = " ".join(_HANDLE.sub(" ", text[:LONGEST_LINE]).split())
    when = _WHEN.search(words)
    words = _LEFT_OVER.sub("", words[: when.start()] if when else words)
    return "" if _NO_NAME.fullmatch(words) or len(words) > LONGEST_BYLINE else words
