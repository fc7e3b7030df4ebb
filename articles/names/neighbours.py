"""What stands beside a name: “Kennedy” behind “Charles” or “Mr” is a person, whatever place is called so, too."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .index import Mention

# No place is called so.
_HONORIFICS = frozenset("mr mrs ms miss mister dr prof professor sir lord lady dame herr frau monsieur madame".split())  # noqa: SIM905
_TITLES = _HONORIFICS | frozenset(
    """president senator sen congressman congresswoman governor gov mayor col colonel capt captain sgt sergeant lt
    lieutenant admiral king queen prince princess pope cardinal bishop archbishop chancellor rev reverend sheikh imam
    ayatollah rabbi señor señora""".split()  # noqa: SIM905
)
# Words that are written with capitals and are no part of another name.
_PLAIN = frozenset(
    """a an the i in on at to of by for from with and or but as is near over under after before since via
    north south east west northern southern eastern western northeast northwest southeast southwest northeastern
    northwestern southeastern southwestern great mid middle continental former modern
    central upper lower inner outer greater downtown mainland metropolitan
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december jan feb mar apr jun jul aug sep sept oct nov dec""".split()  # noqa: SIM905
)
_PLAIN_AFTER = _PLAIN | _TITLES | frozenset("province region governorate prefecture district county".split())  # noqa: SIM905
# Behind these stands a place, even if a person of that name was there before.
_PLACE_FOLLOWS = frozenset("in near around outside inside across throughout".split())  # noqa: SIM905

_WORD_BEFORE = re.compile(r"(\S+) \Z")
_WORD_AFTER = re.compile(r" (\S+)")
# A word with a capital at its beginning only, or an initial: what is in capitals all over is an abbreviation or a cry.
_CAPITALISED = re.compile(r"[^\W\d_a-z][^\W\d_]*[a-zß-ÿ][^\W_]*(?:['’-][^\W_]+)*|[A-HJ-Z]\.?")
_OPENING = "\"'“‘«„([{*_"
_ENDS_SENTENCE = re.compile(r"(?:[.!?:;…\n•–—-]|\A)[\s\"'“”‘’«»„()\[\]*_#>]*\Z")
# In German all nouns have capitals, which say nothing there.
_GERMAN = re.compile(r"\b(?:und|der|die|das|den|ist|nicht|von)\b")
BEGINNING, MOST_GERMAN_WORDS = 2_000, 8
LONGEST_WORD, LONGEST_TITLE_LINE = 30, 200
# More than any text names a place.
CERTAIN = 1_000_000


def doubtful_mentions(text: str, mentions: Iterable["Mention"], first_names: Collection[str] = ()) -> set[int]:
    """The numbers of the mentions of places and topics that are likely a part of another name, such as a person's.

    Only names of one word can be. Where a word stands behind a title or one of the `first_names`, or behind any other
    name more often than alone, it is in doubt wherever it stands alone, too.
    """
    mentions = list(mentions)
    if len(_GERMAN.findall(text, 0, BEGINNING)) > MOST_GERMAN_WORDS:
        return set()
    starts, ends = {each.start for each in mentions}, {each.end for each in mentions}
    doubtful, persons, alone = set(), Counter(), defaultdict(list)
    for number, each in enumerate(mentions):
        word = text[each.start : each.end]
        if " " in word or not word[0].isupper() or any(kind == "person" for kind, _ in each.subjects):
            continue
        before = "" if each.start - 1 in ends else _word_before(text, each.start)
        weight = _sign_of_a_person(before, text, each.start, first_names)
        # Topics are words, and stand in many names: “Shifa Hospital” is about hospitals.
        if weight == CERTAIN or (weight and each.subjects[0][0] != "topic"):
            persons[word] += weight
            doubtful.add(number)
        elif each.end + 1 not in starts and _goes_on(text, each):
            doubtful.add(number)
        elif before.lower() not in _PLACE_FOLLOWS:
            alone[word].append(number)
    for word, weight in persons.items():
        doubtful.update(alone[word] if weight > len(alone[word]) else ())
    return doubtful


def _sign_of_a_person(before: str, text: str, start: int, first_names: Collection[str]) -> int:
    """How much the word before a name says that it is a person's: nothing, something, or CERTAIN."""
    word = before.rstrip(".").lower()
    if not before or not before[0].isupper() or word in _PLAIN or word.endswith(("'s", "’s")):
        return 0
    if word in _TITLES:
        return CERTAIN if word in _HONORIFICS else 1
    if not _CAPITALISED.fullmatch(before):
        return 0
    if before in first_names:
        return CERTAIN
    return int(not _begins_sentence(text, start - 1 - len(before)) and not _is_in_title_line(text, start))


def _goes_on(text: str, mention: "Mention") -> bool:
    """Whether a capitalised word follows, as in “Kennedy Space Center”."""
    found = _WORD_AFTER.match(text, mention.end, mention.end + LONGEST_WORD)
    if not found or not found[1][0].isupper() or mention.subjects[0][0] == "topic":
        return False
    word = re.split(r"['’]|[^\w.-]", found[1], maxsplit=1)[0].rstrip(".")
    if word.lower() in _PLAIN_AFTER or not _CAPITALISED.fullmatch(word):
        return False
    return not _is_in_title_line(text, mention.start)


def _word_before(text: str, start: int) -> str:
    found = _WORD_BEFORE.search(text[max(0, start - LONGEST_WORD) : start]) if text[start - 1 : start] == " " else None
    return found[1].lstrip(_OPENING) if found else ""


def _begins_sentence(text: str, start: int) -> bool:
    return bool(_ENDS_SENTENCE.search(text[max(0, start - 10) : start])) or start <= 0


def _is_in_title_line(text: str, position: int) -> bool:
    """Whether nearly all words of the line have capitals, so that those say nothing."""
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    line = text[start : end if end >= 0 else None]
    if len(line) > LONGEST_TITLE_LINE:
        return False
    words = [word for word in line.split() if len(word) > 3]
    return sum(word[0].isupper() for word in words) >= 0.7 * len(words)
