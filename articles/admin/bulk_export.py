"""Chosen articles, or all that a list shows, as a file."""

from itertools import chain

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.editing.bulk_preview import LOOKED_AT
from articles.editing.counting import CappedCount
from articles.editing.permissions import may, require
from articles.editing.selections import Selection, portions
from articles.editing.verdicts import BulkEditRefused
from articles.exports import EXPORT_FORMATS
from articles.exports.articles import PORTION, read_articles
from articles.exports.format import ExportFormat
from articles.models import Article
from articles.models.tree import in_parts
from articles.search import IndexUnavailable
from articles.sharing.site import site_of

from .listed_articles import back_to_list, list_address, parameters_for, read_selection, selection_of


@require_safe
def bulk_export(request: HttpRequest) -> HttpResponse:
    """A choice of formats; with one, the file."""
    require(may(request.user, "view", Article))
    articles = read_selection(request.GET)
    if articles is None:
        return back_to_list(request, _("Choose articles first."))
    try:
        selection = selection_of(articles, request.user)
        chosen = EXPORT_FORMATS.get(request.GET.get("format", ""))
        return _file(request, chosen, selection) if chosen else _page(request, articles, selection)
    except (BulkEditRefused, IndexUnavailable) as refusal:
        return back_to_list(request, str(refusal))


def _file(request: HttpRequest, chosen: ExportFormat, selection: Selection) -> HttpResponse:
    """Sent while it is read. Those that are not published are there only where that was asked for."""
    with_status = bool(request.GET.get("unpublished"))
    ids = chain.from_iterable(portions(selection, PORTION))
    texts = chosen.write(read_articles(ids, with_status), site_of(request), with_status)
    response = StreamingHttpResponse(texts, content_type=f"{chosen.content_type}; charset=utf-8")
    name = f"articles-{localdate().isoformat()}.{chosen.file_ending}"
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _page(request: HttpRequest, articles: dict, selection: Selection) -> HttpResponse:
    newest = selection.newest(LOOKED_AT)
    statuses = [status for part in in_parts(newest.ids) for status in _statuses(part)]
    context = {
        **admin.site.each_context(request),
        "title": _("Export these articles"),
        "opts": Article._meta,
        "kept": parameters_for(articles),
        "formats": EXPORT_FORMATS.values(),
        "chosen": CappedCount(len(newest.ids), not newest.is_all),
        "unpublished": len(statuses) - statuses.count(Article.Status.PUBLISHED),
        "list_address": list_address(articles),
    }
    return TemplateResponse(request, "admin/articles/bulk_export.html", context)


def _statuses(ids: list[int]) -> QuerySet:
    return Article.objects.filter(pk__in=ids).values_list("status", flat=True)
