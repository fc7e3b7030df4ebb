"""ninjs 3.0, the IPTC's news in JSON: a list of items, each on a line of its own.

https://iptc.org/std/ninjs/
"""

import json
from collections.abc import Callable, Iterator, Mapping

from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _

from articles.body import render_body
from articles.models import SUBJECT_KINDS, SubjectKind
from articles.sharing.moments import moment_of_publication
from articles.sharing.site import pages_of, web_page
from articles.views.identifiers import identifiers_of

from .articles import STATUS, ExportedArticle
from .format import ExportFormat, Portions

STANDARD = {"name": "ninjs", "version": "3.0", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json#"}
# What the standard calls our kinds of subject.
SUBJECT_FIELDS = {"person": "people", "place": "places", "topic": "subjects"}

# What the standard calls a status; whatever else an article is, it is not for use yet.
PUBLICATION = {"published": "usable", "withdrawn": "canceled"}

# From a slug to the address of its page, for articles and each kind of subject.
Pages = Mapping[str, Callable[[str], str]]

_encode = json.JSONEncoder(ensure_ascii=False).encode


def write_ninjs(portions: Portions, site: str, with_status: bool = False) -> Iterator[str]:
    pages = {name: pages_of(name, site) for name in ("article", *SUBJECT_KINDS)}
    before = "[\n"
    for articles in portions:
        for article in articles:
            yield before + _encode(_item(article, pages))
            before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"


def _item(article: ExportedArticle, pages: Pages) -> dict:
    moment = moment_of_publication(article["published_on"], article["published_at"])
    item = {
        "standard": STANDARD,
        "uri": pages["article"](article["slug"]),
        "type": "text",
        "representationType": "full",
        "pubStatus": PUBLICATION.get(article.get(STATUS, "published"), "withheld"),
        "version": str(article["version"] or ""),
        "versionCreated": moment.isoformat() if moment else "",
        "language": article["language"],
        "headlines": [{"role": "main", "contentType": "text/plain", "value": article["headline"]}],
        "descriptions": _texts("summary", "text/plain", article["summary"]),
        "bodies": _texts("main", "text/html", render_body(article["body"])),
        "by": article["byline"],
        "copyrightNotice": article["rights"],
        "infoSources": [{"name": article["source"]}] if article["source"] else [],
        "altIds": [{"role": "source", "value": article["external_id"]}] if article["external_id"] else [],
        "renditions": _renditions(article["url"]),
        **{
            SUBJECT_FIELDS[kind.name]: [_concept(kind, subject, pages) for subject in article[kind.plural]]
            for kind in SUBJECT_KINDS.values()
        },
    }
    return {name: value for name, value in item.items() if value}


def _texts(role: str, content_type: str, text: str) -> list[dict]:
    return [{"role": role, "contentType": content_type, "value": text}] if text else []


def _renditions(url: str) -> list[dict]:
    """Where the article can be read at its source."""
    page = iri_to_uri(web_page(url))
    return [{"name": "original", "href": page, "contentType": "text/html"}] if page else []


def _concept(kind: SubjectKind, subject, pages: Pages) -> dict:
    """Named by another catalogue where it is known there, else by its page here."""
    known = (identifier.url for identifier in identifiers_of(subject) if identifier.url)
    return {"name": subject.name, "uri": next(known, "") or pages[kind.name](subject.slug)}


NINJS = ExportFormat("ninjs", _("ninjs"), _("for news systems"), "application/json", "ninjs.json", write_ninjs)
