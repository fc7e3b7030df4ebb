"""Answering a batch of questions about one kind of subject."""

from collections.abc import Mapping

from django.http import HttpRequest

from articles.api.named_results import count_articles
from articles.models import SubjectKind

from .candidates import find_ids
from .entities import fetch_entities
from .properties import PROPERTIES
from .questions import Question
from .scoring import Candidate, rank


def answer_batch(kind: SubjectKind, batch: Mapping[str, Question], request: HttpRequest) -> dict[str, dict]:
    """{key: {"result": candidates}}. However many questions, the rows are fetched together."""
    ids = {key: find_ids(kind, question) for key, question in batch.items()}
    everybody = {pk for found in ids.values() for pk in found}
    subjects = kind.model.objects.filter(pk__in=everybody).prefetch_related("aliases")
    entities = fetch_entities(kind, subjects, count_articles(kind.plural), request)
    answers = {}
    for key, question in batch.items():
        ranked = rank(kind, question, [entities[pk] for pk in ids[key] if pk in entities])
        answers[key] = {"result": [_as_json(candidate, is_certain) for candidate, is_certain in ranked]}
    return answers


def _as_json(candidate: Candidate, is_certain: bool) -> dict:
    subject = candidate.entity.subject
    features = {"name_similarity": round(candidate.name_similarity, 1), "articles": candidate.entity.article_count}
    features |= {id: fits for id, fits in candidate.properties.items() if id in PROPERTIES and id != "articles"}
    return {
        "id": subject.slug,
        "name": subject.name,
        "description": subject.description,
        "type": [type.as_json() for type in candidate.types],
        "score": round(candidate.score, 1),
        "match": is_certain,
        "features": [{"id": id, "value": value} for id, value in features.items()],
    }
