"""What passes between the stations of the pipeline: plain values, no models, no database."""

import datetime
import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import NamedTuple

# Control characters have no place in an article, PostgreSQL refuses NUL, and lone surrogates cannot be written.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")
# What is no part of the content of a record.
_NOT_DIGESTED = frozenset({"position", "given_key", "slug"})
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Position:
    """Where a record begins: a file, and a line counted from 1 where there are lines."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True)
class Problem:
    """Something that could not be read. `reason` and `advice` are whole sentences."""

    position: Position
    reason: str
    advice: str = ""

    def __str__(self) -> str:
        return f"{self.position}: {self.reason} {self.advice}".rstrip()


@dataclass(frozen=True)
class Note:
    """Something the user should know though nothing went wrong: what was guessed, what was passed over.
    `without_source` is a sentence more, for those who did not say what the source is."""

    position: Position
    text: str
    without_source: str = ""

    def __str__(self) -> str:
        return f"{self.position}: {self.in_full}"

    @property
    def in_full(self) -> str:
        return f"{self.text} {self.without_source}".rstrip()


@dataclass(frozen=True)
class Tag:
    """A subject as the source names it. `kind` is a word of SUBJECT_KINDS.

    `code` is an identifier the archive knows subjects by: "medtop:20000065" (IPTC Media Topics), "wikidata:Q79",
    "geonames:281133" or "iso3166:EG". Codes of other schemes are left out. Either may be empty, not both.
    """

    kind: str
    name: str = ""
    code: str = ""


@dataclass(frozen=True)
class ArticleRecord:
    """An article as a file has it. `body` is Markdown; `source` is a name; empty means not known.

    `version` counts up with each correction of the same story; `is_withdrawn` means that the source took it back.
    `is_complete` means that what is empty shall stay empty, as in files that an archive exported.
    `given_key` and `slug` are those that an article has in the archive that exported it.
    `copy` counts the earlier files of the same import with the same text, where nothing else tells them apart.
    """

    position: Position
    headline: str = ""
    body: str = ""
    summary: str = ""
    byline: str = ""
    published_on: datetime.date | None = None
    published_at: datetime.datetime | None = None
    language: str = ""
    source: str = ""
    url: str = ""
    external_id: str = ""
    rights: str = ""
    version: int | None = None
    is_withdrawn: bool = False
    copy: int = 0
    tags: tuple[Tag, ...] = ()
    headline_is_derived: bool = False
    is_complete: bool = False
    given_key: str = ""
    slug: str = ""

    def with_source(self, source: str) -> "ArticleRecord":
        return replace(self, source=self.source or source)

    @cached_property
    def fingerprint(self) -> str:
        """The same for equal texts, whatever their spacing. 32 hexadecimal digits."""
        text = self.body or f"{self.headline}\n{self.summary}"
        return _digest(" ".join(text.split()))

    @cached_property
    def key(self) -> str:
        """The identity of the record: the one that an archive gave it, else its source and id there, else its
        address, else its headline, day and text."""
        if self.given_key:
            return self.given_key
        if self.external_id:
            return f"id:{_digest(json.dumps([self.source, self.external_id]))}"
        if self.url:
            return f"url:{_digest(self.url)}"
        headline = "" if self.headline_is_derived else " ".join(self.headline.split())
        copy = [self.copy] if self.copy else []
        return f"text:{_digest(json.dumps([headline, str(self.published_on), self.fingerprint, *copy]))}"

    @cached_property
    def digest(self) -> str:
        """Changes whenever anything in the record changes; where it was found does not count."""
        return _digest(repr([getattr(self, each.name) for each in fields(self) if each.name not in _NOT_DIGESTED]))


class LinkRecord(NamedTuple):
    """That a record is about a subject. `origin` and `status` are values of Link.Origin and Link.Status."""

    kind: str
    subject_id: int
    origin: str
    status: str
    confidence: float
    mentions: int

    def with_mentions(self, mentions: int) -> "LinkRecord":
        return self._replace(mentions=mentions)


@dataclass(frozen=True)
class AnnotatedRecord:
    """A record with what it is about; `unknown_tags` name no known subject.

    `key`, `digest` and `fingerprint` are those of the record as it was read, before it got a headline.
    """

    record: ArticleRecord
    key: str
    digest: str
    fingerprint: str
    links: tuple[LinkRecord, ...] = ()
    unknown_tags: tuple[Tag, ...] = ()


def clean_text(text: str) -> str:
    """Text that every database can hold: composed accents, line ends as "\\n", no control characters, no lone
    surrogates."""
    if not text.replace("\n", " ").isprintable():  # a quick look: most texts need no more
        text = _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        text = _SURROGATE.sub("\ufffd", text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
