"""Workbooks to rows of text: every cell as a person would type it, numbers with all their digits."""

import io
from datetime import date, datetime, time, timedelta
from typing import Final, TypeAlias

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from tasks.errors import DataError
from tasks.ingest.decode import Line, SetAside, Sheet
from tasks.messages import message

_MAGIC: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

Cell: TypeAlias = int | float | str | bool | time | date | datetime | timedelta
Merge: TypeAlias = tuple[tuple[int, int], tuple[int, int]]


def is_workbook(content: bytes) -> bool:
    """Say whether the bytes begin as a zip archive (xlsx, ods) or an old Office file (xls)."""
    return content.startswith(_MAGIC)


def read_workbook(content: bytes) -> tuple[Sheet, ...]:
    """Return the visible sheets of a workbook, numbered as Excel numbers the rows.

    Raises SetAside where the workbook is broken, locked by a password, or none.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return tuple(
            _sheet(book.get_sheet_by_name(entry.name))
            for entry in book.sheets_metadata
            if entry.visible is SheetVisibleEnum.Visible and entry.typ is SheetTypeEnum.WorkSheet
        )
    except CalamineError as error:
        raise unreadable() from error


def unreadable() -> DataError:
    """Return the error for a workbook that does not open."""
    return SetAside(
        message("this workbook cannot be opened: it is damaged, locked, or no workbook."),
        remedy=message("Open it in Excel, save it again as .xlsx without a password, and put it back."),
    )


def _sheet(sheet: CalamineSheet) -> Sheet:
    rows = [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for merge in sheet.merged_cell_ranges or ():
        _fill_down(rows, merge)
    return Sheet(sheet.name, tuple(Line(number, tuple(row)) for number, row in enumerate(rows, start=1)))


def _fill_down(rows: list[list[str]], merge: Merge) -> None:
    """Repeat a merged value in the rows below, where it was meant to hold; not to the right, where it was not."""
    (top, left), (bottom, _) = merge
    for row in rows[top + 1 : bottom + 1]:
        row[left] = rows[top][left]


def cell_text(cell: Cell) -> str:
    """Return a cell as text: a whole number without ``.0``, so that a SIRET keeps its digits; dates in ISO form."""
    if isinstance(cell, bool):
        return "Oui" if cell else "Non"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, time):
        return cell.isoformat(timespec="minutes")
    return str(cell)
