"""What all workbooks share: cells as text, merged cells, and the check that no row is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, time, timedelta
from typing import Final, TypeAlias

from tasks.ingest.reading.sheet import SetAside, Sheet
from tasks.messages import message

_HALF_A_SECOND: Final = timedelta(milliseconds=500)

Cell: TypeAlias = int | float | str | bool | time | date | datetime | timedelta
Merge: TypeAlias = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Workbook:
    """The visible sheets of a workbook and the names of the hidden ones, which are not read."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...]


def cell_text(cell: Cell) -> str:
    """Return a cell as text: a whole number without ``.0``, so that a SIRET keeps its digits; dates in ISO form.

    Other numbers have the 15 digits that Excel shows, so that a price is 36 and not 35.99999999999999.
    """
    if isinstance(cell, bool):
        return "Oui" if cell else "Non"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return _rounded(cell).isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, time):
        return cell.isoformat(timespec="minutes")
    return str(cell)


def _rounded(instant: datetime) -> datetime:
    """Return the nearest second: days are fractions in a workbook, and 14:26:00 may come as 14:25:59.999."""
    return instant + _HALF_A_SECOND if instant.microsecond and instant.year < MAXYEAR else instant


def fill_down(rows: Sequence[list[str]], merge: Merge) -> None:
    """Repeat a merged value in the rows below, where it was meant to hold; not to the right, where it was not.

    ``merge`` is the first and the last place (row, column) of the range, from 0. What holds a value keeps it.
    """
    (top, left), (bottom, _) = merge
    if top >= len(rows) or left >= len(rows[top]):
        return  # nothing was written there
    for row in rows[top + 1 : bottom + 1]:
        row[left] = row[left] or rows[top][left]


def require_all(read: int, counted: int, sheet: str) -> None:
    """Refuse a sheet of which other rows were read than a second count finds. Raises SetAside."""
    if read != counted:
        raise SetAside(
            message(
                'rows would be lost: sheet "{sheet}" holds {counted} rows, but {read} can be read.',
                sheet=sheet,
                counted=counted,
                read=read,
            ),
            remedy=message("Open it in Excel and save it again as .xlsx, or export it again."),
        )
