"""The XML of sitemaps, a line at a time: https://www.sitemaps.org/protocol.html

`site` is the address of the site without a slash at its end.
"""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import islice

from articles.models import Article
from articles.sharing.moments import moment_of_publication
from articles.sharing.site import SITE_NAME
from articles.sharing.xml_text import xml_text

from .sections import Entry

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS_NAMESPACE = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
# Each piece of an answer costs a call of the network.
LINES_AT_ONCE = 1_000


def index_document(paths: Iterable[str], site: str) -> Iterator[str]:
    yield from _document("sitemapindex", NAMESPACE, (f"<sitemap>{_location(path, site)}</sitemap>" for path in paths))


def pages_document(entries: Iterable[Entry], site: str) -> Iterator[str]:
    yield from _document("urlset", NAMESPACE, (f"<url>{_page(entry, site)}</url>" for entry in entries))


def news_document(articles: Iterable[Article], language: str, site: str) -> Iterator[str]:
    """`language` is that of articles which name none."""
    lines = (f"<url>{_news(article, language, site)}</url>" for article in articles)
    yield from _document("urlset", f"{NAMESPACE} {NEWS_NAMESPACE}", lines)


def _document(root: str, namespaces: str, lines: Iterable[str]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {namespaces}>\n'
    lines = iter(lines)
    while chunk := list(islice(lines, LINES_AT_ONCE)):
        yield "\n".join([*chunk, ""])
    yield f"</{root}>\n"


def _location(path: str, site: str) -> str:
    return f"<loc>{escape(site + path)}</loc>"


def _page(entry: Entry, site: str) -> str:
    changed = f"<lastmod>{entry.changed.isoformat(timespec='seconds')}</lastmod>" if entry.changed else ""
    return _location(entry.path, site) + changed


def _news(article: Article, language: str, site: str) -> str:
    """https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap"""
    name = article.source.name if article.source else SITE_NAME
    moment = moment_of_publication(article.published_on, article.published_at)
    return (
        f"{_location(article.get_absolute_url(), site)}<news:news><news:publication>"
        f"<news:name>{escape(xml_text(name))}</news:name><news:language>{_language(article.language or language)}"
        f"</news:language></news:publication>"
        f"<news:publication_date>{moment.isoformat(timespec='seconds')}</news:publication_date>"
        f"<news:title>{escape(xml_text(article.headline))}</news:title></news:news>"
    )


def _language(code: str) -> str:
    """Two or three letters; Chinese alone is told apart by its script."""
    code = code.lower()
    return code if code in ("zh-cn", "zh-tw") else escape(xml_text(code.split("-")[0]))
