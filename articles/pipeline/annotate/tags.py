"""Links from the people, places and topics that the source itself names."""

from collections.abc import Iterable

from articles.pipeline.records import LinkRecord, Tag

from .known import KnownSubjects


def link_tags(tags: Iterable[Tag], known: KnownSubjects) -> tuple[list[LinkRecord], tuple[Tag, ...]]:
    """A link for each tag that names a known subject (a suggestion where it names several), and the unknown tags."""
    links: dict[tuple[str, int], LinkRecord] = {}
    unknown = []
    for tag in tags:
        subjects = known.lookup(tag)
        if not subjects:
            unknown.append(tag)
        status = "accepted" if len(subjects) == 1 else "suggested"
        for subject in subjects:
            confidence = round(1 / len(subjects), 3)
            link = LinkRecord(tag.kind, subject, "source", status, confidence, mentions=0)
            links.setdefault((tag.kind, subject), link)
    return list(links.values()), tuple(unknown)
