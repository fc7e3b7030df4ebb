"""The columns of a table that was handed in, and what each is taken for: so that people can say it otherwise."""

from articles.models import Upload
from articles.pipeline.formats import FORMATS, MappedFormat, find_format
from articles.pipeline.formats.tables.fields import make_plan
from articles.pipeline.reading.files import InputFile, NamedFile, open_files

from .upload_options import ARTICLES, AUTO, kind_of

# Of tables with more columns than this nobody wants a list.
MOST_COLUMNS, LONGEST_COLUMN = 100, 100


def columns_of(upload: Upload, file: NamedFile) -> dict:
    """{"names": its columns, "guessed": {field: column}} of the first table in the file; {} where there is none."""
    if kind_of(upload) != ARTICLES:
        return {}
    for item in open_files([file], upload.options.get("encoding", "")):
        if isinstance(item, InputFile):
            return _columns_of_file(item, upload.options.get("format", AUTO))
    return {}


def _columns_of_file(file: InputFile, insisted: str) -> dict:
    format = find_format(file) if insisted == AUTO else FORMATS[insisted]
    if not isinstance(format, MappedFormat):
        return {}
    names = [name for name in format.columns(file) if len(name) <= LONGEST_COLUMN]
    if not names or len(names) > MOST_COLUMNS:
        return {}
    plan = make_plan(names, {}, is_table=True)
    readings = [*plan.texts, *plan.dates, *plan.tags, *([plan.version] if plan.version else [])]
    guessed: dict[str, str] = {}
    for reading in readings:
        guessed[reading.field] = ", ".join(filter(None, [guessed.get(reading.field), reading.column]))
    return {"names": names, "guessed": guessed}
