"""Links from the names that stand in a text."""

from collections import Counter, defaultdict

from articles.names import NameIndex
from articles.pipeline.records import LinkRecord

# How sure a name match is; an ambiguous one shares 1 among those it could mean.
NAME_CONFIDENCE = 0.9
# A word of a topic may stand in a text by chance: one alone only suggests the topic.
TOPIC_MENTIONS = 2
TOPIC_CONFIDENCE = 0.4


def link_mentions(text: str, names: NameIndex) -> list[LinkRecord]:
    """An accepted link for each subject that is named for sure, a suggested one for each that may be meant."""
    sure: Counter = Counter()
    possible: Counter = Counter()
    shares: dict[tuple[str, int], float] = defaultdict(float)
    for mention in names.find(text):
        for subject in mention.subjects:
            if mention.is_ambiguous:
                possible[subject] += 1
                shares[subject] = max(shares[subject], 1 / len(mention.subjects))
            else:
                sure[subject] += 1
    accepted = [_sure_link(subject, count) for subject, count in sure.items()]
    suggested = [
        _link(subject, "suggested", shares[subject], count)
        for subject, count in possible.items()
        if subject not in sure
    ]
    return accepted + suggested


def _sure_link(subject: tuple[str, int], mentions: int) -> LinkRecord:
    if subject[0] == "topic" and mentions < TOPIC_MENTIONS:
        return _link(subject, "suggested", TOPIC_CONFIDENCE, mentions)
    return _link(subject, "accepted", NAME_CONFIDENCE, mentions)


def _link(subject: tuple[str, int], status: str, confidence: float, mentions: int) -> LinkRecord:
    kind, subject_id = subject
    return LinkRecord(kind, subject_id, "match", status, round(confidence, 3), mentions)
