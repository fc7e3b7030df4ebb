#!/usr/bin/env python3
"""The command line of the archive: `python manage.py help` lists the commands."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit(
            "Django is not installed in this Python. Run `make install` once and use "
            ".venv/bin/python manage.py, or activate the environment: . .venv/bin/activate"
        ) from error
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
