"""How long it takes to find 50,000 known names in 2,000 articles: .venv/bin/python bench/link_names.py

Everything is generated from a fixed seed; nothing is read from the archive and nothing is written.
"""

import random
import re
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from articles.names import KnownName, NameIndex

SEED = 20240321
ARTICLES, LENGTH = 2_000, 3_000
PEOPLE, PLACES, TOPICS = 18_000, 12_000, 2_000  # with two names for each person: 50,000 names
BASELINE_ARTICLES = 40

ONSETS = "b br c ch d dr f fl g gr h j k kl l m n p pr qu r s sch st t tr v w z".split()  # noqa: SIM905
VOWELS = "a e i o u ai au ei ou é ö".split()  # noqa: SIM905
CODAS = ["", "", "l", "n", "r", "s", "t", "nd", "rt", "ng"]


def make_word(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choice(ONSETS) + chance.choice(VOWELS) + chance.choice(CODAS) for _ in range(syllables))


def make_names(chance: random.Random) -> list[KnownName]:
    """People with an alias, places and topics; surnames and first names repeat as they do in life."""
    first_names = [make_word(chance, 2).capitalize() for _ in range(1_500)]
    surnames = [make_word(chance, 2).capitalize() for _ in range(9_000)]
    names = []
    for id in range(PEOPLE):
        first, last = chance.choice(first_names), chance.choice(surnames)
        names.append(KnownName("person", id, f"{first} {last}"))
        names.append(KnownName("person", id, f"{first} {chance.choice('ABCDEFGHJKLM')}. {last}"))
    names += [KnownName("place", id, make_word(chance, 3).capitalize()) for id in range(PLACES)]
    return names + [KnownName("topic", id, make_word(chance, 3)) for id in range(TOPICS)]


def make_articles(chance: random.Random, names: list[KnownName]) -> list[str]:
    """Words, and among every fourteen of them a name; with curly apostrophes, as newspapers print them."""
    words = [make_word(chance, syllables) for syllables in (1, 1, 2, 2, 3) for _ in range(4_000)]
    articles = []
    for _ in range(ARTICLES):
        named = chance.sample(names, 12)
        pieces, length = [], 0
        while length < LENGTH:
            name = chance.choice(named).name
            piece = " ".join(chance.choices(words, k=12)) + chance.choice([f" {name}", f" {name}’s", f" {name}."])
            if chance.random() < 0.3:
                piece += f" {name.split()[-1]}"
            pieces.append(piece)
            length += len(piece) + 1
        articles.append(" ".join(pieces)[:LENGTH])
    return articles


def measure_baseline(names: list[KnownName], articles: list[str]) -> float:
    """Seconds that one regular expression of all names would take for all articles, from some of them."""
    longest_first = sorted({name.name for name in names}, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
    start = time.perf_counter()
    for text in articles[:BASELINE_ARTICLES]:
        pattern.findall(text)
    return (time.perf_counter() - start) * len(articles) / BASELINE_ARTICLES


def main() -> None:
    chance = random.Random(SEED)
    names = make_names(chance)
    articles = make_articles(chance, names)
    start = time.perf_counter()
    index = NameIndex(names)
    built = time.perf_counter() - start
    start = time.perf_counter()
    mentions = sum(len(index.find(text)) for text in articles)
    matched = time.perf_counter() - start
    baseline = measure_baseline(names, articles)
    print(f"{len(names):,} names, {len(articles):,} articles of {LENGTH:,} characters, {mentions:,} mentions")
    print(f"building the index      {built:8.2f} s")
    print(f"matching                {matched:8.2f} s   {len(articles) / matched:,.0f} articles/s")
    print(f"one regular expression  {baseline:8.2f} s   {baseline / matched:,.0f} times as long")
    print(f"(the last one measured on {BASELINE_ARTICLES} articles and scaled)")


if __name__ == "__main__":
    main()
