from django.urls import path

from articles.models import SUBJECT_KINDS

from . import FEED_FORMATS
from .views import list_feed, subject_feed

urlpatterns = [path(f"articles/feed.{name}", list_feed, {"format": name}, name=f"feed_{name}") for name in FEED_FORMATS]
for kind in SUBJECT_KINDS.values():
    urlpatterns += [
        path(
            f"{kind.plural}/<slug:slug>/feed.{name}",
            subject_feed,
            {"kind": kind, "format": name},
            name=f"{kind.name}_feed_{name}",
        )
        for name in FEED_FORMATS
    ]
