"""Names that are everyday words, so that finding one in a text says nothing: Most, Of and Reading are towns.

The words in everyday_words.txt are English: the commonest ones, and those that begin sentences or stand in
vocabularies and gazetteers. A name of more words is none of them, but another name that consists of them and has no
language is often a translation: GeoNames has “White House” for Casablanca.
"""

from dataclasses import replace
from pathlib import Path

from articles.names.folding import fold_name

from .records import OtherName, SubjectRecord

EVERYDAY_WORDS = frozenset(Path(__file__).with_name("everyday_words.txt").read_text(encoding="utf-8").split())
AS_GIVEN, CAREFUL, ALL, NONE = "", "careful", "all", "none"


def is_everyday(name: str) -> bool:
    return fold_name(name) in EVERYDAY_WORDS


def is_translation(other: OtherName, kind: str) -> bool:
    """Whether it is likely the meaning of a name. What countries and territories are called is known in English."""
    words = fold_name(other.name).split()
    is_known = other.language or kind in ("country", "territory")
    return not is_known and len(words) > 1 and EVERYDAY_WORDS.issuperset(words)


def with_matching(record: SubjectRecord, mode: str) -> SubjectRecord:
    """The record with the decision whether its name is looked for in texts, unless it has one of its own.

    "careful": not where it is an everyday word; other names that are such words are left out, as they have no
    switch of their own, and so are translations. "all": always. "none": never, and only the other names are looked for.
    """
    if mode == CAREFUL:
        kind = getattr(record, "kind", "")
        wanted = (each for each in record.other_names if not is_everyday(each.name) and not is_translation(each, kind))
        other_names = tuple(wanted)
        record = replace(record, other_names=other_names)
    if record.name_is_matched is not None or mode == AS_GIVEN or (mode == CAREFUL and not is_everyday(record.name)):
        return record
    return replace(record, name_is_matched=mode == ALL)
