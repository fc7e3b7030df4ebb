import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.body import LinkedName, render_body
from articles.markdown import plain_text
from articles.models import SUBJECT_KINDS, Article, Link, SubjectKind
from articles.search.facets import FACETS

from .former import redirect_from_former_slug
from .public_page import public_page

# In the text only people and places become links: the name of a topic is an ordinary word.
KINDS_LINKED_IN_TEXT = ("person", "place")


@dataclass(frozen=True)
class SubjectLinks:
    """The accepted links of one kind, most mentioned first."""

    kind: SubjectKind
    label: str
    links: list[Link]


@public_page
def article(request: HttpRequest, slug: str) -> HttpResponse:
    found = _with_subjects(Article.objects.published()).filter(slug=slug).first()
    if found is None:
        return redirect_from_former_slug(Article.objects.published(), slug)
    subjects = [
        SubjectLinks(kind, str(FACETS[kind.plural].label), list(getattr(found, kind.links_name).all()))
        for kind in SUBJECT_KINDS.values()
    ]
    context = {
        "article": found,
        "body": render_body(found.body, _names_in_text(subjects)),
        "summary": "" if _begins_with(found.body, found.summary) else found.summary,
        "subjects": subjects,
        "original_url": found.url if re.match(r"https?://", found.url, re.IGNORECASE) else "",
        "language": FACETS["language"].labels_of([found.language]).get(found.language) if found.language else None,
    }
    return render(request, "articles/article.html", context)


def _with_subjects(articles: QuerySet) -> QuerySet:
    """Each kind of link with its subjects, and the other names of those that are linked in the text."""
    articles = articles.select_related("source")
    for kind in SUBJECT_KINDS.values():
        links = kind.link.objects.accepted().select_related("subject").order_by("-mentions", "subject__name")
        if kind.name in KINDS_LINKED_IN_TEXT:
            links = links.prefetch_related("subject__aliases")
        articles = articles.prefetch_related(Prefetch(kind.links_name, queryset=links))
    return articles


def _names_in_text(subjects: list[SubjectLinks]) -> Iterator[LinkedName]:
    for group in subjects:
        if group.kind.name not in KINDS_LINKED_IN_TEXT:
            continue
        for subject in (link.subject for link in group.links):
            names = [alias.name for alias in subject.aliases.all()]
            for name in [subject.name, *names] if subject.name_is_matched else names:
                yield LinkedName(group.kind.name, subject.pk, name, subject.get_absolute_url())


def _begins_with(body: str, summary: str) -> bool:
    return " ".join(plain_text(body).split()).startswith(" ".join(summary.split()))
