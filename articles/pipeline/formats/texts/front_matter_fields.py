"""What the keys above a Markdown text mean. Site generators agree on no names, but on few."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from articles.pipeline.records import Tag

from .written_dates import read_date

# The first key that has a value counts.
KEYS = {
    "headline": ("title", "headline"),
    "summary": ("summary", "description", "excerpt", "abstract", "standfirst", "lead"),
    "byline": ("byline", "author", "authors", "by", "creator"),
    "language": ("language", "lang", "locale"),
    "url": ("canonical_url", "canonical", "url", "link", "original_url", "source_url", "permalink"),
    "source": ("source", "publisher", "publication", "site_name"),
    "external_id": ("external_id", "id", "guid", "uid", "slug"),
    "rights": ("rights", "copyright", "license", "licence"),
}
DATE_KEYS = ("published_at", "published_on", "published", "pubdate", "publish_date", "date_published", "date")
TAG_KEYS = {
    "topic": ("topics", "topic", "tags", "tag", "categories", "category", "keywords", "subjects"),
    "person": ("people", "persons", "person"),
    "place": ("places", "place", "locations", "location"),
}
# They say how a page looks, or when it was last touched.
PASSED_OVER = {
    "cover", "comments", "draft", "featured", "image", "last_modified_at", "lastmod", "layout", "modified", "template",
    "thumbnail", "toc", "type", "updated", "weight",
}  # fmt: skip
KNOWN_KEYS = {key for keys in (*KEYS.values(), *TAG_KEYS.values(), DATE_KEYS) for key in keys}
_NOTHING = {"", "~", "null", "none"}


@dataclass(frozen=True)
class FrontMatterFields:
    """`values` are fields of ArticleRecord; `unread_date` is what was no date; `unread_keys` mean nothing here."""

    values: dict
    tags: tuple[Tag, ...]
    unread_date: str
    unread_keys: tuple[str, ...]


def read_fields(front: dict) -> FrontMatterFields:
    named = {_name(key): value for key, value in reversed(front.items())}
    values: dict = {field: _first(named, keys) for field, keys in KEYS.items()}
    values["language"] = values["language"].replace("_", "-")
    if values["source"].startswith(("http://", "https://")):
        values["url"], values["source"] = values["url"] or values["source"], ""
    dates = [date for key in DATE_KEYS if (date := ", ".join(_texts(named.get(key)))) not in ("", "true")]
    read = [read_date(date) for date in dates]
    values["published_on"] = next((day for day, _ in read if day), None)
    values["published_at"] = next((time for _, time in read if time), None)
    unread_date = dates[0] if dates and not values["published_on"] else ""
    unread = tuple(str(key) for key in front if _name(key) not in KNOWN_KEYS | PASSED_OVER)
    return FrontMatterFields(values, tuple(_tags(named)), unread_date, unread)


def is_draft(front: dict) -> bool:
    marks = {_name(key): str(value).strip().lower() for key, value in front.items()}
    return marks.get("draft") in ("true", "yes", "on") or marks.get("published") in ("false", "no", "off")


def _name(key: object) -> str:
    return str(key).strip().lower().replace("-", "_").replace(" ", "_")


def _first(named: dict, keys: Iterable[str]) -> str:
    return next((text for key in keys if (text := ", ".join(_texts(named.get(key))))), "")


def _texts(value: object) -> list[str]:
    """The texts in a value: itself, those of a list, or the name in a mapping such as {name: Ada, email: …}."""
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    if isinstance(value, dict):
        return _texts(value.get("name") or value.get("title"))
    text = " ".join(str(value or "").split())
    return [] if text.lower() in _NOTHING else [text]


def _tags(named: dict) -> Iterator[Tag]:
    for kind, keys in TAG_KEYS.items():
        for key in keys:
            value = named.get(key)
            names = str(value).split(",") if isinstance(value, str) else _texts(value)
            yield from (Tag(kind, name.strip()) for name in names if name.strip().lower() not in _NOTHING)
