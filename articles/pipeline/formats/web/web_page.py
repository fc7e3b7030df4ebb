"""A web page, read: its main text, what it says about itself, and whether it is an article at all."""

import re
from urllib.parse import urlsplit

from .json_ld import LinkedData
from .page_fields import PageFields
from .page_furniture import without_furniture
from .page_meta import PageMeta
from .page_text import main_text, page_tree
from .text_spread import largest_text

# From here on a page that does not call itself an article is a list of links to others.
LINKS_OF_A_LIST = 0.5
TEASERS_OF_A_LIST, LONGEST_TEASER = 4, 500
# How much of all that a page says may stand in one place without being an article.
SHARE_OF_AN_ARTICLE = 0.2
# The page of an error says no more than this.
LONGEST_ERROR = 1_500

_ERROR = re.compile(
    r"\b[45]0\d\b.{0,20}\b(?:error|not found|forbidden|denied|unavailable)|\b(?:page|file|site) (?:was )?not found\b"
    r"|^(?:error\b.{0,30}|not found|[45]0\d|access denied|forbidden|just a moment\W*|attention required\W.*)$"
    r"|\b(?:service (?:temporarily )?unavailable|bad gateway|internal server error)\b",
    re.IGNORECASE,
)


class WebPage:
    """Raises InvalidPage."""

    def __init__(self, text: str, url: str) -> None:
        self.tree = page_tree(text)
        self.meta = PageMeta(self.tree, url)
        self.data = LinkedData(self.tree.xpath("//script[contains(@type, 'ld+json')]/text()"))
        # Links that are relative are so to the address of the page.
        self.text = main_text(self.tree, url or self.meta.declared_address())

    def fields(self) -> PageFields:
        return self.data.fields(self.meta.address()).or_else(self.meta.fields())

    def body(self) -> str:
        """The text of the page; that in its JSON-LD where the page has not half as much and is made by scripts."""
        described = self.data.body(self.meta.address())
        return without_furniture(described if len(self.text.markdown) < len(described) / 2 else self.text.markdown)

    def why_no_article(self) -> str:
        """What the page is instead, as a sentence; "" for an article."""
        title = self.meta.title()
        if self.meta.is_article or self.data.article():
            return "" if self.body() or self.fields().headline else "The page is empty."
        words = " ".join(self.tree.text_content().split())
        if not words:
            return "The page is empty."
        if len(words) < LONGEST_ERROR and _ERROR.search(title):
            return f"The page reports an error (“{title[:60]}”)."
        if self._is_list():
            return "The page is a list of links, not an article."
        return "" if self.text.markdown else "No article was found in the page."

    def _is_list(self) -> bool:
        address = self.meta.declared_address()
        is_front_page = bool(address) and not urlsplit(address).path.strip("/")
        return is_front_page or self.data.is_list or self.text.link_share > LINKS_OF_A_LIST or self._has_teasers()

    def _has_teasers(self) -> bool:
        """Whether there are many headings that lead elsewhere, each with little text."""
        headings = self.tree.xpath("//*[self::h1 or self::h2 or self::h3 or self::h4][.//a/@href or ancestor::a/@href]")
        teasers = max(len(headings), len(self.tree.xpath("//article")))
        is_short = len(self.text.markdown) < teasers * LONGEST_TEASER
        return teasers >= TEASERS_OF_A_LIST and is_short and not self._has_one_text()

    def _has_one_text(self) -> bool:
        """Whether there is an article beside the teasers, as there are teasers beside most articles."""
        length, share = largest_text(self.tree)
        return length > LONGEST_TEASER and share > SHARE_OF_AN_ARTICLE
