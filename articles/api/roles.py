"""What the roles of the desk mean for the API. The rules are those of `articles.editing.publication`."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from rest_framework.exceptions import PermissionDenied

from articles.editing.publication import UNPUBLISHED, is_contributor, may_step, may_work_on
from articles.models import SUBJECT_KINDS, Article, Link, Subject

from .readable import readable_articles


def article_to_write(user, slug: str) -> Article:
    """The article, if the user may see it; until the end of the caller's transaction nobody else changes it. Raises
    PermissionDenied where it is not the user's to change."""
    article = get_object_or_404(readable_articles(user).select_for_update(), slug=slug)
    if not may_work_on(user, article):
        raise PermissionDenied(gettext("Without the permission to publish you may change your own drafts only."))
    return article


def with_allowed_status(user, article: Article | None, values: dict) -> dict:
    """The values with the status that a new article gets. Raises PermissionDenied for a step that is not the user's."""
    if not is_contributor(user):
        return values
    if article is None:
        values = {"status": Article.Status.DRAFT, **values}
    status = values.get("status")
    is_allowed = status in UNPUBLISHED if article is None else status is None or may_step(user, article, status)
    if not is_allowed and (article is None or status != article.status):
        raise PermissionDenied(gettext("Without the permission to publish you may send an article to review only."))
    return values


def forbid_contributors(user) -> None:
    """Raises PermissionDenied: who may not publish does not decide on links either."""
    if is_contributor(user):
        raise PermissionDenied(gettext("Without the permission to publish you may suggest links, not decide on them."))


def suggest_link(article: Article, subject: Subject, user) -> Link:
    """A contributor's link waits for an editor. Raises PermissionDenied where there is one already."""
    links = SUBJECT_KINDS[subject._meta.model_name].link.objects
    if links.filter(article=article, subject=subject).exists():
        forbid_contributors(user)
    return links.create(article=article, subject=subject, status=Link.Status.SUGGESTED, origin=Link.Origin.EDITOR)
