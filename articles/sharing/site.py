"""The site as others see it."""

from django.http import HttpRequest

SITE_NAME = "Newsroom"


def site_of(request: HttpRequest) -> str:
    """The address of the site without a slash at its end, to be put before paths."""
    return request.build_absolute_uri("/").rstrip("/")
