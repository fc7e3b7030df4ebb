from django.db.models import QuerySet

from articles.models import Article


def readable_articles(user) -> QuerySet:
    """Published ones; all of them for those who may view articles in the admin."""
    return Article.objects.all() if user.has_perm("articles.view_article") else Article.objects.published()
