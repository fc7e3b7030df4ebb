"""Pages that browsers and proxies keep and ask about: what has not changed is not made, nor sent, again.

    @kept_while_nothing_changes
    def view(request): …

A page is kept by anybody, and asked about each time, so that what an editor changes is seen at once. Pages of
visitors with a session or a message are kept by nobody else, and always made anew.
"""

import datetime
import functools
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language

from articles.history.state import history_state
from articles.models import ImportBatch
from articles.search import IndexUnavailable
from articles.search.state import index_state

View = Callable[..., HttpResponse]

# What the pages are made by: another release makes other pages of the same archive.
MADE_BY = ("articles", "newsroom")
MADE_BY_SUFFIXES = {".py", ".html", ".css", ".js", ".svg", ".mo"}
STARTED_AT = datetime.datetime.now(datetime.UTC)


@dataclass(frozen=True)
class ArchiveState:
    """`name` is another one whenever any page might be."""

    name: str
    changed_at: datetime.datetime


def kept_while_nothing_changes(view: View) -> View:
    @functools.wraps(view)
    def answered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        state = None if settings.DEBUG or _is_personal(request) else _archive_state()
        if state is None:
            return _marked(view(request, *args, **kwargs), private=True)
        validators = {"etag": _etag(request, state), "last_modified": _seconds(state.changed_at)}
        response = get_conditional_response(request, **validators) or view(request, *args, **kwargs)
        if response.status_code in (200, 304):
            response.headers["ETag"] = validators["etag"]
            if validators["last_modified"]:
                response.headers["Last-Modified"] = http_date(validators["last_modified"])
        return _marked(response, public=True)

    return answered


def _marked(response: HttpResponse, **kept_by: bool) -> HttpResponse:
    patch_cache_control(response, no_cache=True, **kept_by)
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def _is_personal(request: HttpRequest) -> bool:
    return bool({settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys())


def _archive_state() -> ArchiveState | None:
    """The index says what is found, the history what things are called, the day what “on this day” is.

    Imports are their own history. None where there is no index, and while the history cannot be named.
    """
    try:
        index = index_state()
    except IndexUnavailable:
        return None
    history = history_state()
    if history is None:
        return None
    imported_at = ImportBatch.objects.aggregate(latest=Max("active_at"))["latest"]
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    # The start of this process is none of the name: others answer, too, and started at other times.
    name = f"{index.name} {history.change} {imported_at} {midnight} {_release()}"
    moments = (index.committed_at, history.changed_at, imported_at, midnight, STARTED_AT)
    return ArchiveState(name, max(moment for moment in moments if moment))


@functools.cache
def _release() -> str:
    digest = hashlib.blake2b(settings.TIME_ZONE.encode(), digest_size=8)
    files = (file for folder in MADE_BY for file in sorted((Path(settings.BASE_DIR) / folder).rglob("*")))
    for file in files:
        if file.suffix in MADE_BY_SUFFIXES:
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _etag(request: HttpRequest, state: ArchiveState) -> str:
    question = f"{request.build_absolute_uri()} {get_language()} {state.name}"
    return f'W/"{hashlib.blake2b(question.encode(errors="surrogatepass"), digest_size=12).hexdigest()}"'


def _seconds(moment: datetime.datetime) -> int | None:
    """None while the second is not over: another change in it would have the same date."""
    seconds = int(moment.timestamp())
    return seconds if seconds < int(timezone.now().timestamp()) else None
