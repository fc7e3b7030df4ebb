"""What a search must find, said as slowly and plainly as possible: the model that the engine is held against."""

from articles.markdown import plain_text
from articles.names.folding import fold_name
from articles.search import tree
from articles.search.analysis import analysis_of, stems


def matches(node: tree.Node, article) -> bool:
    """Whether an article, with its links fetched, is found by a tree."""
    match node:
        case tree.All(parts):
            return all(matches(part, article) for part in parts)
        case tree.Any(parts):
            return any(matches(part, article) for part in parts)
        case tree.Not(part):
            return not matches(part, article)
        case tree.Days(first, last):
            day = article.published_on
            return day is not None and (first is None or first <= day) and (last is None or day <= last)
        case tree.Named(facet, text):
            return any(_has_words(name, text) for name in _names(article, facet))
        case tree.Text():
            return _has_text(node, article)


def _has_text(node: tree.Text, article) -> bool:
    text = article.headline
    if not node.in_headline:
        text = f"{article.headline}\n{article.summary}\n{plain_text(article.body)}\n{article.byline}"
    if node.is_prefix:
        words = stems(text)
        *whole, beginning = stems(node.text)
        return set(whole) <= set(words) and any(word.startswith(beginning) for word in words)
    analysis = analysis_of(article.language)
    words, wanted = stems(text, analysis), stems(node.text, analysis)
    starts = range(len(words) - len(wanted) + 1)
    return any(words[start : start + len(wanted)] == wanted for start in starts)


def _names(article, facet: str) -> list[str]:
    """All names of what an article is linked to for sure, and of everything above it."""
    if facet == "source":
        return [article.source.name] if article.source else []
    kind = {"people": "person", "places": "place", "topics": "topic"}[facet]
    names = []
    for link in getattr(article, f"{kind}_links").all():
        subject = link.subject if link.status == "accepted" else None
        while subject is not None:
            names += [subject.name, *(alias.name for alias in subject.aliases.all())]
            subject = getattr(subject, "parent", None)
    return names


def _has_words(name: str, text: str) -> bool:
    padded = "".join(character if character.isalnum() else " " for character in f" {fold_name(name)} ")
    wanted = "".join(character if character.isalnum() else " " for character in fold_name(text))
    return f" {' '.join(wanted.split())} " in f" {' '.join(padded.split())} "
