"""Old xls workbooks. xlrd reads them: the library of the newer kinds ends the process on some damaged files."""

import io
import struct
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

import xlrd
from xlrd.biffh import XLRDError
from xlrd.compdoc import CompDocError
from xlrd.sheet import Sheet as OldSheet
from xlrd.xldate import xldate_as_datetime

from tasks.ingest.reading.bounds import require_cells
from tasks.ingest.reading.cells import Cell, Workbook, cell_text, fill_down, require_all
from tasks.ingest.reading.container import damaged, locked
from tasks.ingest.reading.count_xls import count_xls
from tasks.ingest.reading.sheet import SetAside, Sheet, sheet_of

# xlrd follows the offsets of the file as they stand, so damaged bytes end in whatever they lead to.
_DAMAGE: Final = (
    XLRDError,
    CompDocError,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    NameError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
_MIDNIGHT: Final = datetime.fromisoformat("1900-01-01")
_WITHOUT_VALUE: Final = frozenset({xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR})


def read_xls(content: bytes) -> Workbook:
    """Return the visible sheets of an old workbook.

    Raises SetAside where it is damaged, locked or too large, and where rows would be lost.
    """
    try:
        # Without formatting_info merged cells are not told.
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), formatting_info=True, ragged_rows=True)
        counts = count_xls(content)
        tables = list(zip(book.sheets(), counts, strict=True))
        sheets = tuple(_sheet(sheet, count, book.datemode) for sheet, count in tables if not sheet.visibility)
    except _DAMAGE as error:
        raise _fault(error) from error
    return Workbook(sheets, tuple(sheet.name for sheet, _ in tables if sheet.visibility))


def _fault(error: Exception) -> SetAside:
    return locked() if isinstance(error, XLRDError) and "encrypted" in str(error) else damaged()


def _sheet(sheet: OldSheet, counted: int, datemode: Literal[0, 1]) -> Sheet:
    kinds = [sheet.row_types(number) for number in range(sheet.nrows)]
    require_all(sum(any(kind not in _WITHOUT_VALUE for kind in row) for row in kinds), counted, sheet.name)
    width = max(map(len, kinds), default=0)
    require_cells(sheet.nrows, width)
    rows = [_row(sheet, number, row, width, datemode) for number, row in enumerate(kinds)]
    for top, end, left, right in sheet.merged_cells:
        fill_down(rows, ((top, left), (end - 1, right - 1)))
    return sheet_of(sheet.name, [tuple(row) for row in rows])


def _row(sheet: OldSheet, number: int, kinds: Sequence[int], width: int, datemode: Literal[0, 1]) -> list[str]:
    cells = [
        cell_text(_value(kind, value, datemode)) for kind, value in zip(kinds, sheet.row_values(number), strict=True)
    ]
    return cells + [""] * (width - len(cells))


def _value(kind: int, value: str | float, datemode: Literal[0, 1]) -> Cell:
    if kind in _WITHOUT_VALUE:
        return ""
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_DATE:
        return _instant(float(value), datemode)
    return value


def _instant(days: float, datemode: Literal[0, 1]) -> Cell:
    """Return the time of less than a day, else the date and time; a number that is none stays one."""
    try:
        return (_MIDNIGHT + timedelta(days=days)).time() if 0 <= days < 1 else xldate_as_datetime(days, datemode)
    except (OverflowError, ValueError):
        return days
