"""Articles like another one: those that have its most telling words and its rarest subjects.

A word or a subject tells the more, the fewer articles have it. The few that tell most become one question to the
index, of which any part may hold: words count by BM25, as in a search; a shared subject counts like two rare words,
log(all articles ÷ articles with it) each. What reaches less than 15% of what the article itself would get is left out.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

import tantivy
from tantivy import Occur, Query

from articles.markdown import plain_text
from articles.models import Article

from . import catch_up_for_reader
from .analysis import analysis_of, stems
from .files import open_latest

TELLING_WORDS = 12
TELLING_SUBJECTS = 5
WORTH_OF_A_SUBJECT = 2.0
LEAST_SHARE = 0.15
# What more articles have than this tells little, and costs much.
MOST_WITH_WORD, MOST_WITH_SUBJECT = 5_000, 20_000
COMMON_SHARE = 0.2
LONGEST_TEXT = 20_000


def similar_articles(article: Article, subjects: Mapping[str, Iterable[int]], limit: int) -> list[int]:
    """Ids of published articles, the most similar first; the article itself is not among them.

    `subjects` maps facets to the ids of those that the article is about. The index may know articles that have just
    been withdrawn: ask the database for the published ones. Raises `IndexUnavailable`.
    """
    catch_up_for_reader()
    index = open_latest().index
    searcher = index.searcher()
    parts = _words(article, searcher, index.schema) + _subjects(subjects, searcher, index.schema)
    if not parts:
        return []
    query = Query.boolean_query([(Occur.Should, part) for part in parts])
    hits = searcher.search(query, limit=limit + 1, count=False).hits
    ids = searcher.fast_field_values("pk", [address for _, address in hits])
    scores = dict(zip(ids, (score for score, _ in hits), strict=True))
    least = LEAST_SHARE * scores.get(article.pk, hits[0][0] if hits else 0)
    return [id for id in ids if id != article.pk and scores[id] >= least][:limit]


def _words(article: Article, searcher: tantivy.Searcher, schema: tantivy.Schema) -> list[Query]:
    """The words that are frequent in the article and rare in the archive; those of the headline count double."""
    analysis = analysis_of(article.language)
    text = f"{article.headline}\n{article.headline}\n{article.summary}\n{plain_text(article.body[:LONGEST_TEXT])}"
    field, weights = f"text_{analysis}", {}
    for word, times in Counter(stems(text, analysis)).items():
        known = searcher.doc_freq(field, word)
        if _tells(known, MOST_WITH_WORD, searcher) and not word.isdigit():
            weights[word] = (1 + math.log(times)) * _rarity(known, searcher)
    telling = sorted(weights, key=lambda word: (-weights[word], word))[:TELLING_WORDS]
    return [Query.term_query(schema, field, word, "freq") for word in telling]


def _subjects(subjects: Mapping[str, Iterable[int]], searcher: tantivy.Searcher, schema: tantivy.Schema) -> list[Query]:
    known = {(facet, id): searcher.doc_freq(facet, id) for facet, ids in subjects.items() for id in ids}
    telling = [pair for pair in known if _tells(known[pair], MOST_WITH_SUBJECT, searcher)]
    rarest = sorted(telling, key=lambda pair: (known[pair], pair))[:TELLING_SUBJECTS]
    return [_published(schema, *pair, WORTH_OF_A_SUBJECT * _rarity(known[pair], searcher)) for pair in rarest]


def _published(schema: tantivy.Schema, facet: str, id: int, score: float) -> Query:
    """Words are known of published articles only, subjects of all."""
    has_subject = Query.const_score_query(Query.term_query(schema, facet, id, "basic"), score)
    is_public = Query.const_score_query(Query.term_query(schema, "status", "published", "basic"), 0.0)
    return Query.boolean_query([(Occur.Must, has_subject), (Occur.Must, is_public)])


def _tells(known: int, most: int, searcher: tantivy.Searcher) -> bool:
    """Whether another article has it, and not too many."""
    return 1 < known <= min(most, max(COMMON_SHARE * searcher.num_docs, 2))


def _rarity(known: int, searcher: tantivy.Searcher) -> float:
    return math.log((searcher.num_docs + 1) / known)
