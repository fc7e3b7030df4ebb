"""Links from the people, places and topics that the source itself names."""

from collections import Counter
from collections.abc import Collection, Iterable

from articles.names import KnownName, NameIndex
from articles.pipeline.records import LinkRecord, Tag

from .known import KnownSubjects

# Of these a full name in the text is the one that the source names.
NAMED_IN_TEXT = ("person", "place")


def link_tags(tags: Collection[Tag], known: KnownSubjects, text: str = "") -> tuple[list[LinkRecord], tuple[Tag, ...]]:
    """A link for each tag that names a known subject (a suggestion where it names several), and the unknown tags."""
    mentions = count_mentions(text, tags)
    links: dict[tuple[str, int], LinkRecord] = {}
    unknown = []
    for tag in tags:
        subjects = known.lookup(tag)
        if not subjects:
            unknown.append(tag)
        status = "accepted" if len(subjects) == 1 else "suggested"
        for subject in subjects:
            confidence = round(1 / len(subjects), 3)
            link = LinkRecord(tag.kind, subject, "source", status, confidence, mentions[tag])
            links.setdefault((tag.kind, subject), link)
    return list(links.values()), tuple(unknown)


def count_mentions(text: str, tags: Iterable[Tag]) -> Counter[Tag]:
    """How often the text has the names of several words that its source gives it. Other texts are not searched for
    them, nor this one for single words: those may be any."""
    named = [tag for tag in tags if tag.kind in NAMED_IN_TEXT and " " in tag.name]
    if not named:
        return Counter()
    index = NameIndex(KnownName(tag.kind, number, tag.name) for number, tag in enumerate(named))
    return Counter(named[number] for mention in index.find(text) for _, number in mention.subjects)
