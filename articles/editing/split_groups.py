"""What the articles of one record fall into, should it stand for two: those that share a companion, and never another.

The method is simple so that it can be explained: the companion that appears most often makes the first group; the next
one that hardly ever appears together with the first makes the second, and so on.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from articles.models import SUBJECT_KINDS, Article, Source, SubjectKind

from .companions import SubjectKey, companions_in, names_of
from .splitting import movable_links

# The articles that were linked last; what they appear with is counted among these.
SAMPLE = 1_000
MOST_GROUPS = 6
# Of a group at most this part may belong to those before it.
OVERLAP = 0.1
# Who appears in a larger part of all articles divides nothing.
TOO_COMMON = 0.8
COMPANIONS_OFFERED, COMPANIONS_NAMED = 12, 3


@dataclass(frozen=True)
class Offered:
    """Something to narrow the articles by: a companion, a source, a decade, and how many of the sample have it."""

    key: str
    name: str
    count: int


@dataclass(frozen=True)
class Group:
    """`others` are those who appear in it most; `years` are the first and the last."""

    key: str
    name: str
    count: int
    others: list[str]
    years: tuple[int, int] | None


@dataclass(frozen=True)
class Contents:
    """What the articles of the sample have in common, by kind of subject; and the groups they fall into."""

    companions: dict[str, list[Offered]]
    sources: list[Offered]
    decades: list[Offered]
    groups: list[Group]
    is_part: bool


def contents_of(kind: SubjectKind, subject: int) -> Contents:
    """A query for each kind and a few more, whatever the number of articles."""
    sample = list(movable_links(kind, subject).order_by("-pk").values_list("article", flat=True)[: SAMPLE + 1])
    articles = set(sample[:SAMPLE])
    having = _articles_of_companions(articles, without=(kind.name, subject))
    facts = list(Article.objects.filter(pk__in=articles).values_list("pk", "source", "published_on"))
    years = {pk: day.year for pk, _source, day in facts if day}
    names = names_of(having)
    return Contents(
        companions={each: _offered(each, having, names) for each in SUBJECT_KINDS},
        sources=_sources(source for _pk, source, _day in facts if source),
        decades=_decades(years.values()),
        groups=_groups(having, names, years, len(articles)),
        is_part=len(sample) > SAMPLE,
    )


def key_of(companion: SubjectKey) -> str:
    """person:12, as it stands in a form."""
    return f"{companion[0]}:{companion[1]}"


def companions_of_articles(articles: Iterable[int], without: SubjectKey) -> dict[int, list[str]]:
    """The names of all that each article is about."""
    having = _articles_of_companions(set(articles), without)
    names, found = names_of(having), defaultdict(list)
    for companion, ids in having.items():
        for article in ids:
            found[article].append(names[companion])
    return found


def _articles_of_companions(articles: set[int], without: SubjectKey) -> dict[SubjectKey, set[int]]:
    having: dict[SubjectKey, set[int]] = defaultdict(set)
    for article, companion in companions_in(articles):
        having[companion].add(article)
    having.pop(without, None)
    return having


def _offered(kind: str, having: dict[SubjectKey, set[int]], names: dict[SubjectKey, str]) -> list[Offered]:
    counts = Counter({each: len(ids) for each, ids in having.items() if each[0] == kind})
    return [Offered(key_of(each), names[each], count) for each, count in counts.most_common(COMPANIONS_OFFERED)]


def _sources(ids: Iterable[int]) -> list[Offered]:
    counts = Counter(ids).most_common(COMPANIONS_OFFERED)
    names = dict(Source.objects.filter(pk__in=[id for id, _count in counts]).values_list("pk", "name"))
    return [Offered(str(id), names[id], count) for id, count in counts if id in names]


def _decades(years: Iterable[int]) -> list[Offered]:
    counts = Counter(year // 10 * 10 for year in years)
    return [Offered(str(decade), f"{decade}–{decade + 9}", counts[decade]) for decade in sorted(counts)]


def _groups(
    having: dict[SubjectKey, set[int]], names: dict[SubjectKey, str], years: dict[int, int], total: int
) -> list[Group]:
    """At least two, or none: one group divides nothing."""
    frequent = sorted(having, key=lambda each: (-len(having[each]), names[each]))
    groups, taken = [], set()
    for companion in frequent:
        articles = having[companion]
        is_too_common = len(articles) > TOO_COMMON * total
        if len(articles) < 2 or is_too_common or len(articles & taken) > OVERLAP * len(articles):
            continue
        groups.append(_group(companion, having, names, years))
        taken |= articles
        if len(groups) == MOST_GROUPS:
            break
    return groups if len(groups) > 1 else []


def _group(
    companion: SubjectKey, having: dict[SubjectKey, set[int]], names: dict[SubjectKey, str], years: dict[int, int]
) -> Group:
    articles = having[companion]
    together = Counter({each: len(ids & articles) for each, ids in having.items() if each != companion})
    others = [names[each] for each, count in together.most_common(COMPANIONS_NAMED) if count > 1]
    dated = sorted(years[article] for article in articles if article in years)
    span = (dated[0], dated[-1]) if dated else None
    return Group(key_of(companion), names[companion], len(articles), others, span)
