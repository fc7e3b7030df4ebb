"""A progress bar on the terminal; none where the output goes to a file or another program."""

import sys

from tqdm import tqdm


def progress_bar(unit: str, total: int | None = None) -> tqdm:
    return tqdm(
        unit=f" {unit}", total=total, disable=not sys.stderr.isatty(), file=sys.stderr, mininterval=0.5, delay=1
    )
