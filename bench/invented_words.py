"""Words, names and sentences that nobody ever wrote. Everything follows from a seed."""

from itertools import accumulate
from random import Random

# The commonest words of English, in their order; after them come the invented ones.
_COMMON = """
the of and to a in is was for that on it as with he be by at his from are this have or had not but which they were
an has their been its her will one who all there would more about said she when up out if some so no into them than
then can only other new could time these may two first after also over did many before must through years where
much your way down should because each just those people how too little state good very make world still see own
men work long here get both between life being under never day same another know while last might us great old year
off come since against go came right used take three
"""
_ONSETS = "b bl br c ch cl cr d dr f fl fr g gl gr h j k l m n p ph pl pr qu r s sc sh sl sp st str t th tr v w z"
_VOWELS = "a a a e e e e i i i o o o u u ai ea ee ie oa ou"
STOP_WORDS, ONSETS, VOWELS = _COMMON.split(), _ONSETS.split(), _VOWELS.split()
CODAS = ["", "", "", "", "n", "n", "r", "s", "l", "t", "m", "d", "ck", "nd", "nt", "st", "rt", "ng"]
VOCABULARY_SIZE = 60_000
# Zipf's law with Mandelbrot's offset: the word of rank r is as frequent as 1 / (r + 2.7).
ZIPF_OFFSET = 2.7


def zipf_weights(number: int, exponent: float = 1.0, offset: float = ZIPF_OFFSET) -> list[float]:
    """Cumulative weights of the ranks 0, 1, 2, … for `random.choices`."""
    return list(accumulate((rank + 1 + offset) ** -exponent for rank in range(number)))


def invent_words(random: Random, number: int, syllables: tuple[int, int] = (2, 4)) -> list[str]:
    """That many different words."""
    words: dict[str, None] = {}
    while len(words) < number:
        count = random.randint(*syllables)
        word = "".join(random.choice(ONSETS) + random.choice(VOWELS) for _ in range(count)) + random.choice(CODAS)
        words[word] = None
    return list(words)


class Vocabulary:
    def __init__(self, random: Random) -> None:
        invented = invent_words(random, VOCABULARY_SIZE)
        # Short words are the frequent ones, as everywhere.
        self.words = STOP_WORDS + sorted(invented, key=len)
        self.weights = zipf_weights(len(self.words))

    def some(self, random: Random, number: int) -> list[str]:
        return random.choices(self.words, cum_weights=self.weights, k=number)

    def some_rare(self, random: Random, number: int) -> list[str]:
        return random.choices(self.words[len(STOP_WORDS) :], k=number)


def as_sentences(random: Random, words: list[str]) -> list[str]:
    sentences = []
    start = 0
    while start < len(words):
        end = start + random.randint(8, 22)
        sentence = " ".join(words[start:end])
        sentences.append(f"{sentence[0].upper()}{sentence[1:]}.")
        start = end
    return sentences
