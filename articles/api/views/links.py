"""The links of an article: an editor's decisions on whom and what it is about. `as_view(kind=…)`."""

from django.shortcuts import get_object_or_404
from rest_framework.response import Response

from articles.api.base import ApiView
from articles.api.readable import readable_articles
from articles.api.roles import article_to_write, forbid_contributors, suggest_link
from articles.api.serializers.link import LinkDecision, LinkList, LinkSerializer, link_writing
from articles.api.writing import checked, written_by
from articles.editing.decisions import add_link, decide_links, remove_link
from articles.editing.permissions import may
from articles.editing.publication import is_contributor
from articles.models import Link, SubjectKind


class LinkView(ApiView):
    kind: SubjectKind = None

    @property
    def queryset(self):
        return self.kind.link.objects.select_related("subject").order_by("-mentions", "subject__name", "pk")

    def represent(self, link: Link) -> dict:
        return LinkSerializer(link, context={"request": self.request}).data


class ArticleLinks(LinkView):
    @property
    def takes(self):
        return {"POST": link_writing(self.kind)}

    @property
    def answers(self):
        return {"GET": LinkList, "POST": {201: LinkSerializer}}

    def get(self, request, slug):
        """List the links of an article

        The accepted ones; with a token whose user may view links in the admin also suggested and rejected ones.
        """
        article = get_object_or_404(readable_articles(request.user), slug=slug)
        links = self.queryset.filter(article=article)
        if not may(request.user, "view", self.kind.link):
            links = links.accepted()
        return Response({"results": LinkSerializer(links, many=True, context={"request": request}).data})

    def post(self, request, slug):
        """Link an article

        As the editor's decision, which no import changes. Where the link is there already, this decides on it.
        """
        with written_by(request):
            article = article_to_write(request.user, slug)
            values = checked(link_writing(self.kind), request)
            if is_contributor(request.user):
                link = suggest_link(article, values["subject"], request.user)
            else:
                link = add_link(article, values["subject"], values["status"], request.user)
        return Response(self.represent(link), status=201)


class ArticleLink(LinkView):
    takes = {"PATCH": LinkDecision}
    answers = {"PATCH": LinkSerializer, "DELETE": {200: LinkSerializer, 204: None}}

    def patch(self, request, slug, subject):
        """Decide on a link

        Accept or reject it. No import changes it from then on.
        """
        forbid_contributors(request.user)
        with written_by(request):
            link = self._link(slug, subject)
            values = checked(LinkDecision, request)
            if values:
                decide_links([link], values["status"], request.user)
        return Response(self.represent(link))

    def delete(self, request, slug, subject):
        """Take a link away

        A link that a machine has made is rejected (200), because the machine would make it again; others are
        deleted (204).
        """
        forbid_contributors(request.user)
        with written_by(request):
            link = self._link(slug, subject)
            is_rejected = remove_link(link, request.user)
        return Response(self.represent(link)) if is_rejected else Response(status=204)

    def _link(self, slug: str, subject: str) -> Link:
        """Until the end of the transaction nobody else decides on it."""
        links = self.queryset.select_for_update(of=["self"])
        return get_object_or_404(links, article__slug=slug, subject__slug=subject)
