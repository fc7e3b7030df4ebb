from django.db.models import QuerySet
from django.utils.http import http_date
from rest_framework.response import Response

from articles.api.article_results import ArticleListForm, read_results
from articles.api.base import ApiView
from articles.api.caching import index_headers, is_known, not_modified
from articles.api.former import redirect_from_former_slug
from articles.api.selection import selection_form
from articles.api.serializers.article import ArticleSerializer, with_related
from articles.api.serializers.pages import ArticlePage
from articles.filters import ArticleFilterSet
from articles.models import Article


class ArticleList(ApiView):
    queryset = Article.objects.all()
    reads = (ArticleFilterSet, ArticleListForm, selection_form(ArticleSerializer, is_list=True))
    answers = {"GET": ArticlePage}

    def get(self, request):
        """Find articles

        The published articles that pass all filters, with the exact total.

        The parameters are those of the page /articles/. Page by page, or behind a cursor, any result can be read
        to its end.
        """
        filterset, form, selection = self.read()
        headers = index_headers(request)
        if is_known(request, headers["ETag"]):
            return not_modified(headers)
        return Response(read_results(request, filterset, form, selection.selected), headers=headers)


class ArticleDetail(ApiView):
    queryset = Article.objects.all()
    reads = (selection_form(ArticleSerializer, is_list=False),)
    answers = {"GET": ArticleSerializer}

    def get(self, request, slug):
        """Read an article

        One article with its text. A former slug leads to the new address.

        With a token whose user may view articles in the admin, those that are not published can be read, too.
        """
        (selection,) = self.read()
        readable = (
            Article.objects.all() if request.user.has_perm("articles.view_article") else Article.objects.published()
        )
        article = with_related(readable, selection.selected).filter(slug=slug).first()
        if article is None:
            return redirect_from_former_slug(request, readable, slug)
        data = ArticleSerializer(article, context={"request": request, "selected": selection.selected}).data
        return Response(data, headers={"Last-Modified": http_date(article.updated_at.timestamp())})


def _readable_by(user) -> QuerySet:
    return Article.objects.all() if user.has_perm("articles.view_article") else Article.objects.published()
