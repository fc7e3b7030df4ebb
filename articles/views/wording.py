"""Saying in words what a list shows: “12 articles about Rafah or Gaza Strip, in 2024”."""

from collections.abc import Iterator

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.filters import ArticleFilterSet
from articles.search import NONE, Value
from articles.search.facets import FACETS
from articles.search.language import QUOTATION_MARKS

from .days import phrase_of_days
from .facet_labels import Labels

# How many values are named before "or 3 more".
MAX_NAMED = 4

# For each facet: of the chosen values, of the excluded ones, and what "none" is called inside them.
PHRASES = {
    "people": (_("about %s"), _("not about %s"), _("no person")),
    "places": (_("about %s"), _("not about %s"), _("no place")),
    "topics": (_("about %s"), _("not about %s"), _("no topic")),
    "source": (_("from %s"), _("not from %s"), _("no known source")),
    "language": (_("in %s"), _("not in %s"), _("no known language")),
    "year": (_("in %s"), _("not in %s"), _("no known year")),
}


def describe(filterset: ArticleFilterSet, labels: Labels, total: int) -> str:
    count = ngettext("%(count)s article", "%(count)s articles", total) % {
        "count": number_format(total, force_grouping=True)
    }
    return f"{count} {phrase(filterset, labels)}".strip()


def phrase(filterset: ArticleFilterSet, labels: Labels) -> str:
    """What is asked for, and then what is left out: “about Rafah, in 2024, not about Cairo”."""
    return ", ".join([*_asked(filterset, labels), *_left_out(filterset, labels)])


def brings_quotation_marks(words: str) -> bool:
    """Around these, no more are put."""
    return bool(set(words) & set(QUOTATION_MARKS))


def _asked(filterset: ArticleFilterSet, labels: Labels) -> Iterator[str]:
    if filterset.words:
        yield _with_words(filterset.words)
    for name in FACETS:
        if filterset.chosen(name):
            joined = gettext("and") if filterset.matches_all(name) else gettext("or")
            yield PHRASES[name][0] % _join(_names(filterset.chosen(name), name, labels), joined)
    if any(filterset.days):
        yield phrase_of_days(*filterset.days)


def _left_out(filterset: ArticleFilterSet, labels: Labels) -> Iterator[str]:
    for name in FACETS:
        if filterset.excluded(name):
            yield PHRASES[name][1] % _join(_names(filterset.excluded(name), name, labels), gettext("or"))


def _with_words(words: str) -> str:
    return gettext("with %s") % words if brings_quotation_marks(words) else gettext("with “%s”") % words


def _names(values: dict[Value, str], facet: str, labels: Labels) -> list[str]:
    none = str(PHRASES[facet][2])
    return [
        none if value == NONE else labels[facet][value].text if value in labels[facet] else slug
        for value, slug in values.items()
    ]


def _join(names: list[str], word: str) -> str:
    if len(names) > MAX_NAMED + 1:
        names = [*names[:MAX_NAMED], gettext("%s more") % (len(names) - MAX_NAMED)]
    return f" {word} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
