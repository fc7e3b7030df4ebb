"""The site as others see it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse

SITE_NAME = "Newsroom"


def site_of(request: HttpRequest) -> str:
    """The address of the site without a slash at its end, to be put before paths."""
    return request.build_absolute_uri("/").rstrip("/")


def web_page(url: str) -> str:
    """Where an article can be read at its source; "" where its URL is no page of the web but a path or a name."""
    return url if url.lower().startswith(("http://", "https://")) else ""


def pages_of(name: str, site: str = "") -> Callable[[str], str]:
    """From a slug to the address of its page: `reverse`, for many slugs, which would take most of the time."""
    before, _, after = reverse(f"articles:{name}", args=["slug"]).rpartition("slug")
    return lambda slug: f"{site}{before}{slug}{after}"
