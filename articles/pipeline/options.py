"""What a user can ask of an import."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ImportOptions:
    """`format` is a name in FORMATS or "auto"; `source` names the source of records that have none; `fields` maps
    the archive's fields to those of a table; `processes` is how many may look for names beside this one."""

    format: str = "auto"
    source: str = ""
    encoding: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    on_conflict: str = "keep"
    unknown_subjects: str = "create"
    skip_duplicates: bool = False
    dry_run: bool = False
    processes: int = 1


ON_CONFLICT = ("keep", "update")
UNKNOWN_SUBJECTS = ("create", "suggest", "ignore")
