"""What a web page says about itself in its head and around its text: Open Graph, Dublin Core, headings, times."""

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement, tostring

from articles.pipeline.formats.texts.written_dates import MONTHS
from articles.pipeline.markup.html import text_from_html
from articles.pipeline.records import Tag

from .page_byline import byline_of
from .page_fields import PageFields, dated

LONGEST_DATE_LINE = 60
MOST_WITH_CLASS = 100
# What readers wrote has authors and dates, too.
IN_COMMENTS = "ancestor-or-self::*[contains(@class, 'comment') or contains(@id, 'comment')]"

# The names of meta elements for each field; the first that there is counts.
NAMES = {
    "headline": "og:title twitter:title parsely-title dc.title dcterms.title headline title",
    "summary": "og:description description twitter:description dc.description dcterms.abstract",
    "byline": "author article:author parsely-author sailthru.author dc.creator dcterms.creator byl citation_author",
    "language": "og:locale content-language dc.language dcterms.language",
    "source": "og:site_name dc.publisher dcterms.publisher publisher application-name",
    "rights": "dc.rights dcterms.rights rights copyright",
    "topics": "article:tag news_keywords parsely-tags sailthru.tags keywords",
    "date": "article:published_time og:article:published_time og:published_time datepublished parsely-pub-date"
    " sailthru.date dc.date.issued dcterms.issued dcterms.created dc.date.created dcterms.date dc.date"
    " article.published pubdate publishdate publish-date publication_date citation_publication_date date",
}
_PARTING = r"\s+(?:[|–—·»:-]|::)\s+"
# Before the title of an article an old WordPress writes the name of the blog, and this.
_BLOG_ARCHIVE = re.compile(r"^.*»\s*Blog Archive\s*»\s*", re.IGNORECASE)
_DAY_IN_ADDRESS = re.compile(
    rf"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2]|{'|'.join(MONTHS)})[/-](0?[1-9]|[12]\d|3[01])(?=[/-]|$)", re.IGNORECASE
)


class PageMeta:
    def __init__(self, tree: HtmlElement, url: str) -> None:
        self._tree = tree
        self._url = url
        self._contents: dict[str, list[str]] = defaultdict(list)
        for element in tree.iter("meta"):
            keys = ("property", "name", "itemprop", "http-equiv")
            # An element may have several names: property="og:title twitter:title".
            for name in {name for key in keys for name in element.get(key, "").lower().split()}:
                content = " ".join((element.get("content") or "").split())
                self._contents[re.sub(r"^(dc|dcterms):", r"\1.", name)] += [content] if content else []

    @property
    def is_article(self) -> bool:
        """Whether the page calls itself an article."""
        return self._first("og:type").lower() in ("article", "news") or bool(self._first("article:published_time"))

    def declared_address(self) -> str:
        """The address the page wants to be known by, else the one where it was found."""
        links = self._tree.xpath("//link[@rel='canonical']/@href")
        addresses = (_joined(self._url, address) for address in (*links, self._first("og:url"), self._url) if address)
        return next(filter(None, addresses), "")

    def address(self) -> str:
        """That of the article: the front page of a site is none, though pages by mistake declare it."""
        return next((each for each in (self.declared_address(), self._url) if _leads_inside(each)), "")

    def title(self) -> str:
        return " ".join("".join(self._tree.xpath("(//title)[1]//text()")).split())

    def fields(self) -> PageFields:
        values = {
            field: text_from_html(self._first(*NAMES[field].split())) for field in ("summary", "source", "rights")
        }
        if values["summary"] == values["source"]:
            values["summary"] = ""
        return PageFields(
            **values,
            headline=self._headline(values["source"]),
            byline=self._byline(),
            language=(self._tree.get("lang") or self._first(*NAMES["language"].split())).replace("_", "-").strip(),
            tags=tuple(self._tags()),
            url=self.address(),
            **dated([*self._all(*NAMES["date"].split()), *self._times(), *self._day_in_address(), *self._date_lines()]),
        )

    def _first(self, *names: str) -> str:
        return next(iter(self._all(*names)), "")

    def _all(self, *names: str) -> list[str]:
        return [content for name in names for content in self._contents.get(name, ())]

    def _headline(self, source: str) -> str:
        heading = _words(self._only_heading())
        title = text_from_html(self._first(*NAMES["headline"].split())) or _BLOG_ARCHIVE.sub("", self.title())
        if heading and heading.casefold() in title.casefold():
            return heading
        if source:
            title = re.sub(rf"{_PARTING}{re.escape(source)}\s*$", "", title, flags=re.IGNORECASE)
            title = re.sub(rf"^{re.escape(source)}{_PARTING}", "", title, flags=re.IGNORECASE)
        return title or heading

    def _only_heading(self) -> HtmlElement | None:
        headings = self._tree.xpath("//article//h1 | //main//h1") or self._tree.xpath("//h1[not(a)]")
        return headings[0] if len(headings) == 1 else None

    def _byline(self) -> str:
        named = (name for name in self._all(*NAMES["byline"].split()) if not name.startswith(("http:", "https:", "@")))
        if names := ", ".join(dict.fromkeys(filter(None, (byline_of(text_from_html(name)) for name in named)))):
            return names
        elements = self._tree.xpath("//*[@rel='author' or @itemprop='author']")
        elements = elements or self._with_class("byline") or self._with_class("author")
        return next(filter(None, (byline_of(_words(element)) for element in elements)), "")

    def _times(self) -> Iterator[str]:
        """Dates beside the text, those that are surely of the article first."""
        yield from self._tree.xpath("//time[@itemprop='datePublished' or @pubdate]/@datetime")
        times = self._tree.xpath("(//article | //main)//time/@datetime") or self._tree.xpath("//time/@datetime")
        yield from times[:1]

    def _day_in_address(self) -> Iterator[str]:
        """Many sites have the day of publication in the addresses of their articles: /2024/03/21/ferry."""
        if found := _DAY_IN_ADDRESS.search(urlsplit(self.address()).path):
            year, month, day = found.groups()
            yield f"{year}-{MONTHS.get(month.lower(), month)}-{day}"

    def _date_lines(self) -> Iterator[str]:
        for element in self._with_class("date") + self._with_class("publish") + self._with_class("posted"):
            text = _words(element)
            if len(text) <= LONGEST_DATE_LINE and any(map(str.isdigit, text)):
                yield text

    def _with_class(self, word: str) -> list[HtmlElement]:
        found = self._tree.xpath("//*[contains(@class, $word) and string-length(.) < 200]", word=word)
        return [element for element in found[:MOST_WITH_CLASS] if not element.xpath(IN_COMMENTS)][:10]

    def _tags(self) -> Iterator[Tag]:
        named = next(filter(None, (self._all(name) for name in NAMES["topics"].split())), [])
        for names in (*named, *self._all("article:section")):
            yield from (Tag("topic", name.strip()) for name in names.split(","))


def _words(element: HtmlElement | None) -> str:
    return "" if element is None else text_from_html(tostring(element, encoding="unicode", with_tail=False))


def _joined(base: str, address: str) -> str:
    """An absolute web address; "" for what is none."""
    try:
        absolute = urljoin(base, address.strip())
        return absolute if urlsplit(absolute).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _leads_inside(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.path.strip("/") or parts.query)
