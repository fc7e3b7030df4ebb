"""Template tags and filters of the editor's desk."""

from urllib.parse import urlencode

from django import template

from articles.editing.subject_facts import details_of
from articles.editing.upload_words import DONE, in_words_of_the_desk
from articles.models import SUBJECT_KINDS, Candidate
from articles.views.link_reasons import reasons_for

# Where a candidate's code can be looked up.
CODE_ADDRESSES = {
    "wikidata": "https://www.wikidata.org/wiki/{}",
    "geonames": "https://www.geonames.org/{}",
    "medtop": "https://cv.iptc.org/newscodes/mediatopic/{}",
}

register = template.Library()

register.filter("reasons", reasons_for)
register.filter("details", details_of)
register.filter("words_of_the_desk", in_words_of_the_desk)


@register.filter
def what_became(action: str) -> str:
    """Of a record that was rehearsed."""
    return DONE.get(action, action)


@register.filter
def kind_name(link_options) -> str:
    """The kind of subject that the links of a table lead to."""
    return next(kind.name for kind in SUBJECT_KINDS.values() if kind.link._meta is link_options)


@register.filter
def parameters(values: dict) -> str:
    """The parameters of an address."""
    return urlencode(values)


@register.filter
def code_address(candidate: Candidate) -> str:
    scheme, _, value = candidate.code.partition(":")
    return CODE_ADDRESSES[scheme].format(value) if scheme in CODE_ADDRESSES else ""
