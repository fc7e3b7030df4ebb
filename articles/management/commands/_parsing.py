"""Kinds of arguments that several commands take."""

import argparse


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
