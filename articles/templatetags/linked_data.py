"""Tags for the heads of pages: what machines read about them."""

from collections.abc import Iterable

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from articles.linked_data import (
    as_script,
    breadcrumbs,
    collection_page,
    described_subject,
    news_article,
    website_with_search,
)
from articles.models import Article, Subject, SubjectKind
from articles.sharing.site import SITE_NAME
from articles.views.address import Address

register = template.Library()


@register.simple_tag(takes_context=True)
def absolute(context, address: Address | str) -> str:
    """The address with the host in front."""
    return context["request"].build_absolute_uri(str(address))


@register.simple_tag(takes_context=True)
def canonical(context, address: Address) -> str:
    """The one address that all addresses of the same list have in common: no order, no page, sorted parameters."""
    parameters = sorted(address.removing("sort").parameters)
    return context["request"].build_absolute_uri(str(Address(address.path, tuple(parameters))))


@register.simple_tag
def site_name() -> str:
    return SITE_NAME


@register.simple_tag(takes_context=True)
def home_data(context) -> SafeString:
    return as_script(website_with_search(context["request"].build_absolute_uri))


@register.simple_tag(takes_context=True)
def article_data(context, article: Article, groups: Iterable) -> SafeString:
    """Each of the groups has some of the article's `subjects`."""
    subjects = [subject for group in groups for subject in group.subjects]
    return as_script(news_article(article, subjects, context["request"].build_absolute_uri))


@register.simple_tag(takes_context=True)
def list_data(context, name: str, address: str, entries: Iterable[Article | Subject], total: int) -> SafeString:
    return as_script(collection_page(name, address, entries, total, context["request"].build_absolute_uri))


@register.simple_tag(takes_context=True)
def subject_data(
    context, subject: Subject, kind: SubjectKind, above: Iterable, articles: Iterable[Article], total: int
) -> SafeString:
    """The subject, its page with the articles, and the way there: what stands `above` has a `subject` each."""
    absolute, path = context["request"].build_absolute_uri, subject.get_absolute_url()
    ancestors = [node.subject for node in above]
    node = described_subject(subject, ancestors, absolute)
    page = collection_page(subject.name, path, articles, total, absolute, about=node["@id"])
    steps = [(SITE_NAME, reverse("articles:home")), (context["label"], reverse(f"articles:{kind.plural}"))]
    steps += [(each.name, each.get_absolute_url()) for each in (*ancestors, subject)]
    return as_script(node, page, breadcrumbs(steps, absolute))
