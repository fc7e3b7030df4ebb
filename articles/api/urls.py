from django.urls import path, re_path
from django.views.generic import RedirectView

from articles.models import SUBJECT_KINDS

from .reconcile import suggestions
from .views import articles, document, facets, links, reconcile, reference, root, sources, subjects

app_name = "api"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="api:root"), name="start"),
    path("v1/", root.Root.as_view(), name="root"),
    path("v1/articles/", articles.ArticleList.as_view(), name="articles"),
    path("v1/articles/<slug:slug>/", articles.ArticleDetail.as_view(), name="article"),
    path("v1/sources/", sources.SourceList.as_view(), name="sources"),
    path("v1/sources/<slug:slug>/", sources.SourceDetail.as_view(), name="source"),
    path("v1/facets/", facets.FacetListView.as_view(), name="facets"),
    path("v1/facets/<slug:facet>/", facets.FacetValues.as_view(), name="facet"),
    path("v1/schema/", document.Document.as_view(), name="schema"),
    path("v1/docs/", reference.reference, name="reference"),
]
for kind in SUBJECT_KINDS.values():
    urlpatterns += [
        path(f"v1/{kind.plural}/", subjects.SubjectList.as_view(kind=kind), name=kind.plural),
        path(f"v1/{kind.plural}/<slug:slug>/", subjects.SubjectDetail.as_view(kind=kind), name=kind.name),
        path(
            f"v1/articles/<slug:slug>/{kind.plural}/",
            links.ArticleLinks.as_view(kind=kind),
            name=f"article_{kind.plural}",
        ),
        path(
            f"v1/articles/<slug:slug>/{kind.plural}/<slug:subject>/",
            links.ArticleLink.as_view(kind=kind),
            name=f"article_{kind.name}",
        ),
    ]
SUGGESTIONS = {
    "entity": suggestions.suggest_entities,
    "property": suggestions.suggest_properties,
    "type": suggestions.suggest_types,
}
for kind in SUBJECT_KINDS.values():
    service, options = f"v1/reconcile/{kind.plural}/", {"kind": kind}
    urlpatterns += [
        path(service, reconcile.Reconcile.as_view(kind=kind), name=f"reconcile_{kind.plural}"),
        path(f"{service}properties/", reconcile.ProposeProperties.as_view(kind=kind), name=f"propose_{kind.plural}"),
        path(f"{service}preview/", reconcile.preview, options, name=f"preview_{kind.plural}"),
        *(
            path(
                f"{service}suggest/{what}/",
                reconcile.Suggest.as_view(kind=kind, find=find),
                name=f"suggest_{kind.plural}_{what}",
            )
            for what, find in SUGGESTIONS.items()
        ),
    ]
# Also what no path converter matches, such as a line break.
urlpatterns.append(re_path(r"^(?P<address>[\s\S]+)$", root.NothingHere.as_view(), name="nothing"))
