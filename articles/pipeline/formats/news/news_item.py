"""What the news formats of the IPTC have in common: when an item came out, how it was taken back, its dateline."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import replace

from articles.markdown import escape_markdown, plain_text
from articles.pipeline.dates import InvalidDate, parse_day_and_time
from articles.pipeline.records import ArticleRecord, Note, Position, Problem, Tag

# What IPTC calls the nature of an item; those in MEDIA are no articles, whatever text stands beside them.
NATURES = {
    "picture": "a picture", "graphic": "a graphic", "audio": "a sound recording", "animation": "an animation",
    "video": "a video", "composite": "a composite item", "component": "a part of an item",
}  # fmt: skip
MEDIA = {"picture", "graphic", "audio", "animation"}
OTHER_ITEMS = "Import the news items of text that belong to it."
WITHDRAWN = {"canceled", "cancelled", "withheld", "withdrawn", "killed", "kill"}

# How far into a text its dateline may reach.
DATELINE_LENGTH = 60

_AGENCY = re.compile(r"^\([^()]{2,30}\)\W|\([^()]{2,30}\)[\s.]*[-–—_:]|/[^/\s]{2,30}/[\s.]*[-–—:.]")
# EFE writes the time of its machines into the dateline.
_MACHINE_TIME = re.compile(r"\b\d{8}T\d{4,6}(?:Z|[+-]\d{4})?")

Moment = tuple[datetime.date | None, datetime.datetime | None]
UNKNOWN: Moment = (None, None)


def first_moment(texts: Iterable[str], position: Position) -> tuple[Moment, list[Note]]:
    """The first of the dates that is one, and a note for each before it that is not."""
    notes = []
    for text in texts:
        if not text.strip():
            continue
        try:
            return parse_day_and_time(text), notes
        except InvalidDate as error:
            notes.append(Note(position, f"{error} It is passed over."))
    return UNKNOWN, notes


def not_before(moment: Moment, embargo: Moment) -> Moment:
    """What is embargoed comes out when the embargo ends."""
    if moment[1] and embargo[1]:
        return max(moment, embargo, key=lambda moment: moment[1])
    return moment


def after_embargo(moment: Moment, end: str, position: Position) -> tuple[Moment, list[Note]]:
    """When an item under embargo comes out, with a note where the embargo names no end."""
    embargo, notes = first_moment([end], position)
    if embargo == UNKNOWN:
        notes.append(Note(position, "It is under an embargo that names no end: look when it may be published."))
    return not_before(moment, embargo), notes


def is_withdrawn(status: str) -> bool:
    """Whether a status such as "stat:canceled", or the address of one, takes an item back."""
    return last_word(status).lower() in WITHDRAWN


def is_address(name: str) -> bool:
    """Whether a source is named by its address in the web, such as rivertonpress.example."""
    return "." in name and " " not in name


def last_word(code: str) -> str:
    """What a code or an address says without its scheme: "canceled" for "stat:canceled"."""
    return re.split("[:/#]", code.strip().rstrip("/#"))[-1]


def meaningful(tags: Iterable[Tag]) -> tuple[Tag, ...]:
    """The tags that say anything."""
    return tuple(tag for tag in tags if tag.name or tag.code)


def subject_name(text: str) -> str:
    """The name of a subject; "" for the letter that American agencies mark a category with."""
    return "" if len(text) == 1 and text.isascii() else text


def number_of(text: str) -> int | None:
    """A version; None where it is no plain number."""
    return int(text) if text.strip().isascii() and text.strip().isdigit() and len(text) < 20 else None


def with_dateline(body: str, dateline: str) -> str:
    """The body beginning with its dateline, as it was printed, unless it does so already."""
    first, parted, rest = body.partition("\n\n")
    dateline = _MACHINE_TIME.sub("", dateline).strip(" ,–—-")
    if not body or not any(map(str.isalpha, dateline)):
        return body
    if _is_block(first) or _has_dateline(plain_text(first), dateline):
        return body
    return f"{escape_markdown(dateline)} – {first}{parted}{rest}"


def without_headline(body: str, headline: str) -> str:
    """The body without a repetition of the headline above it."""
    first, _, rest = body.partition("\n\n")
    words = plain_text(first).split()
    return rest if rest and words == headline.split() else body


def completed(record: ArticleRecord, substitute: str) -> ArticleRecord:
    """The record with `substitute` for a headline if it was taken back and came without any words."""
    if record.is_withdrawn and not record.headline and not record.body:
        return replace(record, headline=substitute, headline_is_derived=True)
    return record


def objection(nature: str, record: ArticleRecord, has_text: bool) -> Problem | None:
    """Why an item of this nature is no article; None if it is one."""
    named = f": “{record.headline[:100]}”" if record.headline else ""
    if nature in MEDIA:
        return Problem(record.position, f"This is {NATURES[nature]}, not an article{named}.", OTHER_ITEMS)
    if has_text or record.is_withdrawn:
        return None
    if nature in NATURES:
        return Problem(record.position, f"This is {NATURES[nature]} without a text{named}.", OTHER_ITEMS)
    if record.headline or record.body:
        return None
    return Problem(record.position, "This item has neither a headline nor a text.", "Ask its source for a whole one.")


def _is_block(paragraph: str) -> bool:
    """Whether it is a heading, a list, a quotation or the like, which no dateline stands before."""
    return paragraph.startswith(("#", ">", "|", "- ", "1. ", "    "))


def _has_dateline(text: str, dateline: str) -> bool:
    """Whether a text begins with the place, or with an agency in brackets as in "Oslo, May 8 (RP) -"."""
    beginning = text.lstrip(" (–—-")[:DATELINE_LENGTH]
    place = re.split(r"[,.;:(–—-]", dateline, maxsplit=1)[0].strip()
    if beginning.casefold().startswith(place.casefold()) or place.upper() in beginning:
        return True
    return bool(_AGENCY.search(text[:DATELINE_LENGTH])) or (place in beginning and any(map(str.isdigit, place)))
