"""Finding people, places and topics by what they are called, fast enough to answer while somebody types."""

from collections import defaultdict

from articles.database.prefixes import begins_with
from articles.models import Subject
from articles.names.folding import fold_name

# So many that have the longest of several words in a name are looked at for the others.
MOST_WITH_A_WORD = 2_000


def subjects_called(model: type[Subject], text: str, limit: int) -> list[int]:
    """Ids of those that have every word of `text` in their names, at most `limit`.

    Names that begin with the text are found by an index, so they come first; all names are only looked through
    where these are fewer than `limit`.
    """
    words = text.split()
    if not words:
        return []
    ids = _names_begin_with(model, " ".join(words), limit)
    if len(ids) < limit:
        ids += [id for id in _names_contain(model, words) if id not in ids]
    return ids[:limit]


def _names_begin_with(model: type[Subject], text: str, limit: int) -> list[int]:
    """An index tells capitals apart, so this tries the ways in which names are written."""
    spelt_so = begins_with("name", {text, text.capitalize(), text.title(), text[:1].upper() + text[1:]})
    aliases = model.aliases.rel.related_model.objects
    by_name = model.objects.filter(spelt_so).order_by("name").values_list("pk", flat=True)
    by_alias = aliases.filter(spelt_so).order_by("name").values_list("subject_id", flat=True)
    return list(dict.fromkeys([*by_name[:limit], *by_alias[:limit]]))


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
