from collections.abc import Iterable

from articles.models import Article, Subject

from .subject import Absolute, Node
from .website import website


def collection_page(
    name: str, address: str, entries: Iterable[Article | Subject], total: int, absolute: Absolute, about: str = ""
) -> Node:
    """A page with a list, of which it shows the `entries`; `about` is the id of the node that it is about."""
    url = absolute(address)
    items = [(str(entry), entry.get_absolute_url()) for entry in entries]
    page = {
        "@type": "CollectionPage",
        "@id": url,
        "url": url,
        "name": name,
        "isPartOf": website(absolute),
        "mainEntity": {"@type": "ItemList", "numberOfItems": total, "itemListElement": _items(items, absolute)},
    }
    return page | ({"about": {"@id": about}} if about else {})


def breadcrumbs(steps: Iterable[tuple[str, str]], absolute: Absolute) -> Node:
    """The way to a page, as (name, path), from the outermost."""
    elements = [
        {"@type": "ListItem", "position": number, "name": name, "item": absolute(path)}
        for number, (name, path) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": elements}


def _items(items: list[tuple[str, str]], absolute: Absolute) -> list[Node]:
    return [
        {"@type": "ListItem", "position": number, "name": name, "url": absolute(path)}
        for number, (name, path) in enumerate(items, start=1)
    ]
