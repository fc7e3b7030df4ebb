"""Files of GeoNames that belong together: those that lie beside the places are read with them."""

import re
from collections.abc import Iterator
from pathlib import Path

# In the order in which they are needed: what others lie in comes first.
BEFORE = ("countryInfo", "admin1CodesASCII")
BEHIND = ("alternateNamesV2", "hierarchy")
ALTERNATE_NAMES = ("alternateNamesV2", "alternateNames")
_PLACES = re.compile(r"^(?:allCountries|cities\d+|[A-Z]{2})$")
_ENDINGS = (".txt", ".zip")


def with_companions(paths: list[str]) -> tuple[list[str], list[str]]:
    """(all paths to read, those of them that were added)."""
    given = [Path(path) for path in paths]
    folders = {path.parent: None for path in given if _PLACES.match(path.stem) and path.is_file()}
    stems = {path.stem for path in given}
    before = [path for folder in folders for path in _beside(folder, BEFORE, stems)]
    behind = [path for folder in folders for path in _beside(folder, BEHIND, stems)]
    return [*map(str, before), *paths, *map(str, behind)], [str(path) for path in (*before, *behind)]


def have_alternate_names(paths: list[str]) -> bool:
    """Whether the file of alternate names is among them: it has the languages, and makes the others superfluous."""
    files = [child for path in map(Path, paths) for child in (path.iterdir() if path.is_dir() else [path])]
    return any(file.stem in ALTERNATE_NAMES for file in files)


def _beside(folder: Path, names: tuple[str, ...], given: set[str]) -> Iterator[Path]:
    for name in names:
        found = [folder / f"{name}{ending}" for ending in _ENDINGS if (folder / f"{name}{ending}").is_file()]
        if found and name not in given:
            yield found[0]
