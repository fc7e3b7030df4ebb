from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import TokenAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed


class BearerAuthentication(TokenAuthentication):
    """A token in the header: `Authorization: Bearer …`. No cookie counts here, so that no other site can write."""

    keyword = "Bearer"

    def authenticate(self, request):
        """Other APIs have tokens sent as “Token …”: whoever does so here is told how, and not that none was sent."""
        if get_authorization_header(request).lower().startswith(b"token "):
            raise AuthenticationFailed(_("Send the token as “Authorization: Bearer …”, not as “Token …”."))
        return super().authenticate(request)


class BearerScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document names it."""

    target_class = BearerAuthentication
    name = "token"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer"}
