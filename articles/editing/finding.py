"""Finding people, places and topics by what they are called, fast enough to answer while somebody types."""

from collections import defaultdict

from django.db.models import Q

from articles.database.prefixes import begins_with
from articles.models import Subject
from articles.names.folding import fold_name

# So many that have the longest of several words in a name are looked at for the others.
MOST_WITH_A_WORD = 2_000
MOST_NAMESAKES = 200


def subjects_called(model: type[Subject], text: str, limit: int) -> list[int]:
    """Ids of those that have every word of `text` in their names, at most `limit`.

    Those called exactly so come first, then those whose names begin so: an index finds both. All names are only
    looked through where these are fewer than `limit`.
    """
    words = text.split()
    if not words:
        return []
    # An index tells capitals apart: these are the ways in which names are written.
    text = " ".join(words)
    spellings = {text, text.upper(), text.capitalize(), text.title(), text[:1].upper() + text[1:]}
    ids = _with_names(model, Q(name__in=spellings), limit) + _with_names(model, begins_with("name", spellings), limit)
    ids = list(dict.fromkeys(ids))
    if len(ids) < limit:
        ids += [id for id in _names_contain(model, words) if id not in ids]
    return ids[:limit]


def subjects_named(model: type[Subject], text: str) -> list[Subject]:
    """Those whose name or other name is this, accents and case apart."""
    wanted = fold_name(text)
    found = model.objects.filter(pk__in=subjects_called(model, text, MOST_NAMESAKES)).prefetch_related("aliases")
    return [
        subject
        for subject in found.alphabetical()
        if wanted in {fold_name(name) for name in (subject.name, *(alias.name for alias in subject.aliases.all()))}
    ]


def _with_names(model: type[Subject], condition: Q, limit: int) -> list[int]:
    """By their own names first, then by other names."""
    aliases = model.aliases.rel.related_model.objects
    by_name = model.objects.filter(condition).order_by("name").values_list("pk", flat=True)
    by_alias = aliases.filter(condition).order_by("name").values_list("subject_id", flat=True)
    return [*by_name[:limit], *by_alias[:limit]]


def _names_contain(model: type[Subject], words: list[str]) -> list[int]:
    """Accents and case apart. Looks through all names once, for the longest word."""
    longest, *others = sorted(words, key=len, reverse=True)
    aliases = model.aliases.rel.related_model.objects
    by_name = model.objects.with_name_containing(longest).order_by().values_list("pk", flat=True)
    by_alias = aliases.with_name_containing(longest).order_by().values_list("subject_id", flat=True)
    ids = list(dict.fromkeys([*by_name[:MOST_WITH_A_WORD], *by_alias[:MOST_WITH_A_WORD]]))
    return _with_words(model, ids, [fold_name(word) for word in others]) if others else ids


def _with_words(model: type[Subject], ids: list[int], words: list[str]) -> list[int]:
    """Those of the ids that have each of the folded words in one of their names."""
    names = defaultdict(str, {id: fold_name(name) for id, name in _names(model.objects.filter(pk__in=ids), "pk")})
    aliases = model.aliases.rel.related_model.objects.filter(subject__in=ids)
    for id, name in _names(aliases, "subject_id"):
        names[id] += f"\n{fold_name(name)}"
    return [id for id in ids if all(word in names[id] for word in words)]


def _names(rows, id_column: str):
    return rows.order_by().values_list(id_column, "name")
