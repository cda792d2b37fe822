"""The bytes of a file to sheets of text lines, whatever table it is; told by the content, never by the name."""

from dataclasses import dataclass
from typing import Final

from tasks.ingest.reading.decode import decode, read_rows
from tasks.ingest.reading.foreign import require_no_markup, require_no_other_format
from tasks.ingest.reading.json_table import is_json, read_json
from tasks.ingest.reading.sheet import SetAside, Sheet
from tasks.ingest.reading.workbook import is_workbook, read_workbook
from tasks.messages import message

_BOMS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds. ``encoding`` is None for a workbook; ``left_out`` names hidden sheets, which are not read."""

    sheets: tuple[Sheet, ...]
    encoding: str | None
    left_out: tuple[str, ...] = ()


def read_sheets(content: bytes) -> Contents:
    """Return the tables of a CSV, TSV, JSON, xlsx, xls or ods file.

    Raises SetAside where it is none of these, damaged, locked, empty or too large, or where rows would be lost.
    """
    if content.isspace() or content in _BOMS or not content:
        raise _empty()
    require_no_other_format(content)
    if is_workbook(content):
        book = read_workbook(content)
        return Contents(book.sheets, None, book.hidden)
    text, encoding = decode(content)
    if not text or text.isspace():
        raise _empty()
    require_no_markup(text)
    sheets = read_json(text) if is_json(text) else (read_rows(text),)
    return Contents(sheets, encoding)


def _empty() -> SetAside:
    return SetAside(
        message("this file is empty."),
        remedy=message("Wait until the export has been written, or export it again."),
    )
