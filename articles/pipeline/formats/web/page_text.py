"""The main text of a web page, found by trafilatura among menus, advertisements and comments."""

import logging
from dataclasses import dataclass
from itertools import dropwhile

import trafilatura
from lxml import etree, html

from articles.markdown import plain_text
from articles.pipeline.formats.texts.written_dates import read_date
from articles.pipeline.markup.html import markdown_from_html

from .loose_text import put_into_paragraphs

# What is larger would keep trafilatura busy for minutes, and is no article.
LARGEST_PAGE = 5_000_000
MOST_ELEMENTS = 100_000
# How many blocks may repeat above the text what the page says about itself.
MOST_REPEATED = 8
# What stands above a text, such as its section, is no longer than this; its first paragraph is.
LONGEST_LABEL, SHORTEST_LEAD = 40, 60
NO_PARAGRAPH = ("#", ">", "|", "- ", "1. ", "    ")
ENDS_OF_SENTENCES = (*".!?…:;”\"»’'。！？)",)
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


def without_repetition(markdown: str, headline: str, byline: str, summary: str = "") -> str:
    """The text without what stands above it and is known already, or is no text: headline, byline, date, labels such
    as who took a picture or how many have commented."""
    known = {headline.casefold(), byline.casefold(), f"by {byline}".casefold()}
    blocks = _below_headline(markdown, headline).split("\n\n", MOST_REPEATED)
    above, text = _parted_at_lead(blocks)

    def is_repetition(block: str) -> bool:
        words = " ".join(plain_text(block).split())
        is_summary = block.startswith("#") and words.casefold() == summary.casefold()
        return is_summary or words.casefold() in known or bool(read_date(words[:100])[0])

    if text:
        return "\n\n".join([block for block in above if not is_repetition(block) and not _is_label(block)] + text)
    return "\n\n".join(dropwhile(is_repetition, above)) or markdown


def _parted_at_lead(blocks: list[str]) -> tuple[list[str], list[str]]:
    """What stands above the first paragraph that is one, and the text from there on, if there is such a paragraph."""
    for number, block in enumerate(blocks[:MOST_REPEATED]):
        if len(block) >= SHORTEST_LEAD and not block.startswith(NO_PARAGRAPH):
            return blocks[:number], blocks[number:]
    return blocks, []


def _is_label(block: str) -> bool:
    words = " ".join(plain_text(block).split())
    return len(words) <= LONGEST_LABEL and not block.startswith(NO_PARAGRAPH) and not words.endswith(ENDS_OF_SENTENCES)


def _below_headline(markdown: str, headline: str) -> str:
    """The text from below a heading that repeats the headline; only labels stand above it."""
    blocks = markdown.split("\n\n", MOST_REPEATED)
    for number, block in enumerate(blocks[:MOST_REPEATED]):
        if block.startswith("#") and " ".join(plain_text(block).split()).casefold() == headline.casefold():
            return "\n\n".join(blocks[number + 1 :])
        if len(block) > LONGEST_LABEL:
            break
    return markdown


def _link_share(found: str) -> float:
    tree = html.fromstring(found)
    linked = sum(len(link.text_content()) for link in tree.iter("a"))
    return linked / max(len(" ".join(tree.text_content().split())), 1)
