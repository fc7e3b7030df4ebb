"""What an import from the desk is asked to do: kept with the upload as JSON, handed to the pipeline as its options."""

import os
from collections.abc import Mapping

from django.utils.translation import gettext as _

from articles.models import Upload
from articles.pipeline import options as for_articles
from articles.pipeline.formats import FORMATS
from articles.pipeline.formats.tables.field_names import ARCHIVE_FIELDS
from articles.pipeline.subjects import options as for_subjects
from articles.pipeline.subjects.formats import FORMATS as SUBJECT_FORMATS
from articles.pipeline.subjects.formats import ReadingOptions
from articles.pipeline.subjects.formats.columns import SYNONYMS

ARTICLES, AUTO = "articles", "auto"
OF_ARTICLES = ("source", "encoding", "fields", "on_conflict", "unknown_subjects", "skip_duplicates")
OF_SUBJECTS = ("encoding", "on_conflict", "on_unsure", "match_names")


class InvalidFields(Exception):
    """A line of the mapping makes no sense. The message is a sentence."""


def kind_of(upload: Upload) -> str:
    """What is in the file: "articles", or a word of SUBJECT_KINDS."""
    return upload.options.get("what", ARTICLES)


def formats_of(what: str) -> Mapping[str, object]:
    return FORMATS if what == ARTICLES else SUBJECT_FORMATS[what]


def fields_of(what: str) -> tuple[str, ...]:
    """The fields that columns of a table can be read as."""
    return ARCHIVE_FIELDS if what == ARTICLES else tuple(SYNONYMS[what])


def read_fields(text: str, what: str) -> dict[str, str]:
    """Lines such as headline=title. Raises InvalidFields."""
    mapping = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        ours, sign, theirs = (part.strip() for part in line.partition("="))
        if not (ours and sign and theirs):
            raise InvalidFields(_("Line %(number)d should look like headline=title.") % {"number": number})
        if ours not in fields_of(what):
            known = ", ".join(fields_of(what))
            sentence = _("Line %(number)d: there is no field “%(field)s”. The fields are: %(known)s.")
            raise InvalidFields(sentence % {"number": number, "field": ours[:60], "known": known})
        mapping[ours] = theirs
    return mapping


def article_options(upload: Upload, dry_run: bool) -> for_articles.ImportOptions:
    chosen = {name: upload.options[name] for name in OF_ARTICLES if name in upload.options}
    processes = (os.cpu_count() or 1) - 1
    return for_articles.ImportOptions(format=_format(upload), dry_run=dry_run, processes=processes, **chosen)


def subject_options(upload: Upload, dry_run: bool) -> for_subjects.ImportOptions:
    chosen = {name: upload.options[name] for name in OF_SUBJECTS if name in upload.options}
    languages = tuple(code.strip() for code in upload.options.get("languages", "").split(",") if code.strip())
    reading = ReadingOptions(languages=languages, columns=upload.options.get("fields", {}))
    return for_subjects.ImportOptions(format=_format(upload), dry_run=dry_run, reading=reading, **chosen)


def _format(upload: Upload) -> str:
    return upload.options.get("format", AUTO)
