"""Running the import commands as a user does, for tests."""

import io
import json

import pytest
from django.core.management import CommandError, call_command


def run_command(name, *arguments, **options) -> str:
    """What the command says. A CommandError goes through."""
    output = io.StringIO()
    call_command(name, *map(str, arguments), stdout=output, stderr=output, **options)
    return output.getvalue()


def failing_command(name, *arguments, **options) -> tuple[str, str]:
    """What the command says before it ends with an error, and the error."""
    output = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command(name, *map(str, arguments), stdout=output, stderr=output, **options)
    return output.getvalue(), str(error.value)


def write_json_lines(path, *records):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path
