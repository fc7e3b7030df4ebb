from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import get_language, gettext

from articles.sharing.site import SITE_NAME


def website(absolute: Callable[[str], str]) -> dict:
    home = absolute(reverse("articles:home"))
    return {"@type": "WebSite", "@id": f"{home}#website", "name": SITE_NAME, "url": home}


def website_with_search(absolute: Callable[[str], str]) -> dict:
    """With what a search engine needs to send words straight to the search here."""
    target = f"{absolute(reverse('articles:articles'))}?q={{search_term_string}}"
    return website(absolute) | {
        "description": gettext("News articles, and the people, places and topics they are about."),
        "inLanguage": get_language(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": target},
            "query-input": "required name=search_term_string",
        },
    }
