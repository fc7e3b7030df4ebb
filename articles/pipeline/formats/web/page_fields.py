"""What a web page says about its article, in one way or another."""

import datetime
from dataclasses import dataclass, fields, replace

from articles.pipeline.records import Tag

from .web_dates import read_web_date

# A page may repeat its date in a dozen ways, one of which is a joke.
LONGEST_DATE = 100


@dataclass(frozen=True)
class PageFields:
    """As in ArticleRecord. `unread_date` is what stands for a date and names no day."""

    headline: str = ""
    summary: str = ""
    byline: str = ""
    published_on: datetime.date | None = None
    published_at: datetime.datetime | None = None
    unread_date: str = ""
    language: str = ""
    source: str = ""
    url: str = ""
    rights: str = ""
    tags: tuple[Tag, ...] = ()

    def or_else(self, other: "PageFields") -> "PageFields":
        """Each field from the other where this one has none."""
        merged = {each.name: getattr(self, each.name) or getattr(other, each.name) for each in fields(self)}
        if self.published_on and self.published_on != other.published_on:
            merged["published_at"] = self.published_at
        return replace(self, **merged)


def dated(texts: list[str]) -> dict:
    """The fields for the first of the texts that names a day."""
    texts = [text.strip() for text in texts if text and text.strip()]
    for text in texts:
        day, time = read_web_date(text[:LONGEST_DATE])
        if day:
            return {"published_on": day, "published_at": time}
    return {"unread_date": texts[0]} if texts else {}
