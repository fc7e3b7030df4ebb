"""Parents before what is a part of them, so that a record can refer to one that stands below it in the file."""

from collections.abc import Sequence

from articles.names.folding import fold_name

from .records import SubjectRecord


def in_levels(records: Sequence[SubjectRecord]) -> list[list[SubjectRecord]]:
    """The records by how many of the others are above them. Where references make a loop, they end it.

    Additions come last, when what they complete is there.
    """
    subjects = [record for record in records if not record.is_addition]
    parents = _parents(subjects)
    levels: list[list[SubjectRecord]] = []
    for number, record in enumerate(subjects):
        depth = _depth(number, parents)
        levels += [[] for _ in range(depth + 1 - len(levels))]
        levels[depth].append(record)
    levels.append([record for record in records if record.is_addition])
    return [level for level in levels if level]


def _parents(records: Sequence[SubjectRecord]) -> dict[int, int]:
    """{number of a record: number of its parent}, for those whose parent is among the records."""
    if not any(record.parent for record in records):
        return {}
    by_code: dict[str, int] = {}
    by_name: dict[str, int] = {}
    for number, record in enumerate(records):
        for code in record.identity():
            by_code.setdefault(code, number)
        by_name.setdefault(fold_name(record.name), number)
    found = {}
    for number, record in enumerate(records):
        above = [by_code.get(code) for code in record.parent.codes] + [by_name.get(fold_name(record.parent.name))]
        parent = next((other for other in above if other is not None), number)
        if record.parent and parent != number:
            found[number] = parent
    return found


def _depth(number: int, parents: dict[int, int]) -> int:
    seen = {number}
    while (number := parents.get(number, -1)) not in seen and number >= 0:
        seen.add(number)
    return len(seen) - 1
