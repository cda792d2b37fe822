"""Entries of a directory broken into columns of equal height."""

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.publish.documents.printed.lettering import Line


@dataclass(frozen=True, slots=True)
class Entry:
    """Lines that stay together; ``height`` in em, with the letter above them where they are the first of one."""

    letter: str
    lines: tuple[Line, ...]
    height: float


def needed(entries: Sequence[Entry], height: float) -> int:
    """Return how many columns of ``height`` em the entries take."""
    return len(_filled(entries, height))


def balanced(entries: Sequence[Entry], count: int, height: float) -> list[tuple[Entry, ...]]:
    """Return the entries in at most ``count`` columns, as low as they can be and no higher than ``height`` em."""
    low, high = 0.0, height
    while high - low > height / 500:
        middle = (low + high) / 2
        if needed(entries, middle) <= count and all(entry.height <= middle for entry in entries):
            high = middle
        else:
            low = middle
    return _filled(entries, high)


def _filled(entries: Sequence[Entry], height: float) -> list[tuple[Entry, ...]]:
    columns: list[list[Entry]] = []
    left = 0.0
    for entry in entries:
        if not columns or entry.height > left:
            columns.append([])
            left = height
        columns[-1].append(entry)
        left -= entry.height
    return [tuple(column) for column in columns]
