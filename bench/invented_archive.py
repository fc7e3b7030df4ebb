"""An invented archive of any size: its people, places, topics and sources. The same seed gives the same archive."""

from dataclasses import dataclass
from random import Random

from invented_words import Vocabulary, invent_words, zipf_weights

# The shares of continents, countries and regions among the places, of the first two levels among the topics.
PLACE_LEVELS = (0.0007, 0.02, 0.2)
TOPIC_LEVELS = (0.0125, 0.15)
PLACE_KINDS = ("continent", "country", "region", "city")
SOURCES = 200


@dataclass(frozen=True)
class InventedSubject:
    """`level` is the depth in the tree; `parent` the id of the one above, smaller than its own."""

    id: int
    name: str
    level: int = 0
    parent: int | None = None


class Popular:
    """Subjects in the order of their fame: the first is named most often."""

    def __init__(self, subjects: list[InventedSubject]) -> None:
        self.subjects = subjects
        self._weights = zipf_weights(len(subjects))

    def some(self, random: Random, number: int) -> list[InventedSubject]:
        """Up to that many different ones."""
        return list(dict.fromkeys(random.choices(self.subjects, cum_weights=self._weights, k=number)))


class InventedArchive:
    """Names grow with the square root of the texts: 50,000 people, 10,000 places, 1,400 topics in a million."""

    def __init__(self, articles: int, seed: int) -> None:
        self.articles = articles
        self.seed = seed
        random = Random(f"archive {seed}")
        growth = min((articles / 1_000_000) ** 0.5, 1.0)
        self.vocabulary = Vocabulary(random)
        self.people = _invent_people(random, max(int(50_000 * growth), 20))
        self.places = _invent_tree(_invent_place_names(random, max(int(10_000 * growth), 50)), PLACE_LEVELS, random)
        self.topics = _invent_tree(self._topic_names(random, max(int(1_400 * growth), 20)), TOPIC_LEVELS, random)
        self.sources = [f"The {name.title()} Gazette" for name in invent_words(random, SOURCES)]
        self.source_weights = zipf_weights(SOURCES)
        self.famous_people = Popular(random.sample(self.people, len(self.people)))
        self.famous_places = Popular(_higher_first(self.places, random))
        self.famous_topics = Popular(_higher_first(self.topics, random))

    def _topic_names(self, random: Random, number: int) -> list[str]:
        words = self.vocabulary.some_rare(random, number)
        return [
            word if random.random() < 0.5 else f"{word} {self.vocabulary.some_rare(random, 1)[0]}" for word in words
        ]


def _invent_people(random: Random, number: int) -> list[InventedSubject]:
    given = [word.title() for word in invent_words(random, 800, syllables=(1, 3))]
    family = [word.title() for word in invent_words(random, max(number // 5, 10))]
    names: dict[str, None] = {}
    while len(names) < number:
        names[f"{random.choice(given)} {random.choice(family)}"] = None
    return [InventedSubject(id, name) for id, name in enumerate(names, start=1)]


def _invent_place_names(random: Random, number: int) -> list[str]:
    return [word.title() for word in invent_words(random, number, syllables=(2, 3))]


def _invent_tree(names: list[str], shares: tuple[float, ...], random: Random) -> list[InventedSubject]:
    """Level by level from the top, so that every parent comes before its children."""
    sizes = [max(round(len(names) * share), 4) for share in shares]
    sizes.append(len(names) - sum(sizes))
    tree: list[InventedSubject] = []
    above: list[InventedSubject] = []
    for level, size in enumerate(sizes):
        start = len(tree)
        for name in names[start : start + size]:
            parent = random.choice(above).id if above else None
            tree.append(InventedSubject(len(tree) + 1, name, level, parent))
        above = tree[start:]
    return tree


def _higher_first(tree: list[InventedSubject], random: Random) -> list[InventedSubject]:
    """Countries are named more often than villages, but some cities more than most countries."""
    return sorted(tree, key=lambda subject: random.random() * 8**subject.level)
