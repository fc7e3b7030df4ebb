"""The YAML between two lines of `---` that may stand above a Markdown text."""

import re
from dataclasses import dataclass

import yaml

LARGEST_FRONT_MATTER = 100_000

_BEGIN = re.compile(r"---[ \t]*\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)


class InvalidFrontMatter(Exception):
    """The YAML cannot be read. The message is a sentence; `line` counts from 1 in the file."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True)
class SplitText:
    """`front` is None where there is none."""

    front: str | None
    text: str


def split_front_matter(text: str) -> SplitText:
    begin = _BEGIN.match(text)
    end = _END.search(text, begin.end()) if begin else None
    if not end:
        return SplitText(None, text)
    return SplitText(text[begin.end() : end.start()], text[end.end() :].lstrip("\n"))


def read_front_matter(front: str) -> dict | None:
    """Texts, lists and mappings; None if it is no mapping, as when the lines are ornaments. Raises
    InvalidFrontMatter."""
    if len(front) > LARGEST_FRONT_MATTER:
        raise InvalidFrontMatter(f"The front matter is longer than {LARGEST_FRONT_MATTER:,} characters.", 1)
    try:
        content = yaml.load(front, _Loader)  # noqa: S506 - it makes nothing but texts, lists and mappings
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 1
        raise InvalidFrontMatter(f"The front matter is not valid YAML ({error.problem}).", line) from None
    except (yaml.YAMLError, RecursionError):
        raise InvalidFrontMatter("The front matter is not valid YAML.", 1) from None
    return content if isinstance(content, dict) else None


class _Loader(yaml.BaseLoader):
    """Every value is a text as it is written: elsewhere in YAML the language `no` is False, the id 012 is 10, and a
    time loses its zone. Aliases are refused: a few lines of them can stand for gigabytes."""

    def compose_node(self, parent, index):
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="aliases are not read", problem_mark=self.peek_event().start_mark)
        return super().compose_node(parent, index)
