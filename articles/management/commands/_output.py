"""Where a command writes a file: nobody ever sees half of it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import CommandError, OutputWrapper


@contextmanager
def opened_output(path: str, stdout: OutputWrapper) -> Iterator[Callable[[str], object]]:
    """A function that writes text to the file, or to standard output for "-".

    The file is written beside its place and put there when it is whole; on an error what was there stays.
    """
    if path == "-":
        try:
            yield lambda text: stdout.write(text, ending="")
        except BrokenPipeError as error:
            raise CommandError("Whoever reads the output closed it before everything was written.") from error
        return
    target = Path(path)
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            yield file.write
        draft.replace(target)
    except OSError as error:
        message = f"{path} could not be written ({error.strerror}). What was there before is still there."
        raise CommandError(message) from error
    finally:
        draft.unlink(missing_ok=True)
