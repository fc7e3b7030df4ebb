from django.db.models import Q, QuerySet

from articles.editing.permissions import may
from articles.editing.publication import is_contributor, made_by
from articles.models import Article


def readable_articles(user) -> QuerySet:
    """Published ones; all of them for those who may view articles in the admin, their own for contributors."""
    if is_contributor(user):
        return Article.objects.filter(Q(status=Article.Status.PUBLISHED) | Q(pk__in=made_by(user).values("pk")))
    return Article.objects.all() if may(user, "view", Article) else Article.objects.published()
