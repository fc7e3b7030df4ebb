"""A headline and a summary for records that came without."""

import re
from dataclasses import replace

from articles.markdown import plain_text

from .records import ArticleRecord

HEADLINE_LENGTH = 110
SUMMARY_LENGTH = 300

# A full stop behind one of these, or behind a single letter, does not end a sentence.
_ABBREVIATIONS = frozenset(
    "capt co col corp dr e.g etc gen gov i.e inc jr lt ltd mr mrs ms no prof rep sen sgt sr st u.k u.n u.s vs".split()  # noqa: SIM905
)
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|[。！？]+[」』”]?")
_CLAUSE_END = re.compile(r"[,;:–—](?=\s)")


def with_headline_and_summary(record: ArticleRecord) -> ArticleRecord:
    """The record, with what it lacks made from its first sentence; a headline made so is marked."""
    if record.summary == record.headline and not record.is_complete:
        # It would say nothing that is not said above it.
        record = replace(record, summary="")
    if record.headline and (record.summary or record.is_complete):
        return record
    # A text of marks alone, such as a picture, has no words: it stands for itself.
    sentence = first_sentence(plain_text(record.body)) or first_sentence(record.body)
    if not record.headline:
        record = replace(record, headline=_headline(sentence), headline_is_derived=True)
    return replace(record, summary=record.summary or shorten(sentence, SUMMARY_LENGTH))


def first_sentence(text: str) -> str:
    """The first sentence of a text, in one line; a paragraph ends a sentence, too."""
    paragraph = " ".join(text.strip().split("\n\n", 1)[0].split())
    for end in _SENTENCE_END.finditer(paragraph):
        if not _is_abbreviation(paragraph[: end.start()], end.group()):
            return paragraph[: end.end()]
    return paragraph


def shorten(text: str, length: int) -> str:
    """At most `length` characters: cut at a clause if one ends in the last third, else at a word."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    clauses = [found.start() for found in _CLAUSE_END.finditer(cut)]
    if clauses and clauses[-1] > length * 2 / 3:
        return cut[: clauses[-1]].rstrip() + "…"
    return cut.rsplit(" ", 1)[0].rstrip(" ,;:–—") + "…"


def _headline(sentence: str) -> str:
    if len(sentence) > HEADLINE_LENGTH:
        return shorten(sentence, HEADLINE_LENGTH)
    return re.sub(r"(?<=[^.…])\.$", "", sentence)


def _is_abbreviation(before: str, mark: str) -> bool:
    if mark != ".":
        return False
    word = before.rsplit(" ", 1)[-1].lstrip("(\"'“‘").lower()
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word != "i")
