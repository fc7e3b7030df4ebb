"""Finding elements whatever their namespace: agencies write the same element in one of several, or in none."""

from collections.abc import Iterator
from html import unescape

from lxml.etree import _Element

from articles.pipeline.markup.html import text_from_element
from articles.pipeline.markup.xml import local_name

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def find(element: _Element | None, path: str) -> _Element | None:
    """The first element at a path such as "head/docdata"."""
    return None if element is None else element.find(_anywhere(path))


def find_all(element: _Element | None, path: str) -> list[_Element]:
    return [] if element is None else element.findall(_anywhere(path))


def attribute(element: _Element | None, path: str, name: str) -> str:
    """An attribute of the first element at the path that has it, or of the element itself for ""."""
    found = find_all(element, path) if path else [element]
    return next((value.strip() for part in found if part is not None and (value := part.get(name)) is not None), "")


def texts(element: _Element | None, path: str) -> Iterator[str]:
    """The words of each element at the path that has any."""
    return (text for found in find_all(element, path) if (text := text_from_element(found)))


def first_text(element: _Element | None, path: str) -> str:
    return next(texts(element, path), "")


def has_elements(element: _Element) -> bool:
    """Whether there is more in it than text and entities."""
    return any(map(local_name, element))


def raw_text(element: _Element) -> str:
    """The text of an element without elements as it is laid out, with entities read as those of HTML."""
    parts = [element.text or "", *(unescape(entity.text or "") + (entity.tail or "") for entity in element)]
    return "".join(parts)


def _anywhere(path: str) -> str:
    return "/".join(f"{{*}}{name}" for name in path.split("/"))
