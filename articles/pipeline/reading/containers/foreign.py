"""Files that hold articles in a way that cannot be read here, told by name or content, with the way out."""

from articles.pipeline.records import Position, Problem

_AS_TEXT = "Save it as text or HTML and import that."
_AS_TABLE = "Save it as CSV and import that."
_UNPACKED = "Unpack it and import what is in it."

# Documents of today are zip archives, those of old have a format of their own.
_OFFICE_MARKS = (b"PK\3\4", b"\xd0\xcf\x11\xe0")
_BY_SUFFIX = {
    (".docx", ".doc", ".dotx"): ("a Word document", _AS_TEXT),
    (".xlsx", ".xls", ".xlsm"): ("an Excel workbook", _AS_TABLE),
    (".pptx", ".ppt"): ("a PowerPoint presentation", _AS_TEXT),
    (".odt", ".ott"): ("an OpenDocument text", _AS_TEXT),
    (".ods",): ("an OpenDocument table", _AS_TABLE),
    (".epub",): ("an e-book", _AS_TEXT),
}
_BY_CONTENT = {
    b"%PDF-": ("a PDF document", _AS_TEXT),
    b"{\\rtf": ("a document in rich text format", _AS_TEXT),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": ("a document of an old office program", _AS_TEXT),
    b"PAR1": ("a Parquet table", _AS_TABLE),
    b"7z\xbc\xaf\x27\x1c": ("a 7-Zip archive", _UNPACKED),
    b"Rar!\x1a\x07": ("a RAR archive", _UNPACKED),
    b"\x28\xb5\x2f\xfd": ("a file compressed with Zstandard", _UNPACKED),
    b"\x04\x22\x4d\x18": ("a file compressed with LZ4", _UNPACKED),
    b"\x1f\x9d": ("a file compressed with compress", _UNPACKED),
}


def decline(name: str, head: bytes) -> Problem | None:
    """The problem with a file that is known and cannot be read."""
    kinds = [kind for mark, kind in _BY_CONTENT.items() if head.startswith(mark)]
    if head.startswith(_OFFICE_MARKS):
        kinds = [kind for suffixes, kind in _BY_SUFFIX.items() if name.lower().endswith(suffixes)] + kinds
    if not kinds:
        return None
    what, advice = kinds[0]
    return Problem(Position(name), f"This is {what}, which cannot be read here.", advice)
