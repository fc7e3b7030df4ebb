"""A table for spreadsheets, which must not take a headline for a formula."""

import csv
import io
import json
import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from articles.models import SUBJECT_KINDS

from .articles import COLUMNS, FIELDS, STATUS, ExportedArticle
from .format import ExportFormat, Portions

# Without it Excel reads UTF-8 as an older encoding.
BYTE_ORDER_MARK = "\ufeff"
# A cell that begins so may be calculated, and what it calculates may send the sheet elsewhere (OWASP, “CSV injection”).
# The apostrophe before it is taken off by an import; a cell that has one of its own there gets a second.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
# Signs at which a list of names in one cell is cut when it is read again.
_CUT_AT = re.compile(r"[;|\[]")


def write_csv(portions: Portions, site: str, with_status: bool = False) -> Iterator[str]:
    yield BYTE_ORDER_MARK + _rows([[*FIELDS, STATUS] if with_status else FIELDS])
    for articles in portions:
        yield _rows([[_cell(value) for value in _values(article)] for article in articles])


def _rows(rows: list) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _values(article: ExportedArticle) -> Iterator[object]:
    yield from (article[name] for name in COLUMNS)
    for kind in SUBJECT_KINDS.values():
        yield _list([subject.name for subject in article[kind.plural]])
    if STATUS in article:
        yield article[STATUS]


def _list(names: list[str]) -> str:
    """The names with semicolons between them; as a JSON list where they could be cut in the wrong places."""
    text = "; ".join(names)
    is_clear = not any(map(_CUT_AT.search, names)) and not (len(names) == 1 and "," in text)
    return text if is_clear else json.dumps(names, ensure_ascii=False)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = "" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)
    return f"'{text}" if _FORMULA.match(text) else text


CSV = ExportFormat("csv", _("CSV"), _("a table for spreadsheets"), "text/csv", "csv", write_csv)
