from django.utils.http import http_date
from rest_framework.response import Response

from articles.api.article_results import ArticleListForm, read_results
from articles.api.base import ApiView
from articles.api.caching import index_headers, is_known, not_modified
from articles.api.former import redirect_from_former_slug
from articles.api.readable import readable_articles
from articles.api.roles import article_to_write, with_allowed_status
from articles.api.selection import selection_form
from articles.api.serializers.addresses import api_path
from articles.api.serializers.article import ArticleSerializer, with_related
from articles.api.serializers.article_writing import ArticleWriting
from articles.api.serializers.pages import ArticlePage
from articles.api.writing import checked, written_by
from articles.editing.articles import save_article
from articles.editing.rows import delete_row
from articles.filters import ArticleFilterSet
from articles.models import Article

ALL_FIELDS = frozenset(ArticleSerializer.Meta.fields)


class ArticleList(ApiView):
    queryset = Article.objects.all()
    reads = (ArticleFilterSet, ArticleListForm, selection_form(ArticleSerializer, is_list=True))
    takes = {"POST": ArticleWriting}
    answers = {"GET": ArticlePage, "POST": {201: ArticleSerializer}}

    def get(self, request):
        """Find articles

        The published articles that pass all filters, with the exact total. The parameters are those of the page
        /articles/. Page by page, or behind a cursor, any result can be read to its end.
        """
        filterset, form, selection = self.read()
        headers = index_headers(request)
        if is_known(request, headers.get("ETag")):
            return not_modified(headers)
        return Response(read_results(request, filterset, form, selection.selected), headers=headers)

    def post(self, request):
        """Write an article

        It is published, unless another status is given. Without a slug it gets one made from the headline.
        """
        article = Article()
        with written_by(request):
            values = with_allowed_status(request.user, None, checked(ArticleWriting, request))
            save_article(article, values, request.user)
        address = request.build_absolute_uri(api_path(article))
        return Response(_represent(request, article), status=201, headers={"Location": address})


class ArticleDetail(ApiView):
    queryset = Article.objects.all()
    reads = (selection_form(ArticleSerializer, is_list=False),)
    takes = {"PATCH": ArticleWriting}
    answers = {"GET": ArticleSerializer, "PATCH": ArticleSerializer, "DELETE": {204: None}}

    def get(self, request, slug):
        """Read an article

        One article with its text. A former slug leads to the new address. With a token whose user may view
        articles in the admin, those that are not published can be read, too.
        """
        (selection,) = self.read()
        readable = readable_articles(request.user)
        article = with_related(readable, selection.selected).filter(slug=slug).first()
        if article is None:
            return redirect_from_former_slug(request, readable, slug)
        data = ArticleSerializer(article, context={"request": request, "selected": selection.selected}).data
        return Response(data, headers={"Last-Modified": http_date(article.updated_at.timestamp())})

    def patch(self, request, slug):
        """Change an article

        Only the fields that are sent. Imports leave them alone from then on. To take an article out of the archive,
        withdraw it: {"status": "withdrawn"}.
        """
        with written_by(request):
            article = article_to_write(request.user, slug)
            values = with_allowed_status(request.user, article, checked(ArticleWriting, request, article))
            save_article(article, values, request.user)
        return Response(_represent(request, article))

    def delete(self, request, slug):
        """Delete an article

        For good, and with its links; the next import of the same file brings it back. Rather withdraw it.
        """
        with written_by(request):
            delete_row(article_to_write(request.user, slug), request.user)
        return Response(status=204)


def _represent(request, article: Article) -> dict:
    article = with_related(Article.objects.all(), ALL_FIELDS).get(pk=article.pk)
    return ArticleSerializer(article, context={"request": request}).data
