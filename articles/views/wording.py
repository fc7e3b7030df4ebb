"""Saying in words what a list shows: “12 articles about Rafah or Gaza Strip, in 2024”."""

from collections.abc import Iterator

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.filters import ArticleFilterSet
from articles.search import NONE, Value
from articles.search.facets import FACETS

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
    """What is asked for: “about Rafah, in 2024”."""
    return ", ".join(_phrases(filterset, labels))


def _phrases(filterset: ArticleFilterSet, labels: Labels) -> Iterator[str]:
    if filterset.words:
        yield gettext("with “%s”") % filterset.words
    for name in FACETS:
        chosen, excluded, _none = PHRASES[name]
        if filterset.chosen(name):
            joined = gettext("and") if filterset.matches_all(name) else gettext("or")
            yield chosen % _join(_names(filterset.chosen(name), name, labels), joined)
        if filterset.excluded(name):
            yield excluded % _join(_names(filterset.excluded(name), name, labels), gettext("or"))
    if any(filterset.days):
        yield phrase_of_days(*filterset.days)


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
