from collections.abc import Iterable

from articles.models import Article, Source, Subject, Topic
from articles.sharing.bylines import authors_of
from articles.sharing.site import web_page

from .script import without_empty
from .subject import Absolute, Node, named_subject
from .website import website


def news_article(article: Article, subjects: Iterable[Subject], absolute: Absolute) -> Node:
    """`subjects` are those of its accepted links: it is about its topics, and mentions people and places."""
    url, subjects = absolute(article.get_absolute_url()), list(subjects)
    published = article.published_at or article.published_on
    return without_empty(
        {
            "@type": "NewsArticle",
            "@id": f"{url}#article",
            "url": url,
            "mainEntityOfPage": url,
            "headline": article.headline,
            "description": article.summary,
            "datePublished": published.isoformat() if published else "",
            "dateModified": article.updated_at.isoformat(),
            "inLanguage": article.language,
            "author": [_author(name) for name in authors_of(article.byline)] if article.byline else [],
            "publisher": _publisher(article.source) if article.source else None,
            "copyrightNotice": article.rights,
            "version": article.version,
            "isBasedOn": web_page(article.url),
            "about": [named_subject(each, absolute) for each in subjects if isinstance(each, Topic)],
            "mentions": [named_subject(each, absolute) for each in subjects if not isinstance(each, Topic)],
            "isPartOf": website(absolute),
        }
    )


def _author(name: str) -> Node:
    """A single word, or a sentence, is rarely a person: “Reuters”, “from our correspondents”."""
    return {"@type": "Person" if 2 <= len(name.split()) <= 5 else "Organization", "name": name}


def _publisher(source: Source) -> Node:
    return without_empty({"@type": "NewsMediaOrganization", "name": source.name, "url": source.url})
