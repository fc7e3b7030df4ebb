"""What all answers of the API share: parameters that are checked, kept answers, other sites, methods."""

from collections.abc import Mapping, Sequence

from django.utils.cache import patch_vary_headers
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from articles.history.middleware import without_occasion

from .caching import digest_etag, is_known, not_modified
from .parameters import Reader, read_parameters

READING = ("GET", "HEAD", "OPTIONS")


class ApiView(APIView):
    """`reads` names the forms and filtersets that a GET reads its parameters with; `takes` and `answers` the
    serializers of what each method takes and answers. The OpenAPI document is made of them: see schema.py."""

    reads: Sequence[type[Reader]] = ()
    takes: Mapping[str, type[Serializer]] = {}
    answers: Mapping[str, type[Serializer]] = {}
    # What scripts of other sites may do: never anything with a token, which `options` does not allow them to send.
    methods_for_other_sites = READING

    @classmethod
    def as_view(cls, **initkwargs):
        """The token says who writes, whoever may be logged in: writing.py opens an occasion for that user."""
        return without_occasion(super().as_view(**initkwargs))

    def read(self) -> list[Reader]:
        return read_parameters(self.request.query_params, self.reads)

    def check_permissions(self, request):
        """A method that does not exist here is nothing to have a token for."""
        if request.method not in self.allowed_methods:
            raise MethodNotAllowed(request.method)
        super().check_permissions(request)

    def options(self, request, *args, **kwargs):
        return Response(status=204, headers={"Allow": ", ".join(self.allowed_methods)})

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        if request.method in ("GET", "HEAD") and response.status_code == 200:
            response = self._unless_known(response)
        self._set_caching(response)
        self._open_to_other_sites(response)
        return response

    def _unless_known(self, response):
        """Without the content, where the client has kept the same one."""
        if "ETag" not in response:
            response.headers["ETag"] = digest_etag(response.render().content)
        if not is_known(self.request, response.headers["ETag"]):
            return response
        kept = {name: response.headers[name] for name in ("ETag", "Last-Modified") if name in response}
        return not_modified(kept)

    def _set_caching(self, response) -> None:
        is_private = "Authorization" in self.request.headers
        is_kept = self.request.method in SAFE_METHODS and response.status_code < 400
        # Kept, but asked about each time: what an editor changes is seen at once.
        kept = f"{'private' if is_private else 'public'}, no-cache"
        response.headers.setdefault("Cache-Control", kept if is_kept else "no-store")
        patch_vary_headers(response, ["Accept", "Authorization"])

    def _open_to_other_sites(self, response) -> None:
        if self.request.method not in self.methods_for_other_sites:
            return
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Retry-After"
        if self.request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = ", ".join(self.methods_for_other_sites)
            response.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language, Content-Type, If-None-Match"
            response.headers["Access-Control-Max-Age"] = "86400"
