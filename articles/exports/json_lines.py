"""JSON lines: an article a line, with the fields that `import_articles` reads, so that archives can be copied."""

import json
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from articles.models import SUBJECT_KINDS

from .articles import ExportedArticle
from .format import ExportFormat, Portions

_encode = json.JSONEncoder(ensure_ascii=False).encode


def write_json_lines(portions: Portions, site: str, with_status: bool = False) -> Iterator[str]:
    for articles in portions:
        yield "".join([f"{_encode(_data(article))}\n" for article in articles])


def _data(article: ExportedArticle) -> dict:
    data = {**article, "source": article["source"] or ""}
    for name in ("published_on", "published_at"):
        data[name] = article[name].isoformat() if article[name] else None
    for kind in SUBJECT_KINDS.values():
        data[kind.plural] = [subject.name for subject in article[kind.plural]]
    return data


JSON_LINES = ExportFormat(
    "jsonl", _("JSON lines"), _("for programs and other archives"), "application/x-ndjson", "jsonl", write_json_lines
)
