"""Noting the unknown names of articles as candidates, for editors: a portion of articles in a few statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from articles.models import Candidate, ImportBatch
from articles.models.tree import in_parts
from articles.pipeline.records import Tag

# Kind, name and code: there is one candidate of each.
Key = tuple[str, str, str]


def suggest_candidates(unknown_tags: Mapping[int, Iterable[Tag]], batch: ImportBatch) -> int:
    """By the id of the article; returns how many of the candidates are new. The caller holds the transaction."""
    keys = {article: {_key(tag) for tag in tags if tag.name} for article, tags in unknown_tags.items()}
    asked = set().union(*keys.values())
    ids = _ids_of(asked)
    # In order, and no matter if they are there: another import may make the same ones at the same time.
    new = [Candidate(kind=kind, name=name, code=code, batch=batch) for kind, name, code in sorted(asked - ids.keys())]
    if new:
        Candidate.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
        ids = _ids_of(asked)
    pairs = Candidate.articles.through
    rows = [pairs(article_id=article, candidate_id=ids[key]) for article in keys for key in sorted(keys[article])]
    pairs.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1_000)
    return len(new)


def _key(tag: Tag) -> Key:
    return tag.kind, tag.name, tag.code


def _ids_of(keys: Iterable[Key]) -> dict[Key, int]:
    """Of those candidates that are there."""
    names, found = defaultdict(set), {}
    for kind, name, _code in keys:
        names[kind].add(name)
    for kind, of_kind in names.items():
        for part in in_parts(of_kind):
            rows = Candidate.objects.filter(kind=kind, name__in=part).values_list("kind", "name", "code", "pk")
            found |= {(kind, name, code): pk for kind, name, code, pk in rows}
    return found
