"""Any list of articles as a file: for spreadsheets, for programs, and for other archives.

EXPORT_FORMATS names each format once; pages, addresses and the command loop over it.
"""

from .csv_table import CSV
from .format import ExportFormat
from .json_lines import JSON_LINES
from .ninjs import NINJS

EXPORT_FORMATS: dict[str, ExportFormat] = {export.name: export for export in (CSV, JSON_LINES, NINJS)}

__all__ = ["EXPORT_FORMATS", "ExportFormat"]
