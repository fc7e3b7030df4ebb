"""Articles that web pages describe for search engines: schema.org in JSON-LD."""

import html
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator

from articles.pipeline.markup.html import markdown_from_html, text_from_html
from articles.pipeline.markup.paragraphs import markdown_from_text
from articles.pipeline.records import Tag

from .page_fields import PageFields, dated

MOST_NODES = 10_000
ARTICLES = {"BlogPosting", "LiveBlogPosting", "Report", "SocialMediaPosting"}
LISTS = {"CollectionPage", "ItemList", "SearchResultsPage"}
PLACES = {"Place", "City", "Country", "State", "AdministrativeArea", "Landform", "Continent", "BodyOfWater"}

_WRAPPING = re.compile(r"\A\s*(?:<!--|(?://\s*)?<!\[CDATA\[)|(?:-->|(?://\s*)?\]\]>|;)\s*\Z")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_ENTITY = re.compile(r"wikidata\.org/(?:wiki|entity)/(Q\d+)|geonames\.org/(\d+)")


class LinkedData:
    """All that the scripts of a page say. Scripts that are no JSON are passed over: many are not."""

    def __init__(self, scripts: Iterable[str]) -> None:
        self.nodes = list(_nodes([_parse(script) for script in scripts]))
        self._by_id = {str(node["@id"]): node for node in reversed(self.nodes) if "@id" in node and len(node) > 1}

    @property
    def is_list(self) -> bool:
        return not self.article() and any(_types(node) & LISTS for node in self.nodes)

    def article(self, url: str = "") -> dict | None:
        """The node of the page's article: the one with its address, else the first."""
        articles = [node for node in self.nodes if _is_article(node)]
        own = (node for node in articles if url and url in (node.get("url"), node.get("@id"), _page(node)))
        return next(own, articles[0] if articles else None)

    def fields(self, url: str = "") -> PageFields:
        node = self.article(url)
        if node is None:
            return PageFields()
        dates = [_string(node.get(name)) for name in ("datePublished", "dateCreated", "uploadDate")]
        return PageFields(
            headline=self._name(node.get("headline")) or self._name(node.get("name")),
            summary=self._name(node.get("description")) or self._name(node.get("abstract")),
            byline=self._names(node.get("author")) or self._names(node.get("creator")),
            language=self._language(node.get("inLanguage")),
            source=self._name(node.get("publisher")) or self._name(node.get("sourceOrganization")),
            url=_string(node.get("url")) or _page(node),
            rights=self._name(node.get("copyrightNotice")) or _string(node.get("license")),
            tags=tuple(self._tags(node)),
            **dated(dates),
        )

    def body(self, url: str = "") -> str:
        text = _string((self.article(url) or {}).get("articleBody"))
        return markdown_from_html(text) if re.search(r"</?(?:p|br|div)\b", text) else markdown_from_text(text)

    def _resolved(self, value: object) -> object:
        """The node that a reference such as {"@id": "#publisher"} stands for."""
        is_reference = isinstance(value, dict) and "name" not in value and "@id" in value
        return self._by_id.get(str(value["@id"]), value) if is_reference else value

    def _name(self, value: object) -> str:
        """A text, or the name of what is described."""
        value = self._resolved(next(iter(_list(value)), None))
        if isinstance(value, dict):
            value = value.get("name") or value.get("@value")
        return text_from_html(_string(value))

    def _names(self, value: object) -> str:
        return ", ".join(dict.fromkeys(filter(_is_name, map(self._name, _list(value)))))

    def _language(self, value: object) -> str:
        value = self._resolved(next(iter(_list(value)), None))
        return _string(value.get("alternateName") if isinstance(value, dict) else value).replace("_", "-")

    def _tags(self, node: dict) -> Iterator[Tag]:
        for keywords in _list(node.get("keywords")):
            words = keywords.split(",") if isinstance(keywords, str) else [self._name(keywords)]
            yield from (Tag("topic", text_from_html(word)) for word in words)
        yield from (Tag("topic", self._name(section)) for section in _list(node.get("articleSection")))
        for name in ("about", "mentions", "contentLocation"):
            for subject in map(self._resolved, _list(node.get(name))):
                if isinstance(subject, dict) and (kind := _kind(subject)):
                    yield Tag(kind, self._name(subject), _code(subject))


def _parse(script: str) -> object:
    text = _WRAPPING.sub("", script)
    for attempt in (text, _TRAILING_COMMA.sub("", text), html.unescape(text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(data: object) -> Iterator[dict]:
    """Everything described at the top, not what belongs to it, such as the articles of a list."""
    waiting = deque([data])
    for _ in range(MOST_NODES):
        if not waiting:
            return
        value = waiting.popleft()
        if isinstance(value, list):
            waiting.extendleft(reversed(value))
        elif isinstance(value, dict):
            yield value
            waiting.extendleft(value.get(name) for name in ("publisher", "author", "mainEntity", "@graph"))


def _types(node: dict) -> set[str]:
    return {re.split(r"[/#:]", each)[-1] for each in _list(node.get("@type")) if isinstance(each, str)}


def _is_article(node: dict) -> bool:
    return any(each.endswith("Article") or each in ARTICLES for each in _types(node))


def _page(node: dict) -> str:
    page = node.get("mainEntityOfPage")
    return _string(page.get("@id") or page.get("url") if isinstance(page, dict) else page)


def _kind(subject: dict) -> str:
    types = _types(subject)
    if "Person" in types:
        return "person"
    if types & PLACES:
        return "place"
    return "topic" if types & {"Thing", "DefinedTerm", "Event"} else ""


def _code(subject: dict) -> str:
    addresses = [_string(address) for address in (*_list(subject.get("sameAs")), subject.get("@id"))]
    found = next((found for address in addresses if (found := _ENTITY.search(address))), None)
    if not found:
        return ""
    return f"wikidata:{found[1]}" if found[1] else f"geonames:{found[2]}"


def _is_name(text: str) -> bool:
    return bool(text) and not text.startswith(("http://", "https://"))


def _list(value: object) -> list:
    return value if isinstance(value, list) else [] if value is None else [value]


def _string(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
