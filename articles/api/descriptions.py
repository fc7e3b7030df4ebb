"""What the parameters mean, for the OpenAPI document and the reference."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.search.facets import FACETS

# Those of ArticleFilterSet that are not a facet's; other forms bring a help text along.
ARTICLE_PARAMETERS = {
    "q": _("Words to look for, as in the search box: “a phrase”, -without, OR, person:…, headline:…"),
    "from": _("The first day, as 2024-03-21. Articles without a date are left out."),
    "to": _("The last day, as 2024-03-21. Articles without a date are left out."),
    "sort": _("newest, oldest or relevance. Default: relevance where there are words, else newest."),
}


def describe_parameter(name: str, field: forms.Field) -> str:
    if field.help_text:
        return str(field.help_text)
    if name in ARTICLE_PARAMETERS:
        return str(ARTICLE_PARAMETERS[name])
    return _describe_facet_parameter(name)


def _describe_facet_parameter(name: str) -> str:
    facet = {"facet": str(FACETS[name.removeprefix("not_").removesuffix("_match")].label)}
    if name in FACETS:
        return gettext("%(facet)s: a slug, code or year, or “none”. Several values mean any of them.") % facet
    if name.startswith("not_"):
        return gettext("%(facet)s: values to leave out.") % facet
    return gettext("%(facet)s: whether several values mean any of them (the default) or all.") % facet
