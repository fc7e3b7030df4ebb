"""Template tags and filters of the public pages."""

from django import template
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext

from articles.models import SUBJECT_KINDS
from articles.search.facets import FACETS

register = template.Library()


@register.filter
def grouped(number: int) -> str:
    """1,234,567 the way the reader's language writes it."""
    return number_format(number, force_grouping=True)


@register.filter
def lookup(mapping: dict, key):
    """The value in a dict whose key is only known in the template."""
    return mapping.get(key, "") if mapping else ""


@register.simple_tag
def sections() -> list[tuple[str, str]]:
    """The address and name of each section of the site."""
    kinds = [(reverse(f"articles:{kind.plural}"), FACETS[kind.plural].label) for kind in SUBJECT_KINDS.values()]
    return [(reverse("articles:articles"), gettext("Articles")), *kinds]
