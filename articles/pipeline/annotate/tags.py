"""Links from the people, places and topics that the source itself names."""

from collections.abc import Iterable

from articles.names import NameIndex
from articles.pipeline.records import LinkRecord, Tag


def link_tags(tags: Iterable[Tag], names: NameIndex) -> tuple[list[LinkRecord], tuple[Tag, ...]]:
    """A link for each tag that names a known subject (a suggestion where it names several), and the unknown tags."""
    links: dict[tuple[str, int], LinkRecord] = {}
    unknown = []
    for tag in tags:
        subjects = names.lookup(tag.kind, tag.name)
        if not subjects:
            unknown.append(tag)
        status = "accepted" if len(subjects) == 1 else "suggested"
        for subject in subjects:
            confidence = round(1 / len(subjects), 3)
            link = LinkRecord(tag.kind, subject, "source", status, confidence, mentions=0)
            links.setdefault((tag.kind, subject), link)
    return list(links.values()), tuple(unknown)
