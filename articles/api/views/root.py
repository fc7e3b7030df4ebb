from django.urls import reverse
from django.utils.translation import gettext
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from articles.api.base import ApiView
from articles.api.serializers.root import RootSerializer
from articles.models import SUBJECT_KINDS

COLLECTIONS = ["articles", *(kind.plural for kind in SUBJECT_KINDS.values()), "sources", "facets"]


class Root(ApiView):
    permission_classes = [AllowAny]
    answers = {"GET": RootSerializer}

    def get(self, request):
        """Begin here

        The addresses of everything else.
        """
        names = [*COLLECTIONS, "schema", "reference"]
        names += [f"reconcile_{kind.plural}" for kind in SUBJECT_KINDS.values()]
        return Response({name: request.build_absolute_uri(reverse(f"api:{name}")) for name in names})


class NothingHere(ApiView):
    """Any other address: a problem like all others, or the way to the same address with its last slash."""

    permission_classes = [AllowAny]
    schema = None

    def answer(self, request, address):
        if address.endswith("/"):
            raise NotFound(gettext("There is nothing at this address. Begin at /api/v1/."))
        path, _, query = request.get_full_path().partition("?")
        # 308 keeps the method and the content, unlike 301.
        return Response(status=308, headers={"Location": f"{path}/?{query}" if query else f"{path}/"})

    get = post = put = patch = delete = answer
