"""Links from the names that stand in a text."""

from collections import Counter, defaultdict

from articles.names import NameIndex, doubtful_mentions
from articles.pipeline.records import LinkRecord

# How sure a name match is; an ambiguous one shares 1 among those it could mean.
NAME_CONFIDENCE = 0.9
# A word of a topic may stand in a text by chance: one alone only suggests the topic.
TOPIC_MENTIONS = 2
TOPIC_CONFIDENCE = 0.4
# A place or topic whose name is likely a part of another: “Mr Kennedy” is not the district of Bogotá.
DOUBTFUL_CONFIDENCE = 0.2


def link_mentions(text: str, names: NameIndex) -> list[LinkRecord]:
    """An accepted link for each subject that is named for sure, a suggested one for each that may be meant."""
    sure: Counter = Counter()
    possible: Counter = Counter()
    shares: dict[tuple[str, int], float] = defaultdict(float)
    mentions = names.find(text)
    doubtful = doubtful_mentions(text, mentions, names.first_names)
    for number, mention in enumerate(mentions):
        for subject in mention.subjects:
            if mention.is_ambiguous or number in doubtful:
                possible[subject] += 1
                share = (DOUBTFUL_CONFIDENCE if number in doubtful else 1) / len(mention.subjects)
                shares[subject] = max(shares[subject], share)
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
