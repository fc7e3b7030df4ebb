"""How the text of a page is spread over it: an article stands in one place, teasers stand in many."""

from collections import Counter

from lxml import html

from .loose_text import INLINE

# What belongs to the text of the element around it.
PARTS = INLINE | {"p", "blockquote", "ul", "ol", "li", "pre"}
NO_TEXT = {"a", "script", "style", "noscript", "template", "title", "option", "button", "textarea"}


def largest_text(tree: html.HtmlElement) -> tuple[int, float]:
    """The characters of the longest text that stands in one place, links apart, and its share in those of the page."""
    sizes: Counter[html.HtmlElement] = Counter()
    places: dict[html.HtmlElement, html.HtmlElement] = {}
    for element in tree.iter():
        around = places.get(element.getparent(), element)
        places[element] = around if element.tag in PARTS else element
        if element.tag not in NO_TEXT:
            sizes[places[element]] += _length(element.text)
        sizes[around] += _length(element.tail)
    largest = max(sizes.values(), default=0)
    return largest, largest / max(sum(sizes.values()), 1)


def _length(text: str | None) -> int:
    return len(" ".join(text.split())) if text else 0
