"""Workbooks to rows of text: every cell as a person would type it, numbers with all their digits."""

import io
from collections.abc import Mapping
from typing import Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from tasks.ingest.reading.bounds import require_cells
from tasks.ingest.reading.cells import Workbook, cell_text, fill_down, require_all
from tasks.ingest.reading.container import MAGIC, locked, open_container
from tasks.ingest.reading.count_ods import count_ods
from tasks.ingest.reading.count_xlsx import count_xlsx
from tasks.ingest.reading.extent import Extent
from tasks.ingest.reading.foreign import OLE_MAGIC, other_format
from tasks.ingest.reading.ods_breaks import with_plain_breaks
from tasks.ingest.reading.sheet import SetAside, Sheet, sheet_of
from tasks.ingest.reading.xls import read_xls
from tasks.messages import message

# All that LibreOffice 24.8 and later leave of a document with a password.
_LOCKED_WHOLE: Final = "encrypted-package"


def is_workbook(content: bytes) -> bool:
    """Say whether the bytes begin as a zip archive (xlsx, ods) or an old Office file (xls)."""
    return content.startswith((*MAGIC, OLE_MAGIC))


def read_workbook(content: bytes) -> Workbook:
    """Return the visible sheets of a workbook, numbered as Excel numbers the rows.

    Raises SetAside where the workbook is broken, locked by a password, too large, or none, and where the rows read are
    not as many as a second count finds.
    """
    if content.startswith(OLE_MAGIC):
        return read_xls(content)
    content, extents = _counted(content)  # first, for a table is laid out in memory as large as it claims to be
    for extent in extents.values():
        require_cells(extent.last_row, extent.last_column)
    try:
        return _read(content, extents)
    except PasswordError as error:
        raise locked() from error
    except CalamineError as error:
        raise unreadable() from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # what Rust raises on bytes it did not expect; no Exception
            raise unreadable() from error
        raise


def _counted(content: bytes) -> tuple[bytes, dict[str, Extent]]:
    """Return the bytes for the reader and the extents of the sheets."""
    container = open_container(content)
    container.verify()
    if _LOCKED_WHOLE in container.names:
        raise locked()
    kind = container.kind
    if kind == "xlsx":
        return content, count_xlsx(container)
    if kind == "ods":
        return with_plain_breaks(container, content), count_ods(container)
    raise other_format(message("an archive") if kind == "archive" else message("an Office document without a table"))


def unreadable() -> SetAside:
    """Return the error for a workbook that does not open."""
    return SetAside(
        message("this workbook cannot be opened: it is damaged, locked, or no workbook."),
        remedy=message("Open it in Excel, save it again as .xlsx without a password, and put it back."),
    )


def _read(content: bytes, extents: Mapping[str, Extent]) -> Workbook:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    tables = [entry for entry in book.sheets_metadata if entry.typ is SheetTypeEnum.WorkSheet]
    visible = [entry.name for entry in tables if entry.visible is SheetVisibleEnum.Visible]
    hidden = [entry.name for entry in tables if entry.visible is not SheetVisibleEnum.Visible]
    sheets = tuple(_sheet(book.get_sheet_by_name(name), extents.get(name, Extent())) for name in visible)
    return Workbook(sheets, tuple(hidden))


def _sheet(sheet: CalamineSheet, extent: Extent) -> Sheet:
    rows = [
        [cell if type(cell) is str else cell_text(cell) for cell in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    require_all(sum(any(map(str.strip, row)) for row in rows), extent.row_count, sheet.name)
    for merge in sheet.merged_cell_ranges or ():
        fill_down(rows, merge)
    return sheet_of(sheet.name, [tuple(row) for row in rows])
