"""The main text of a web page, found by trafilatura among menus, advertisements and comments."""

import logging
from dataclasses import dataclass

import trafilatura
from lxml import etree, html

from articles.pipeline.markup.html import markdown_from_html

from .loose_text import put_into_paragraphs

# What is larger would keep trafilatura busy for minutes, and is no article.
LARGEST_PAGE = 5_000_000
MOST_ELEMENTS = 100_000
# With what trafilatura and justext may break on pages that nobody vouches for.
BREAKS = (ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError, etree.LxmlError)

# What they would log, the import says itself.
for _name in ("trafilatura", "justext"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class InvalidPage(Exception):
    """The page cannot be read. The arguments are the reason and the advice."""


@dataclass(frozen=True)
class MainText:
    """`link_share` says how much of the text is that of links, from 0 to 1."""

    markdown: str = ""
    link_share: float = 0


def page_tree(text: str) -> html.HtmlElement:
    """The page; what lies more than 256 elements deep is left out. Raises InvalidPage."""
    if len(text) > LARGEST_PAGE or text.count("<") > 2 * MOST_ELEMENTS:
        reason = f"The page has {len(text):,} characters and {text.count('<'):,} marks."
        raise InvalidPage(reason, f"Up to {LARGEST_PAGE:,} and {2 * MOST_ELEMENTS:,} are read.")
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        raise InvalidPage("The page is empty.", "Save it again, or leave it out.") from None
    put_into_paragraphs(tree)
    return tree


def main_text(tree: html.HtmlElement, url: str) -> MainText:
    """Raises InvalidPage."""
    try:
        found = trafilatura.extract(
            tree, url=url or None, output_format="html", include_comments=False, include_links=True,
            include_formatting=True,
        )  # fmt: skip
    except BREAKS as error:
        raise InvalidPage(f"The page cannot be read ({str(error)[:100]}).", "Save its text, and import that.") from None
    return MainText(markdown_from_html(found), _link_share(found)) if found else MainText()


def _link_share(found: str) -> float:
    tree = html.fromstring(found)
    linked = sum(len(link.text_content()) for link in tree.iter("a"))
    return linked / max(len(" ".join(tree.text_content().split())), 1)
