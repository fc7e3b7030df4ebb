"""Every address of the site by its pattern, what a browser would send of a page's form, and all that is stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from django.apps import apps
from django.urls import URLPattern, get_resolver

# Logging in writes a session; the queue of the search index is worked off by whoever searches first.
NOT_STORED_BY_PEOPLE = {"sessions.Session", "articles.IndexChange"}


def addresses_under(start: str) -> dict[str, URLPattern]:
    """{the pattern of an address: where it leads}, of all that begin so."""
    return {route: pattern for route, pattern in _walk(get_resolver().url_patterns) if route.startswith(start)}


def _walk(patterns, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        route = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield route, pattern
        else:
            yield from _walk(pattern.url_patterns, route)


def everything_stored() -> dict[str, list[str]]:
    """All rows of all tables."""
    models = [each for each in apps.get_models(include_auto_created=True) if not each._meta.proxy]
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in models
        if model._meta.label not in NOT_STORED_BY_PEOPLE
    }


def what_changed(before: dict[str, list[str]]) -> list[str]:
    """The names of the tables that are not as they were."""
    now = everything_stored()
    return [label for label in before if before[label] != now[label]]


def form_of(html: str) -> dict[str, list[str]]:
    """What the page's main form holds: the longest one that is sent by POST."""
    reader = _FormReader()
    reader.feed(html)
    return max((form.values for form in reader.forms if form.is_post), key=len, default={})


@dataclass
class _Form:
    is_post: bool
    values: dict[str, list[str]]


class _FormReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[_Form] = []
        self._inside = False
        self._select, self._textarea = "", ""

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag == "form":
            self.forms.append(_Form((named.get("method") or "get").lower() == "post", {}))
            self._inside = True
        elif self._inside and tag == "input":
            self._take_input(named)
        elif tag == "select":
            self._select = named.get("name", "")
        elif tag == "option" and "selected" in named and self._select:
            self._add(self._select, named.get("value", ""))
        elif tag == "textarea" and self._inside:
            self._textarea = named["name"]
            self._add(self._textarea, "")

    def handle_endtag(self, tag):
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""

    def handle_data(self, data):
        if self._textarea:
            self.forms[-1].values[self._textarea][-1] += data.removeprefix("\n")

    def _take_input(self, named: dict) -> None:
        sort = named.get("type", "text")
        is_sent = sort not in ("submit", "button", "image", "checkbox", "radio", "file") or "checked" in named
        if is_sent and named.get("name"):
            self._add(named["name"], named.get("value") or "")

    def _add(self, name: str, value: str) -> None:
        if self._inside:
            self.forms[-1].values.setdefault(name, []).append(value)
