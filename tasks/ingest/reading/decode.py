"""Bytes to text to rows, with nothing lost on the way.

DuckDB and Polars read too few encodings and lose rows at a missing quote without a word, so the ``csv`` module reads,
and the rows are counted a second time in another way.
"""

import csv
import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from tasks.ingest.reading.bounds import MAX_CELLS, MAX_FILE_BYTES, require_cells, too_many_cells
from tasks.ingest.reading.delimiters import declared_delimiter, find_delimiter, lines_of
from tasks.ingest.reading.encodings import encoding_of, is_mostly_utf8
from tasks.ingest.reading.quotes import find_unopened
from tasks.ingest.reading.sheet import Line, SetAside, Sheet, sheet_of
from tasks.messages import Message, message

__all__ = ["Line", "SetAside", "Sheet", "decode", "read_text"]

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_MAX_NULS: Final = 0.01
# After so many rows it is looked whether there is too much: few enough not to fill the memory before.
_ROWS_AT_A_TIME: Final = 50
# From this many columns on, a line inside a cell that has exactly the separators of a row is a row.
_TELLING_WIDTH: Final = 4


def decode(content: bytes) -> tuple[str, str]:
    """Return the text, without a byte order mark, and the name of its encoding.

    Raises SetAside where the bytes are no text.
    """
    encoding = encoding_of(content)
    text = "" if encoding is None else content.decode(encoding)
    if encoding is None or "\0" in text:
        raise _no_text(content)
    return text, encoding.removesuffix("_sig")


def _no_text(content: bytes) -> SetAside:
    if 0 < content.count(0) < len(content) * _MAX_NULS:
        what = message("this file is damaged: it holds zero bytes between its letters.")
    elif b"\0" not in content and is_mostly_utf8(content):
        what = message("this file mixes two encodings, so its accents cannot be read.")
    else:
        what = message("this file is neither a table in text nor a workbook.")
    return SetAside(what, remedy=message("Export it again as CSV or as an Excel workbook (.xlsx)."))


def read_text(content: bytes) -> tuple[Sheet, str]:
    """Return the rows of a text file, numbered as a spreadsheet numbers them, and the encoding.

    Raises SetAside where the bytes are no text or a quotation mark is missing.
    """
    text, encoding = decode(content)
    return read_rows(text), encoding


def read_rows(text: str) -> Sheet:
    """Return the rows of a table in text. Raises SetAside where a quotation mark is missing or there is too much."""
    declared, text = declared_delimiter(text)
    delimiter = declared or find_delimiter(text)
    rows = _parsed(text, delimiter)
    if _count_lines(text) != len(rows):
        _require_whole_rows(text, rows, delimiter)
    unopened = find_unopened(text, rows, delimiter)
    if unopened:
        raise _missing_quote(message("in row {number}", number=unopened))
    return sheet_of("", rows)


def _parsed(text: str, delimiter: str) -> list[tuple[str, ...]]:
    csv.field_size_limit(MAX_FILE_BYTES)  # a cell of 200,000 characters is data; the default limit would refuse it
    rows: list[tuple[str, ...]] = []
    cell_count = 0
    # str.splitlines() would also cut at 0x85, and io.StringIO would take four times the room.
    reader = csv.reader(lines_of(text), delimiter=delimiter, strict=True)
    try:
        while some := list(map(tuple, islice(reader, _ROWS_AT_A_TIME))):
            widths = list(map(len, some))
            require_cells(1, max(widths))
            cell_count += sum(widths)
            if cell_count > MAX_CELLS:
                raise too_many_cells()
            rows += some
    except csv.Error as error:
        raise _missing_quote(message("near line {number}", number=reader.line_num)) from error
    return rows


def _missing_quote(where: Message) -> SetAside:
    return SetAside(
        message("a quotation mark is missing or too many {where}, so rows cannot be told apart.", where=where),
        remedy=message("Open the file, correct the quotation mark, or export it again."),
    )


def _require_whole_rows(text: str, rows: Sequence[Sequence[str]], delimiter: str) -> None:
    """Make sure, where cells hold line ends, that they hold no rows. Raises SetAside."""
    if count_rows(text, rows) != len(rows):
        raise _missing_quote(message("somewhere"))
    swallowed = _swallowed(rows, delimiter)
    if swallowed:
        raise _missing_quote(message("in row {number}", number=swallowed))


def _count_lines(text: str) -> int:
    ends = text.count("\n") + text.count("\r") - text.count("\r\n")
    return ends + (bool(text) and not text.endswith(("\n", "\r")))


def count_rows(text: str, rows: Sequence[Sequence[str]]) -> int:
    """Count the rows without the ``csv`` module: the lines of the text but for those that end inside cells."""
    inside = sum(len(_LINE_END.findall(cell)) for row in rows for cell in row if "\n" in cell or "\r" in cell)
    return _count_lines(text) - inside


def _swallowed(rows: Sequence[Sequence[str]], delimiter: str) -> int | None:
    """Return the number of the first row of which a cell seems to hold other rows, for want of a quotation mark."""
    width = max(map(len, rows), default=0)
    return next(
        (
            number
            for number, row in enumerate(rows, start=1)
            for cell in row
            if ("\n" in cell or "\r" in cell) and _holds_rows(cell, delimiter, width, len(row))
        ),
        None,
    )


def _holds_rows(cell: str, delimiter: str, width: int, cell_count: int) -> bool:
    """Say whether lines of a cell look like rows: exactly as many separators, or half of them where cells lack."""
    separators = [part.count(delimiter) for part in _LINE_END.split(cell)]
    if cell_count < width:
        return max(separators) >= max(1, (width - 1) // 2)
    return width >= _TELLING_WIDTH and width - 1 in separators[1:-1]
