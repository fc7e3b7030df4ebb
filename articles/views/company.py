"""What a subject appears with, and how much more often than by chance."""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import number_format

from articles.models import SUBJECT_KINDS, Subject, SubjectKind
from articles.models.tree import ancestors_of
from articles.search import NONE, SearchPage
from articles.search.facets import FACETS

from .address import Address, article_list_address
from .significance import LEAST, expected_together, log_likelihood

# Of so many that appear with the subject most often, so many are shown.
WEIGHED = 500
SHOWN = 10
# From this log-likelihood on a tie is one that chance would make in fewer than one of a thousand cases: the 99.9 %
# quantile of chi-squared with one degree of freedom.
SURE = 10.83
# An expected number below this is not written out.
LEAST_SHOWN = 0.1


@dataclass(frozen=True)
class Companion:
    """`times` is how many times as often as by chance; None where there are too few articles to tell."""

    name: str
    url: str
    together: int
    together_url: str
    expected: float
    times: float | None
    bar: int = 0
    mark: int = 0

    @property
    def expected_text(self) -> str:
        return _rounded(self.expected) if self.expected >= LEAST_SHOWN else f"< {_rounded(LEAST_SHOWN)}"

    @property
    def times_text(self) -> str:
        return f"{_rounded(self.times)}×" if self.times is not None else ""


@dataclass(frozen=True)
class Company:
    """The companions of one kind; `all_url` leads to all of them."""

    kind: SubjectKind
    label: str
    companions: list[Companion]
    all_url: str


@dataclass(frozen=True)
class _Pair:
    """A companion's id, the articles together, as many as chance would give, and how sure the difference is."""

    id: int
    together: int
    expected: float
    score: float


def build_company(
    subject: Subject, kind: SubjectKind, page: SearchPage, everywhere: SearchPage, hidden: Collection[int]
) -> list[Company]:
    """For each kind the companions with the closest tie; two queries a kind and one for each level of a tree.

    `page` is the answer about the subject, `everywhere` that about the whole archive. `hidden` are ids of its own
    kind; what lies inside the subject is left out, too.
    """
    companies = []
    for other in SUBJECT_KINDS.values():
        pairs = _pairs(page, everywhere, other.plural)
        if other is kind:
            pairs = _outside(subject, kind, pairs, hidden)
        address = _address(subject, kind, other)
        if companions := _companions(_closest_first(pairs)[:SHOWN], other, address):
            all_url = Address(reverse("articles:facet_values", args=[other.plural]), address.parameters)
            companies.append(Company(other, str(FACETS[other.plural].label), companions, str(all_url)))
    return companies


def _address(subject: Subject, kind: SubjectKind, other: SubjectKind) -> Address:
    """The articles about the subject, to which another value is then added by AND."""
    address = article_list_address([(kind.plural, subject.slug)])
    return address.adding(f"{kind.plural}_match", "all") if other is kind else address


def _pairs(page: SearchPage, everywhere: SearchPage, plural: str) -> list[_Pair]:
    found = {count.value: count.count for count in page.facets[plural][:WEIGHED] if count.value != NONE}
    totals = {count.value: count.count for count in everywhere.facets[plural] if count.value in found}
    pairs = []
    for id, together in found.items():
        numbers = page.total, totals.get(id, together), everywhere.total
        pairs.append(_Pair(id, together, expected_together(*numbers), log_likelihood(together, *numbers)))
    return pairs


def _outside(subject: Subject, kind: SubjectKind, pairs: list[_Pair], hidden: Collection[int]) -> list[_Pair]:
    pairs = [pair for pair in pairs if pair.id not in hidden]
    above = ancestors_of(kind.model, [pair.id for pair in pairs]) if kind.is_tree else {}
    return [pair for pair in pairs if subject.pk not in above.get(pair.id, ())]


def _closest_first(pairs: list[_Pair]) -> list[_Pair]:
    """Those that are surely not together by chance, the surest first; then the others, the most frequent first."""

    def key(pair: _Pair) -> tuple:
        is_close = pair.together >= LEAST and pair.score >= SURE
        return (not is_close, 0 if is_close else -pair.together, -pair.score, pair.id)

    return sorted(pairs, key=key)


def _companions(pairs: list[_Pair], other: SubjectKind, address: Address) -> list[Companion]:
    labels = FACETS[other.plural].labels_of([pair.id for pair in pairs])
    most = max((max(pair.together, pair.expected) for pair in pairs), default=0)
    return [
        Companion(
            labels[pair.id].text,
            reverse(f"articles:{other.name}", args=[labels[pair.id].slug]),
            pair.together,
            str(address.adding(other.plural, labels[pair.id].slug)),
            pair.expected,
            pair.together / pair.expected if pair.together >= LEAST else None,
            bar=round(100 * pair.together / most),
            mark=round(100 * pair.expected / most),
        )
        for pair in pairs
        if pair.id in labels
    ]


def _rounded(number: float) -> str:
    """With one decimal where it matters."""
    return number_format(number, decimal_pos=1 if number < 10 else 0, force_grouping=True)
