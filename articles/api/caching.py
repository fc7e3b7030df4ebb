"""Answers that clients have kept: told by an ETag whether they still hold.

`If-Modified-Since` is not answered by 304: no date would notice an article whose links or names changed.
"""

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import http_date, parse_etags
from django.utils.translation import get_language

from articles.history.state import history_state
from articles.search.state import index_state


def index_headers(request: HttpRequest) -> dict[str, str]:
    """ETag and date of an answer that depends on the index, told without answering. Raises `IndexUnavailable`.

    The tag names the question, the version of the API, the state of the index, and that of the history: a person who
    is renamed is in the history, and not in the index. Without a tag while the history cannot be named: the answer
    then gets one from its content.
    """
    state, history = index_state(), history_state()
    dated = {"Last-Modified": http_date(state.committed_at.timestamp())}
    if history is None:
        return dated
    version = settings.SPECTACULAR_SETTINGS["VERSION"]
    question = f"{request.build_absolute_uri()} {get_language()} {version} {state.name} {history.change}"
    return {"ETag": digest_etag(question.encode()), **dated}


def digest_etag(content: bytes) -> str:
    return f'W/"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'


def is_known(request: HttpRequest, etag: str | None) -> bool:
    """Whether the client has kept the answer with this ETag. Strong and weak ones count alike."""
    if etag is None:
        return False
    kept = [each.removeprefix("W/") for each in parse_etags(request.headers.get("If-None-Match", ""))]
    return kept == ["*"] or etag.removeprefix("W/") in kept


def not_modified(headers: dict[str, str]) -> HttpResponse:
    return HttpResponseNotModified(headers=headers)
