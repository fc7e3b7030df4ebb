"""What a record is about. Pure: the known names come in from outside, links go out."""

from articles.markdown import plain_text
from articles.pipeline.records import AnnotatedRecord, ArticleRecord
from articles.pipeline.text import with_headline_and_summary

from .known import KnownSubjects
from .matches import link_mentions
from .tags import count_mentions, link_tags


def annotate(record: ArticleRecord, known: KnownSubjects) -> AnnotatedRecord:
    """The record with a headline, with links from its source's own tags and from the names in its text."""
    titled = with_headline_and_summary(record)
    text = matched_text(titled.headline, titled.headline_is_derived, titled.body)
    tagged, unknown = link_tags(record.tags, known, text)
    matched = link_mentions(text, known.index)
    links = {(link.kind, link.subject_id): link for link in matched}
    for link in tagged:
        mentioned = links.get((link.kind, link.subject_id))
        links[link.kind, link.subject_id] = link.with_mentions(mentioned.mentions if mentioned else link.mentions)
    identity = (record.key, record.digest, record.fingerprint)
    return AnnotatedRecord(titled, *identity, tuple(links.values()), unknown)


def matched_text(headline: str, headline_is_derived: bool, body: str) -> str:
    """The text in which names count: a headline made from the body would count them twice."""
    return plain_text(body) if headline_is_derived else f"{headline}\n\n{plain_text(body)}"


__all__ = ["KnownSubjects", "annotate", "count_mentions", "link_mentions", "matched_text"]
