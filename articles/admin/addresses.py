"""The addresses of the desk's own pages, beside those that the admin gives to each table."""

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from . import candidate_decisions, candidate_page, candidates, review

PAGES = [
    path("articles/review/", review.review, name="articles_review"),
    path("articles/review/decide/", review.decide, name="articles_review_decide"),
    path("articles/review/decide-selected/", review.decide_selected, name="articles_review_decide_selected"),
    path("articles/review/decide-all/", review.decide_all, name="articles_review_decide_all"),
    path("articles/review/undo/", review.undo, name="articles_review_undo"),
    path("articles/candidates/", candidates.candidates, name="articles_candidates"),
    path("articles/candidates/decide/", candidate_decisions.decide, name="articles_candidates_decide"),
    path(
        "articles/candidates/decide-selected/",
        candidate_decisions.decide_selected,
        name="articles_candidates_decide_selected",
    ),
    path("articles/candidates/undo/", candidate_decisions.undo, name="articles_candidates_undo"),
    path("articles/candidates/<int:candidate_id>/", candidate_page.candidate_page, name="articles_candidate"),
]


def desk_addresses(site: AdminSite) -> list[URLPattern]:
    """For staff only, as everything in the admin."""
    return [path(str(page.pattern), site.admin_view(page.callback), name=page.name) for page in PAGES]
