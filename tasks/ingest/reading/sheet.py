"""What every export becomes first: sheets of lines of text, or a file set aside."""

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.errors import DataError
from tasks.frozen import frozen


class SetAside(DataError):
    """A file that cannot be read; the others go on."""


@frozen()
class Line:
    """One line of a sheet: its number as a person sees it (from 1) and its cells, as text."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of one sheet; a text file is one sheet without a name. Line n is ``lines[n - 1]``."""

    name: str
    lines: tuple[Line, ...]


def sheet_of(name: str, rows: Sequence[tuple[str, ...]]) -> Sheet:
    """Return a sheet of rows, numbered from 1."""
    return Sheet(name, tuple(map(Line, range(1, len(rows) + 1), rows)))
