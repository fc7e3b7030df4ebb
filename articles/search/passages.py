"""The passage of an article in which the searched words stand, for the articles of one page."""

from collections.abc import Iterable
from dataclasses import dataclass

import tantivy

from articles.markdown import plain_text
from articles.models import Article

from .analysis import analysis_of
from .schema import words_prefix

SNIPPET_LENGTH = 240


@dataclass(frozen=True)
class Fragment:
    """A stretch of plain text; `is_match` where it is what was searched for."""

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
        document = tantivy.Document()
        document.add_text(field, plain_text(article.body))
        fragments = _fragments(generators[field].snippet_from_doc(document))
        if fragments:
            snippets[article.pk] = fragments
    return snippets


def _fragments(snippet: tantivy.Snippet) -> list[Fragment]:
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
    fragments.append(Fragment(text[done:].decode(), is_match=False))
    return [fragment for fragment in fragments if fragment.text]
