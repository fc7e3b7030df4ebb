"""Who may be meant by a name: found in the database by all of it, else by its words, else by their beginnings."""

from collections.abc import Iterable, Iterator
from itertools import islice

from rapidfuzz import fuzz

from articles.models import SubjectKind
from articles.names.folding import fold_name

from .properties import PROPERTIES
from .questions import Question

# So many of the most similar are compared closely, out of so many that share something with the name.
MOST_COMPARED, MOST_FOUND = 50, 5_000
# A name at least so similar makes looking further needless.
SIMILAR_ENOUGH = 85
SHORTEST_WORD, BEGINNING, MOST_WORDS = 3, 3, 4
LARGEST_NUMBER = 2**63 - 1


def forms_of(text: str) -> list[str]:
    """The name as names are compared; “Moreau, Ada” is “Ada Moreau”, too."""
    last, comma, first = text.partition(",")
    swapped = [f"{first} {last}"] if comma and "," not in first and first.strip() and last.strip() else []
    return [fold_name(each) for each in (text, *swapped)]


def similarity(forms: list[str], names: Iterable[str]) -> float:
    """From 0 to 100, which only an equal name reaches."""
    folded = [fold_name(name) for name in names]
    if set(forms) & set(folded):
        return 100.0
    return min(max((fuzz.WRatio(form, name) for form in forms for name in folded), default=0.0), 99.0)


def find_ids(kind: SubjectKind, question: Question) -> list[int]:
    """The ids of those that may be meant, the most similar first."""
    forms, by_identifier = forms_of(question.text), list(_find_by_identifier(kind, question))
    scores: dict[int, float] = {}
    for names in _ever_wider(kind, forms) if question.text else ():
        for pk, name in names:
            scores[pk] = max(scores.get(pk, 0.0), similarity(forms, [name]))
        if any(score >= SIMILAR_ENOUGH for score in scores.values()):
            break
    by_name = sorted(scores, key=lambda pk: (-scores[pk], pk))[:MOST_COMPARED]
    return list(dict.fromkeys([*by_identifier, *by_name]))


def _find_by_identifier(kind: SubjectKind, question: Question) -> Iterator[int]:
    """By the slug, or by an identifier that a property gives or that is asked for itself."""
    rows = kind.model.objects
    yield from rows.filter(slug=question.text).values_list("pk", flat=True)
    asked = {condition.property: condition.values for condition in question.conditions}
    for property in PROPERTIES.values():
        if property.column and kind.name in property.kinds:
            values = [*asked.get(property.id, ()), question.text]
            if property.id == "geonames":
                numbers = [int(value) for value in values if value.isascii() and value.isdecimal()]
                values = [number for number in numbers if number <= LARGEST_NUMBER]
            values = [value for value in values if value]
            yield from rows.filter(**{f"{property.column}__in": values}).values_list("pk", flat=True)


def _ever_wider(kind: SubjectKind, forms: list[str]) -> Iterator[Iterable[tuple[int, str]]]:
    """(id, name): of names with the whole text, of names with one of its words, of names with a word's beginning."""
    yield _names_containing(kind, filter(None, forms))
    words = sorted(
        {word for word in forms[0].split() if len(word) >= SHORTEST_WORD}, key=lambda word: (-len(word), word)
    )
    if len(forms[0].split()) > 1:
        yield _names_containing(kind, words[:MOST_WORDS])
    yield _names_containing(kind, dict.fromkeys(word[:BEGINNING] for word in words[:MOST_WORDS]))


def _names_containing(kind: SubjectKind, texts: Iterable[str]) -> Iterable[tuple[int, str]]:
    """(id, name) of names with the first text, then with the next: no more are read than will be compared."""
    found = (each for text in texts for each in kind.model.objects.names_containing(text, MOST_FOUND))
    return islice(found, MOST_FOUND)
