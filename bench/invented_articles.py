"""Invented articles and links as rows of their tables, a chunk at a time, so that processes can share the work."""

from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from itertools import accumulate
from random import Random

from invented_archive import InventedArchive, InventedSubject
from invented_words import as_sentences

CHUNK = 2_000
WORDS = 112
NOW = "2025-01-01 00:00:00"
LANGUAGES = ("en", "de", "fr", "es", "ar", "")
LANGUAGE_WEIGHTS = (88, 4, 3, 2, 1, 2)
STATUSES = ("published", "draft", "withdrawn")
STATUS_WEIGHTS = (97, 2, 1)
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2024, 12, 31)
UNDATED = 0.01
# Papers are thin on Saturday and thinner on Sunday, and grow by 4 % a year.
WEEKDAY_WEIGHTS = (1.0, 1.05, 1.05, 1.05, 1.1, 0.7, 0.4)
YEARLY_GROWTH = 1.04
# How many subjects of each kind an article names.
LINK_COUNTS = {"person": range(0, 6), "place": range(1, 5), "topic": range(1, 5)}

ARTICLE_COLUMNS = (
    "id", "slug", "headline", "headline_is_derived", "summary", "body", "byline", "published_on", "published_at",
    "language", "source_id", "url", "external_id", "rights", "status", "batch_id", "import_key", "import_digest",
    "fingerprint", "edited_fields", "created_at", "updated_at",
)  # fmt: skip
LINK_COLUMNS = (
    "article_id", "subject_id", "origin", "status", "confidence", "mentions", "batch_id", "decided_by_id", "decided_at",
)  # fmt: skip
# Origin, status, confidence, time of a person's decision; and how frequent each is.
DECISIONS = (
    ("match", "accepted", 0.9, None),
    ("source", "accepted", 1.0, None),
    ("editor", "accepted", 1.0, NOW),
    ("match", "suggested", 0.5, None),
    ("match", "rejected", 0.5, NOW),
)
DECISION_WEIGHTS = (60, 30, 3, 5, 2)


@dataclass
class Chunk:
    """Rows of articles, and of links by the kind of subject."""

    articles: list[tuple]
    links: dict[str, list[tuple]]


class ArticleInventor:
    def __init__(self, archive: InventedArchive, words: int = WORDS) -> None:
        self._archive, self._words = archive, words
        self._days = [FIRST_DAY + timedelta(days) for days in range((LAST_DAY - FIRST_DAY).days + 1)]
        self._day_weights = list(
            accumulate(WEEKDAY_WEIGHTS[day.weekday()] * YEARLY_GROWTH ** (day.year - 1990) for day in self._days)
        )

    def chunk(self, number: int) -> Chunk:
        """The articles from number × CHUNK + 1 on."""
        random = Random(f"{self._archive.seed} {number}")
        chunk = Chunk([], {kind: [] for kind in LINK_COUNTS})
        first = number * CHUNK + 1
        for id in range(first, min(first + CHUNK, self._archive.articles + 1)):
            subjects = self._subjects(random)
            chunk.articles.append(self._article(random, id, subjects))
            for kind, found in subjects.items():
                chunk.links[kind] += [_link(random, id, subject, kind) for subject in found]
        return chunk

    def records(self, number: int) -> list[dict]:
        """The same articles as a source would send them: without links, with the names of their topics."""
        random = Random(f"records {self._archive.seed} {number}")
        return [self._record(random, number * CHUNK + place + 1) for place in range(CHUNK)]

    def _record(self, random: Random, id: int) -> dict:
        subjects = self._subjects(random)
        headline, summary, body = self._texts(random, [*subjects["person"], *subjects["place"]])
        day, _ = self._moment(random)
        source = random.choices(self._archive.sources, cum_weights=self._archive.source_weights)[0]
        topics = [topic.name for topic in subjects["topic"]]
        return {
            "external_id": str(id), "headline": headline, "summary": summary, "body": body, "published_on": day,
            "language": random.choices(LANGUAGES, LANGUAGE_WEIGHTS)[0], "source": source,
            "url": f"https://news.example/{id}", "topics": topics,
        }  # fmt: skip

    def _subjects(self, random: Random) -> dict[str, list[InventedSubject]]:
        archive = self._archive
        famous = {"person": archive.famous_people, "place": archive.famous_places, "topic": archive.famous_topics}
        return {kind: famous[kind].some(random, random.choice(counts)) for kind, counts in LINK_COUNTS.items()}

    def _article(self, random: Random, id: int, subjects: dict[str, list[InventedSubject]]) -> tuple:
        headline, summary, body = self._texts(random, [*subjects["person"], *subjects["place"]])
        day, time = self._moment(random)
        source = random.choices(range(1, len(self._archive.sources) + 1), cum_weights=self._archive.source_weights)[0]
        digest = blake2b(f"{id} {headline}".encode(), digest_size=16).hexdigest()
        return (
            id, f"{headline.lower().replace(' ', '-')[:70]}-{id}", headline, 0, summary, body, "", day, time,
            random.choices(LANGUAGES, LANGUAGE_WEIGHTS)[0], source, f"https://news.example/{id}", str(id), "",
            random.choices(STATUSES, STATUS_WEIGHTS)[0], 1, digest, digest, digest, "[]", NOW, NOW,
        )  # fmt: skip

    def _texts(self, random: Random, named: list[InventedSubject]) -> tuple[str, str, str]:
        """Headline, summary, body. The body names every subject, the headline sometimes the first."""
        words = self._archive.vocabulary.some(random, self._words)
        for subject in named:
            words.insert(random.randrange(8, len(words)), subject.name)
        headline_words = words[:7]
        if named and random.random() < 0.4:
            headline_words[0] = named[0].name
        headline = " ".join(headline_words)
        sentences = as_sentences(random, words)
        paragraphs = [" ".join(sentences[start : start + 3]) for start in range(0, len(sentences), 3)]
        return f"{headline[0].upper()}{headline[1:]}", sentences[0], "\n\n".join(paragraphs)

    def _moment(self, random: Random) -> tuple[str | None, str | None]:
        if random.random() < UNDATED:
            return None, None
        day = random.choices(self._days, cum_weights=self._day_weights)[0].isoformat()
        has_time = random.random() < 0.3
        return day, f"{day} {random.randrange(24):02}:{random.randrange(60):02}:00" if has_time else None


def _link(random: Random, article: int, subject: InventedSubject, kind: str) -> tuple:
    origin, status, confidence, decided = random.choices(DECISIONS, DECISION_WEIGHTS)[0]
    return article, subject.id, origin, status, confidence, int(kind != "topic"), 1, None, decided
