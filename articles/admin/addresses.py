"""The addresses of the desk's own pages, beside those that the admin gives to each table."""

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from . import (
    bulk_edits,
    bulk_export,
    bulk_new,
    candidate_decisions,
    candidate_page,
    candidates,
    duplicate_decisions,
    duplicates,
    review,
    upload_actions,
    upload_new,
    upload_undo,
    uploads,
)

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
    path("articles/duplicates/", duplicates.duplicates, name="articles_duplicates"),
    path("articles/duplicates/look/", duplicate_decisions.look, name="articles_duplicates_look"),
    path("articles/duplicates/decide/", duplicate_decisions.decide, name="articles_duplicates_decide"),
    path("articles/duplicates/undo/", duplicate_decisions.undo, name="articles_duplicates_undo"),
    path("articles/bulk/", bulk_edits.bulk_edits, name="articles_bulk_edits"),
    path("articles/bulk/new/", bulk_new.new_bulk_edit, name="articles_bulk_new"),
    path("articles/bulk/export/", bulk_export.bulk_export, name="articles_bulk_export"),
    path("articles/bulk/<int:edit_id>/", bulk_edits.bulk_edit, name="articles_bulk_edit"),
    path("articles/bulk/<int:edit_id>/progress/", bulk_edits.progress, name="articles_bulk_progress"),
    path("articles/bulk/<int:edit_id>/stop/", bulk_edits.stop_bulk_edit, name="articles_bulk_stop"),
    path("articles/bulk/<int:edit_id>/continue/", bulk_edits.continue_bulk_edit, name="articles_bulk_continue"),
    path("articles/bulk/<int:edit_id>/undo/", bulk_edits.undo_bulk_edit, name="articles_bulk_undo"),
    path("articles/uploads/", uploads.uploads, name="articles_uploads"),
    path("articles/uploads/new/", upload_new.new_upload, name="articles_upload_new"),
    path("articles/uploads/<int:upload_id>/", uploads.upload, name="articles_upload"),
    path("articles/uploads/<int:upload_id>/progress/", uploads.progress, name="articles_upload_progress"),
    path("articles/uploads/<int:upload_id>/report/", uploads.report, name="articles_upload_report"),
    path("articles/uploads/<int:upload_id>/report.<str:form>", uploads.download, name="articles_upload_download"),
    path("articles/uploads/<int:upload_id>/rehearse/", upload_actions.rehearse, name="articles_upload_rehearse"),
    path("articles/uploads/<int:upload_id>/run/", upload_actions.run, name="articles_upload_run"),
    path("articles/uploads/<int:upload_id>/stop/", upload_actions.stop_upload, name="articles_upload_stop"),
    path("articles/uploads/<int:upload_id>/delete/", upload_actions.delete, name="articles_upload_delete"),
    path("articles/imports/<int:batch_id>/undo/", upload_undo.undo_batch, name="articles_import_undo"),
]


def desk_addresses(site: AdminSite) -> list[URLPattern]:
    """For staff only, as everything in the admin."""
    return [path(str(page.pattern), site.admin_view(page.callback), name=page.name) for page in PAGES]
