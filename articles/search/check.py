"""Proving that the index says what the database says, article by article."""

from collections import Counter
from dataclasses import dataclass, field

import tantivy

from . import files
from .documents import digest_of, entries_for
from .rebuilding import Progress, all_article_ids


@dataclass
class Difference:
    """Article ids found only in the database, only in the index, or in both but not alike."""

    missing: list[int] = field(default_factory=list)
    surplus: list[int] = field(default_factory=list)
    different: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.missing or self.surplus or self.different)


def compare(progress: Progress = lambda done, total: None) -> Difference:
    """Compare every article with its document by a digest of all that is indexed.

    Raises `IndexUnavailable` where there is no index.
    """
    indexed, repeated = _digests_in_index()
    difference = Difference(different=sorted(repeated))
    done, total = 0, len(indexed)
    for ids in all_article_ids():
        for entry in entries_for(ids):
            pk = entry["pk"][0]
            digest = indexed.pop(pk, None)
            if digest is None:
                difference.missing.append(pk)
            elif digest != digest_of(entry) and pk not in repeated:
                difference.different.append(pk)
        done += len(ids)
        progress(done, max(done, total))
    difference.surplus = sorted(indexed)
    return difference


def _digests_in_index() -> tuple[dict[int, int], set[int]]:
    """The digest of each indexed article, and the ids that stand in the index more than once."""
    searcher = files.open_latest().index.searcher()
    if not searcher.num_docs:
        return {}, set()
    hits = searcher.search(tantivy.Query.all_query(), limit=searcher.num_docs, count=False).hits
    addresses = [address for _, address in hits]
    pks = searcher.fast_field_values("pk", addresses)
    digests = searcher.fast_field_values("digest", addresses)
    repeated = {pk for pk, times in Counter(pks).items() if times > 1} if len(set(pks)) < len(pks) else set()
    return dict(zip(pks, digests, strict=True)), repeated
