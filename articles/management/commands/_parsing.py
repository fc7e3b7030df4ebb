"""Kinds of arguments that several commands take."""

import argparse
from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import CommandError


class ShowList(argparse.Action):
    """Print some lines and end, whatever else is asked."""

    def __init__(self, *args, lines: list[str], **options) -> None:
        super().__init__(*args, nargs=0, **options)
        self._lines = lines

    def __call__(self, parser, namespace, values, option_string=None) -> None:
        print("\n".join(self._lines))
        parser.exit()


class Mapping(argparse.Action):
    """Collects OURS=THEIRS into a dictionary."""

    def __call__(self, parser, namespace, value, option_string=None) -> None:
        ours, sign, theirs = value.partition("=")
        if not (ours and sign and theirs):
            raise argparse.ArgumentError(self, f"“{value}” should look like headline=title.")
        setattr(namespace, self.dest, {**getattr(namespace, self.dest), ours.strip(): theirs.strip()})


def count(text: str) -> int:
    """A number from 0, for `type`."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"“{text}” is no number from 0 up.")
    return int(text)


def check_paths(paths: Iterable[str]) -> None:
    """Where nothing is there, nothing begins: an import of nothing would stand in the log as one that succeeded."""
    paths = list(paths)
    if paths and not any(path == "-" or Path(path).exists() for path in paths):
        raise CommandError(
            f"There is no such file or folder: {', '.join(paths)}. Nothing was imported. Check the path."
        )
