"""Quotation marks that close a cell which none has opened: the csv module takes them for letters, without a word."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

_MARK: Final = '"'
_INCHES: Final = re.compile(r'.*\d\s?"', re.DOTALL)


def find_unopened(text: str, rows: Sequence[Sequence[str]], delimiter: str) -> int | None:
    """Return the number of the first row with a cell that a mark closes and none opens, None where there is no such.

    Where no cell of the file is quoted, ``24"`` may be inches; whoever quotes cells would have quoted that one too.
    """
    if _MARK not in text:
        return None
    cells = set(_closed_only(text, delimiter))
    if cells and not _quotes_cells(text, delimiter):
        cells = {cell for cell in cells if not _INCHES.fullmatch(cell)}
    if not cells:
        return None
    return next((number for number, row in enumerate(rows, start=1) if not cells.isdisjoint(row)), None)


def _closed_only(text: str, delimiter: str) -> Iterator[str]:
    """Yield what stands between two separators and ends with the only mark in it, on lines whose marks do not pair.

    On the last line of a cell of several lines such a piece is no cell: whoever asks looks for it among the cells.
    """
    for line in text.split("\n"):
        if line.count(_MARK) % 2:
            pieces = line.rstrip("\r").split(delimiter)
            yield from (piece for piece in pieces if piece.endswith(_MARK) and piece.count(_MARK) == 1 < len(piece))


def _quotes_cells(text: str, delimiter: str) -> bool:
    around = re.escape(delimiter)
    return re.search(rf'(?:^|{around})"[^"]*"(?:{around}|\r?$)', text, re.MULTILINE) is not None
