"""The passage of an article in which the searched words stand, for the articles of one page."""

from collections.abc import Iterable
from dataclasses import dataclass

import tantivy

from articles.markdown import plain_text
from articles.models import Article

from .analysis import analysis_of
from .schema import words_prefix

SNIPPET_LENGTH = 240
# Before the first word of a text and behind its last.
MOST_MARKS = 5


@dataclass(frozen=True)
class Fragment:
    """A stretch of plain text, or “…” where it was cut off; `is_match` where it is what was searched for."""

    text: str
    is_match: bool


def make_snippets(
    articles: Iterable[Article], query: tantivy.Query, searcher: tantivy.Searcher, schema: tantivy.Schema
) -> dict[int, list[Fragment]]:
    """The snippet of each article in whose text a word was found. The articles bring their body along."""
    generators: dict[str, tantivy.SnippetGenerator] = {}
    snippets = {}
    for article in articles:
        field = f"{words_prefix(article.status)}text_{analysis_of(article.language)}"
        if field not in generators:
            generators[field] = tantivy.SnippetGenerator.create(searcher, query, schema, field)
            generators[field].set_max_num_chars(SNIPPET_LENGTH)
        text, document = plain_text(article.body), tantivy.Document()
        document.add_text(field, text)
        fragments = _fragments(generators[field].snippet_from_doc(document), text)
        if fragments:
            snippets[article.pk] = fragments
    return snippets


def _fragments(snippet: tantivy.Snippet, whole: str) -> list[Fragment]:
    """The engine counts in bytes of UTF-8."""
    text, done, fragments = snippet.fragment().encode(), 0, []
    for found in snippet.highlighted():
        fragments += [
            Fragment(text[done : found.start].decode(), is_match=False),
            Fragment(text[found.start : found.end].decode(), is_match=True),
        ]
        done = found.end
    if not fragments:
        return []
    before, _, behind = whole.partition(snippet.fragment())
    opening = "… " if _has_words(before) else before.lstrip()[-MOST_MARKS:]
    ending = " …" if _has_words(behind) else behind.rstrip()[:MOST_MARKS]
    fragments = [Fragment(opening, is_match=False), *fragments]
    fragments.append(Fragment(text[done:].decode() + ending, is_match=False))
    return [fragment for fragment in fragments if fragment.text]


def _has_words(text: str) -> bool:
    """The engine cuts at words, also before the quotation mark or behind the full stop that belongs to them."""
    return any(map(str.isalnum, text))
