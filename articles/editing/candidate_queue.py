"""The queue of candidates: which come next, and what an editor needs to see to decide on them."""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from articles.models import Article, Candidate, Subject, SubjectKind
from articles.names import KnownName, NameIndex
from articles.pipeline.annotate import matched_text

from .candidate_matches import known_subjects
from .counting import CappedCount, count_up_to_cap
from .passages import Fragment, passages

SAMPLES = 3
Mentions = Candidate.articles.through


@dataclass(frozen=True)
class Sample:
    """An article of a candidate, and a passage of it with the name, if its text has the name."""

    article: Article
    passage: list[Fragment]


@dataclass(frozen=True)
class CandidateCard:
    """`known` are those in the archive that bear its name or code."""

    candidate: Candidate
    article_count: int
    samples: list[Sample] = field(default_factory=list)
    known: list[Subject] = field(default_factory=list)

    @property
    def key(self) -> str:
        return str(self.candidate.pk)


@dataclass(frozen=True)
class CandidateQueue:
    kind: SubjectKind
    status: str = Candidate.Status.OPEN
    name: str = ""

    def next_cards(self, limit: int, after: int | None = None) -> list[CandidateCard]:
        """The first ones, or those that follow the candidate `after`; most articles first."""
        counted = self._counted()
        if after:
            last = Mentions.objects.filter(candidate=after).count()
            counted = counted.filter(Q(total__lt=last) | Q(total=last, candidate__gt=after))
        return build_cards(dict(counted.order_by("-total", "candidate").values_list("candidate", "total")[:limit]))

    def count(self) -> CappedCount:
        """Without those whose articles are gone: nothing is known of them but a name."""
        has_articles = Exists(Mentions.objects.filter(candidate=OuterRef("pk")))
        return count_up_to_cap(self._candidates().filter(has_articles), order=())

    def _candidates(self) -> QuerySet[Candidate]:
        found = Candidate.objects.filter(kind=self.kind.name, status=self.status)
        return found.filter(name__icontains=self.name) if self.name else found

    def _counted(self) -> QuerySet:
        """Counted by the index of the pairs alone: joined with the candidates it takes three times as long."""
        pairs = Mentions.objects.filter(candidate__in=self._candidates().order_by().values("pk"))
        return pairs.values("candidate").annotate(total=Count("pk"))


def build_cards(article_counts: dict[int, int]) -> list[CandidateCard]:
    """A card for each candidate, in order. The number of queries does not depend on how many there are."""
    newest = Mentions.objects.filter(candidate=OuterRef("pk")).order_by("-article").values("article")
    places = {f"sample_{place}": Subquery(newest[place : place + 1]) for place in range(SAMPLES)}
    candidates = Candidate.objects.annotate(**places).in_bulk(article_counts)
    ids = {id: [getattr(candidate, name) for name in places] for id, candidate in candidates.items()}
    articles = Article.objects.select_related("source").in_bulk({id for each in ids.values() for id in each if id})
    known = known_subjects(candidates.values())
    samples = {
        id: [_sample(candidates[id], articles[article]) for article in found if article] for id, found in ids.items()
    }
    return [
        CandidateCard(candidates[id], count, samples[id], known[candidates[id]])
        for id, count in article_counts.items()
        if id in candidates
    ]


def _sample(candidate: Candidate, article: Article) -> Sample:
    text = matched_text(article.headline, article.headline_is_derived, article.body)
    mentions = NameIndex([KnownName(candidate.kind, candidate.pk, candidate.name)]).find(text)
    spans = [(mention.start, mention.end) for mention in mentions]
    return Sample(article, next(iter(passages(text, spans, most=1)), []))
