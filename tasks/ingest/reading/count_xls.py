"""The rows of an old xls workbook counted in its records, without the part of the library that lays out sheets."""

import io
import struct
from collections.abc import Iterator
from typing import Final

from xlrd.compdoc import CompDoc

_BOUNDSHEET: Final = 0x0085
_BOF: Final = 0x0809
_EOF: Final = 0x000A
_BOOLERR: Final = 0x0205
# NUMBER, RK, MULRK, LABELSST, LABEL, RSTRING: a number or a text; the row is the first field of each.
_VALUES: Final = frozenset({0x0203, 0x027E, 0x00BD, 0x00FD, 0x0204, 0x00D6})
_FORMULAS: Final = frozenset({0x0006, 0x0206, 0x0406})
_HEAD: Final = struct.Struct("<HH")
_PLACE: Final = struct.Struct("<IBB")
_ROW: Final = struct.Struct("<H")


def count_xls(content: bytes) -> list[int]:
    """Return the number of rows with a value of every worksheet, in the order of the workbook.

    Raises what xlrd raises on damaged bytes, and struct.error.
    """
    stream = _stream(content)
    return [len(set(_filled_rows(stream, offset))) for offset in _worksheets(stream)]


def _stream(content: bytes) -> bytes:
    document = CompDoc(content, logfile=io.StringIO())
    found = next((stream for name in ("Workbook", "Book") if (stream := document.get_named_stream(name))), b"")
    return bytes(found)


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    while offset + _HEAD.size <= len(stream):
        code, length = _HEAD.unpack_from(stream, offset)
        offset += _HEAD.size
        yield code, stream[offset : offset + length]
        offset += length


def _worksheets(stream: bytes) -> Iterator[int]:
    """Yield where each worksheet begins; charts and modules of code are listed beside them."""
    for code, body in _records(stream, 0):
        if code == _EOF:
            return
        if code == _BOUNDSHEET:
            offset, _, kind = _PLACE.unpack_from(body)
            if kind == 0:
                yield offset


def _filled_rows(stream: bytes, offset: int) -> Iterator[int]:
    depth = 0
    for code, body in _records(stream, offset):
        depth += (code == _BOF) - (code == _EOF)
        if depth == 0:
            return
        if depth == 1 and _has_value(code, body):
            yield _ROW.unpack_from(body)[0]


def _has_value(code: int, body: bytes) -> bool:
    if code == _BOOLERR:
        return body[7] == 0  # else an error
    if code in _FORMULAS:
        return not (body[12:14] == b"\xff\xff" and body[6] == 2)  # noqa: PLR2004 -- the code of an error
    return code in _VALUES
