from django.urls import include, path

from articles.models import SUBJECT_KINDS

from .views import (
    article,
    article_list,
    compare,
    facet_values,
    home,
    search_help,
    subject,
    subject_list,
    subject_map,
    subject_tree,
)

app_name = "articles"

urlpatterns = [
    path("", home, name="home"),
    path("articles/", article_list, name="articles"),
    path("help/searching/", search_help, name="search_help"),
    path("articles/values/<slug:facet>/", facet_values, name="facet_values"),
    path("articles/<slug:slug>/", article, name="article"),
    path("compare/", compare, name="compare"),
    path("map/", subject_map, name="map"),
    path("", include("articles.exports.urls")),
    path("", include("articles.feeds.urls")),
    path("", include("articles.sitemaps.urls")),
]
for kind in SUBJECT_KINDS.values():
    urlpatterns += [
        path(f"{kind.plural}/", subject_list, {"kind": kind}, name=kind.plural),
        path(f"{kind.plural}/<slug:slug>/", subject, {"kind": kind}, name=kind.name),
    ]
    if kind.is_tree:
        urlpatterns.append(path(f"tree/{kind.plural}/", subject_tree, {"kind": kind}, name=f"{kind.plural}_tree"))
