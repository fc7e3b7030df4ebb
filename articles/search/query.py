"""What is asked of the archive (`ArticleQuery`) and what it answers (`SearchPage`).

Everything outside `articles/search/` speaks in these; nothing here knows the engine.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from .language import Note

# The value of a facet for articles that have none: no person, no date, no source.
NONE = 0

Value = int | str

SORTS = ("newest", "oldest", "relevance")


@dataclass(frozen=True)
class FacetChoice:
    """What is chosen in one facet. `values` are joined by OR, or by AND if `match_all`."""

    values: tuple[Value, ...] = ()
    match_all: bool = False
    excluded: tuple[Value, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.values or self.excluded)


@dataclass(frozen=True)
class ArticleQuery:
    """A question to the archive. Facets combine by AND; the default asks for everything published.

    `words` is what a person typed, read by `language.py`. `facets` maps a facet's name (see facets.py) to
    what is chosen in it. `sort` is one of SORTS.
    """

    words: str = ""
    facets: Mapping[str, FacetChoice] = field(default_factory=lambda: MappingProxyType({}))
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None
    sort: str = "newest"
    statuses: tuple[str, ...] = ("published",)

    def with_choice(self, facet: str, choice: FacetChoice) -> "ArticleQuery":
        """The same question with another choice in one facet."""
        return replace(self, facets=MappingProxyType({**self.facets, facet: choice}))

    def counts_beside_choice(self, facet: str) -> bool:
        """Whether the facet is counted without its own choice: so the numbers beside the values that are not
        chosen are what choosing them, too, would add."""
        choice = self.facets.get(facet)
        return bool(choice and choice.values and not choice.match_all)


@dataclass(frozen=True)
class FacetCount:
    """How many articles a value has. The count of a chosen value is what you would get without the others."""

    value: Value
    count: int


@dataclass(frozen=True)
class Period:
    """A year, a month or a day, and how many articles fall into it."""

    first: datetime.date
    last: datetime.date
    count: int


@dataclass(frozen=True)
class SearchPage:
    """One page of an answer: article ids in order, the exact total, and the counts that were asked for.

    `periods` are the years, months or days of the histogram, in their order, without empty ones. `notes` say
    what of the words could not be understood; `suggestion` is another spelling of them that finds more.
    `pending` is the number of changes that the index had not yet followed when it answered.
    """

    ids: list[int]
    total: int
    facets: dict[str, list[FacetCount]] = field(default_factory=dict)
    periods: list[Period] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    suggestion: str | None = None
    pending: int = 0
