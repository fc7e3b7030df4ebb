"""Grouping the articles that are versions of one text: copies, corrections, syndicated and shortened ones."""

import itertools
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from articles.history import belonging_to, long_occasion
from articles.markdown import plain_text
from articles.models import Article, Occasion, TextGroup
from articles.models.tree import in_parts

from .similarity import BANDS, bands, shingles, similarity

SIMILAR = 0.6
PORTION = 500

Progress = Callable[[int], None]
Pair = tuple[int, int]


@dataclass
class VersionsReport:
    articles: int = 0
    groups: int = 0
    grouped: int = 0
    changed: int = 0


def group_versions(minimum: float = SIMILAR, on_progress: Progress = lambda articles: None) -> VersionsReport:
    """Group all articles whose texts are equal, or have at least this share of their word triples in common.

    Looks at every text once; holds some 200 bytes for each in memory. What is in a group wrongly is taken out.
    """
    report, clusters = VersionsReport(), Clusters()
    ids, columns = array("Q"), [array("Q") for _ in range(BANDS)]
    same_text: dict[str, int] = {}
    for id, body, fingerprint in _texts():
        report.articles += 1
        if fingerprint and clusters.join(same_text.setdefault(fingerprint, id), id):
            pass  # an exact copy: it needs no comparing
        elif shingled := shingles(plain_text(body)):
            ids.append(id)
            for column, band in zip(columns, bands(shingled), strict=True):
                column.append(band)
        on_progress(1)
    for column in columns:
        _join_similar(_candidates(ids, column), clusters, minimum)
    _write(clusters, report)
    return report


class Clusters:
    """Which articles belong together (union–find). The lowest id stands for all."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def join(self, first: int, second: int) -> bool:
        """Whether they were two articles apart until now."""
        first, second = self.find(first), self.find(second)
        if first != second:
            self._above[max(first, second)] = min(first, second)
        return first != second

    def find(self, id: int) -> int:
        path = []
        while id in self._above:
            path.append(id)
            id = self._above[id]
        for passed in path:
            self._above[passed] = id
        return id

    def members(self) -> dict[int, list[int]]:
        """The ids of each cluster of two or more, by the lowest."""
        found: dict[int, list[int]] = defaultdict(list)
        for id in self._above:
            found[self.find(id)].append(id)
        return {lowest: [lowest, *sorted(others)] for lowest, others in found.items()}


def _texts() -> Iterator[tuple[int, str, str]]:
    last = 0
    columns = ("pk", "body", "fingerprint")
    while rows := list(Article.objects.filter(pk__gt=last).order_by("pk").values_list(*columns)[:PORTION]):
        yield from rows
        last = rows[-1][0]


def _candidates(ids: array, column: array) -> Iterator[Pair]:
    """Neighbours among the articles that share a band."""
    order = sorted(range(len(ids)), key=column.__getitem__)
    for before, after in itertools.pairwise(order):
        if column[before] == column[after]:
            yield ids[before], ids[after]


def _join_similar(pairs: Iterable[Pair], clusters: Clusters, minimum: float) -> None:
    open_pairs = [pair for pair in pairs if clusters.find(pair[0]) != clusters.find(pair[1])]
    for start in range(0, len(open_pairs), PORTION):
        part = open_pairs[start : start + PORTION]
        rows = Article.objects.filter(pk__in={id for pair in part for id in pair}).values_list("pk", "body")
        texts = {pk: shingles(plain_text(body)) for pk, body in rows}
        for first, second in part:
            if first in texts and second in texts and similarity(texts[first], texts[second]) >= minimum:
                clusters.join(first, second)


def _write(clusters: Clusters, report: VersionsReport) -> None:
    with long_occasion("manage.py group_versions") as occasion:
        _write_groups(clusters, report, occasion)


def _write_groups(clusters: Clusters, report: VersionsReport, occasion: Occasion) -> None:
    """Make the groups in the database those of the clusters; what is right already is left alone."""
    wanted = clusters.members()
    report.groups, report.grouped = len(wanted), sum(map(len, wanted.values()))
    grouped = dict(Article.objects.exclude(text_group=None).values_list("pk", "text_group"))
    alone = grouped.keys() - {id for members in wanted.values() for id in members}
    report.changed += len(alone)
    for part in in_parts(sorted(alone)):
        with belonging_to(occasion):
            Article.objects.filter(pk__in=part).update(text_group=None)
    taken: set[int] = set()
    for members in wanted.values():
        group = next((grouped[id] for id in members if id in grouped and grouped[id] not in taken), None)
        moved = [id for id in members if group is None or grouped.get(id) != group]
        if moved:
            group = _move(moved, group, occasion)
        taken.add(group)
        report.changed += len(moved)
    with belonging_to(occasion):
        TextGroup.objects.filter(articles=None).delete()


def _move(ids: list[int], group: int | None, occasion: Occasion) -> int:
    """Puts the articles into the group, or a new one; returns it."""
    with belonging_to(occasion):
        group = group or TextGroup.objects.create().pk
        Article.objects.filter(pk__in=ids).update(text_group=group)
    return group
