"""Tags for taking a list along: its feeds and its files."""

from dataclasses import dataclass

from django import template
from django.urls import reverse

from articles.exports import EXPORT_FORMATS
from articles.feeds import FEED_FORMATS
from articles.models import Subject, SubjectKind
from articles.views.address import Address

register = template.Library()


@dataclass(frozen=True)
class Way:
    """A feed or a file: what it is called, where it is, of which type, and perhaps what it is good for."""

    label: str
    url: str
    content_type: str
    use: str = ""


@register.simple_tag
def list_feeds(address: Address) -> list[Way]:
    """The feeds of an article list."""
    address = address.removing("sort")
    return [
        Way(feed.label, _list_address(f"feed_{name}", address), _type_of(feed)) for name, feed in FEED_FORMATS.items()
    ]


@register.simple_tag
def subject_feeds(kind: SubjectKind, subject: Subject) -> list[Way]:
    return [
        Way(feed.label, reverse(f"articles:{kind.name}_feed_{name}", args=[subject.slug]), _type_of(feed))
        for name, feed in FEED_FORMATS.items()
    ]


@register.simple_tag
def exports(address: Address) -> list[Way]:
    """The files of an article list."""
    return [
        Way(str(export.label), _list_address(f"export_{name}", address), export.content_type, str(export.use))
        for name, export in EXPORT_FORMATS.items()
    ]


def _list_address(name: str, address: Address) -> str:
    return str(Address(reverse(f"articles:{name}"), address.parameters))


def _type_of(feed) -> str:
    return feed.content_type.split(";")[0]
