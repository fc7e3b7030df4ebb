"""Articles as entries of a feed."""

import re
from collections.abc import Callable, Iterable
from html import escape

from django.db.models import Prefetch
from django.utils.encoding import iri_to_uri
from django.utils.feedgenerator import get_tag_uri

from articles.models import Article, TopicLink
from articles.sharing.bylines import authors_of
from articles.sharing.moments import moment_of_publication
from articles.sharing.site import web_page
from articles.sharing.xml_text import xml_text

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def fetch_articles(ids: Iterable[int]) -> list[Article]:
    """The articles in this order, with what their entries need, in two queries."""
    topics = TopicLink.objects.accepted().select_related("subject").order_by("subject__name")
    articles = Article.objects.published().for_list()
    return articles.prefetch_related(Prefetch("topic_links", queryset=topics)).in_order(ids)


def entry_of(article: Article, absolute: Callable[[str], str]) -> dict:
    """What a feed generator wants to know. Titles are plain text, descriptions HTML."""
    return {
        "title": xml_text(article.headline),
        "link": absolute(article.get_absolute_url()),
        "description": escape(xml_text(article.lead), quote=False),
        "author_name": xml_text(_author(article)) or None,
        "pubdate": moment_of_publication(article.published_on, article.published_at),
        "updateddate": article.updated_at,
        # The slug may change, and with it the address; this never does.
        "unique_id": get_tag_uri(absolute(f"/article/{article.pk}"), article.created_at),
        "unique_id_is_permalink": False,
        "categories": [xml_text(link.subject.name) for link in article.topic_links.all()],
        "item_copyright": xml_text(article.rights) or None,
        "language": article.language if _LANGUAGE.fullmatch(article.language) else "",
        "original": iri_to_uri(xml_text(web_page(article.url))),
    }


def _author(article: Article) -> str:
    if article.byline:
        return ", ".join(authors_of(article.byline))
    return article.source.name if article.source else ""
