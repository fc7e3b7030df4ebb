"""What a record is about. Pure: the known names come in from outside, links go out."""

from articles.markdown import plain_text
from articles.names import NameIndex
from articles.pipeline.records import AnnotatedRecord, ArticleRecord

from .matches import link_mentions
from .tags import link_tags


def annotate(record: ArticleRecord, names: NameIndex) -> AnnotatedRecord:
    """The record with links from its source's own tags and from the names in its text."""
    tagged, unknown = link_tags(record.tags, names)
    matched = link_mentions(matched_text(record.headline, record.headline_is_derived, record.body), names)
    links = {(link.kind, link.subject_id): link for link in matched}
    for link in tagged:
        mentioned = links.get((link.kind, link.subject_id))
        links[link.kind, link.subject_id] = link.with_mentions(mentioned.mentions if mentioned else 0)
    return AnnotatedRecord(record, tuple(links.values()), unknown)


def matched_text(headline: str, headline_is_derived: bool, body: str) -> str:
    """The text in which names count: a headline made from the body would count them twice."""
    return plain_text(body) if headline_is_derived else f"{headline}\n\n{plain_text(body)}"


__all__ = ["annotate", "link_mentions", "matched_text"]
