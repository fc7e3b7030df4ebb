"""Addresses of the article list as readers make them, drawn from what the archive holds. The same in every run."""

from collections import Counter
from random import Random
from urllib.parse import urlencode

from articles.models import Article
from articles.search import NONE, ArticleQuery, FacetChoice, count_values, search
from articles.search.facets import FACETS

# How often a reader asks for no, one or two values of facets; and adds words, another sort, the second page.
NUMBERS_OF_FILTERS, FILTER_WEIGHTS = (0, 1, 2), (2, 5, 3)
CHOSEN_FACETS, FACET_WEIGHTS = ("people", "places", "topics", "source", "year", "language"), (3, 3, 3, 1, 2, 1)
WORDS_SHARE, SORT_SHARE, SECOND_PAGE_SHARE = 0.4, 0.15, 0.1
HEADLINES = 3_000
# Values that the second filter is taken from: those on the page of the first.
SHOWN = 50

Choice = tuple[str, int | str]


class AddressDrawer:
    def __init__(self, seed: int = 1) -> None:
        self._random = Random(seed)
        self._values = {name: self._ranked(count_values(name)) for name in CHOSEN_FACETS}
        newest = Article.objects.published().newest_first().values_list("headline", flat=True)[:HEADLINES]
        counted = Counter(word.lower() for headline in newest for word in headline.split() if len(word) > 1)
        self._words = [word for word, _ in counted.most_common()]

    def draw(self) -> tuple[str, str]:
        """An address, and what kind of question it is."""
        choices = self.choices(self._random.choices(NUMBERS_OF_FILTERS, FILTER_WEIGHTS)[0])
        words = self._some_words() if self._random.random() < WORDS_SHARE else ""
        parameters = [(name, self._slug(name, value)) for name, value in choices]
        parameters += [("q", words)] if words else []
        if self._random.random() < SORT_SHARE:
            parameters.append(("sort", self._random.choice(["oldest", "newest", *(["relevance"] if words else [])])))
        if self._random.random() < SECOND_PAGE_SHARE and _find(choices, words).total > 20:
            parameters.append(("page", "2"))
        kind = f"{len(choices)} filters, {'words' if words else 'no words'}"
        return f"/articles/?{urlencode(parameters)}" if parameters else "/articles/", kind

    def choices(self, number: int) -> list[Choice]:
        """The second narrows the first: like a reader's, it is on the first one's page."""
        choices: list[Choice] = []
        while len(choices) < number:
            name = self._random.choices(CHOSEN_FACETS, FACET_WEIGHTS)[0]
            values = self._values[name]
            if choices:
                counts = _find(choices, facets={name: SHOWN}).facets[name]
                values = [count.value for count in counts if count.value != NONE]
            choice = name, self._any_rank(values)
            if choice[1] is not None and name not in dict(choices):
                choices.append(choice)
        return choices

    def _some_words(self) -> str:
        return " ".join(self._any_rank(self._words) for _ in range(self._random.choice([1, 1, 2])))

    def _any_rank(self, ranked: list):
        """The first, the tenth and the hundredth are equally likely: frequent ones as often as rare ones."""
        return ranked[int(len(ranked) ** self._random.random()) - 1] if ranked else None

    @staticmethod
    def _ranked(counts: dict) -> list:
        return sorted((value for value in counts if value != NONE), key=lambda value: (-counts[value], str(value)))

    @staticmethod
    def _slug(facet: str, value: int | str) -> str:
        return FACETS[facet].labels_of([value])[value].slug


def draw_addresses(number: int, seed: int = 1) -> dict[str, str]:
    """That many different addresses, each with its kind."""
    drawer = AddressDrawer(seed)
    addresses = {"/articles/": "0 filters, no words"}
    while len(addresses) < number:
        address, kind = drawer.draw()
        addresses[address] = kind
    return addresses


def draw_questions(number: int) -> list[ArticleQuery]:
    """That many different questions without words: the first asks for everything."""
    drawer = AddressDrawer()
    questions = [ArticleQuery()]
    while len(questions) < number:
        query = _question(drawer.choices(1 + len(questions) % 2))
        if query not in questions:
            questions.append(query)
    return questions


def _find(choices: list[Choice], words: str = "", facets: dict[str, int] | None = None):
    return search(_question(choices, words), limit=0, facets=facets)


def _question(choices: list[Choice], words: str = "") -> ArticleQuery:
    return ArticleQuery(words=words, facets={name: FacetChoice((value,)) for name, value in choices})
