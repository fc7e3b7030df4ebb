"""What the archive can hold. Every record passes here, so that formats need not care."""

from collections.abc import Iterator
from dataclasses import replace

from articles.languages import is_language

from .records import ArticleRecord, Note, Problem, Tag, clean_text
from .text import shorten

# The longest values, as the columns of the tables have them.
LONGEST = {"byline": 300, "language": 35, "source": 200}
LONGEST_HEADLINE = 300
LONGEST_ID = 300
LONGEST_URL = 1000
LONGEST_NAME = 200
MOST_TAGS = 1_000
TEXTS = ("headline", "summary", "body", "byline", "language", "source", "url", "external_id", "rights")
LARGEST_VERSION = 2**31 - 1


def within_limits(record: ArticleRecord) -> ArticleRecord | Problem:
    """The record with clean texts of the lengths that fit; a Problem where cutting would change its meaning."""
    texts = {name: clean_text(getattr(record, name)).strip() for name in TEXTS}
    if len(texts["external_id"]) > LONGEST_ID:
        reason = f"The id has {len(texts['external_id'])} characters."
        return Problem(
            record.position, reason, f"Shorten it to {LONGEST_ID}: an id that is cut may name another article."
        )
    if not texts["headline"] and not texts["body"]:
        return Problem(record.position, "There is neither a headline nor a text.", "Give at least one of them.")
    for name, longest in LONGEST.items():
        texts[name] = shorten(texts[name], longest)
    texts["language"] = _language(texts["language"])
    headline = " ".join(texts["headline"].split())
    if len(headline) > LONGEST_HEADLINE:
        texts["summary"] = texts["summary"] or headline
    texts["headline"] = shorten(headline, LONGEST_HEADLINE)
    texts["url"] = texts["url"] if _is_address(texts["url"]) else ""
    version = record.version if record.version is not None and 0 <= record.version <= LARGEST_VERSION else None
    return replace(record, **texts, version=version, tags=_tags(record.tags))


def notes_on(record: ArticleRecord) -> Iterator[Note]:
    """What of the record is left out because it makes no sense, and loses nothing else."""
    language = clean_text(record.language).strip()
    if language and not _language(language):
        yield Note(
            record.position,
            f"“{shorten(language, 40)}” is no language, such as en, fr or pt-BR; the article goes in without one.",
        )


def _language(text: str) -> str:
    """The tag; empty where it names no language. Systems write their locales en_US."""
    tag = text.replace("_", "-")
    return tag if is_language(tag) else ""


def _is_address(url: str) -> bool:
    return url.startswith(("http://", "https://")) and len(url) <= LONGEST_URL and not any(map(str.isspace, url))


def _tags(tags: tuple[Tag, ...]) -> tuple[Tag, ...]:
    """Each tag once, with a clean name."""
    clean = (Tag(tag.kind, " ".join(clean_text(tag.name).split())[:LONGEST_NAME], tag.code) for tag in tags[:MOST_TAGS])
    return tuple(dict.fromkeys(tag for tag in clean if tag.name or tag.code))
