"""Bytes to text to rows, with nothing lost on the way.

DuckDB and Polars read too few encodings and lose rows at a missing quote without a word, so the ``csv`` module reads,
and the rows are counted a second time in another way.
"""

import codecs
import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from charset_normalizer import from_bytes

from tasks.errors import DataError
from tasks.messages import message

# Without this list French cp1252 is taken for cp1250 or Big5.
_ENCODINGS: Final = ["utf_8", "utf_16", "utf_16_le", "cp1252", "mac_roman", "cp850"]
_FRENCH: Final = frozenset("àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸ€…‘’“”–—«»°²·®©§£½\u00a0")  # noqa: RUF001 -- that is what cp1252 holds
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf_8_sig"),
    (codecs.BOM_UTF16_LE, "utf_16"),
    (codecs.BOM_UTF16_BE, "utf_16"),
)
_DELIMITERS: Final = ";,\t"
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


class SetAside(DataError):
    """A file that cannot be read; the others go on."""


@dataclass(frozen=True, slots=True)
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
    """The lines of one sheet; a text file is one sheet without a name."""

    name: str
    lines: tuple[Line, ...]


def decode(content: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding.

    Raises SetAside where the bytes are no text.
    """
    encoding = _encoding(content)
    text = "" if encoding is None else content.decode(encoding)
    if encoding is None or "\0" in text:
        raise SetAside(
            message("this file is neither a table in text nor a workbook."),
            remedy=message("Export it again as CSV or as an Excel workbook (.xlsx)."),
        )
    return text, encoding.removesuffix("_sig")


def _encoding(content: bytes) -> str | None:
    marked = next((name for mark, name in _BOMS if content.startswith(mark)), None)
    if marked:
        return marked if _decodes(content, marked) else None
    if b"\0" not in content:
        if _decodes(content, "utf_8"):
            return "utf_8"
        if _is_french_cp1252(content):
            return "cp1252"
    best = from_bytes(content, cp_isolation=_ENCODINGS).best()
    return None if best is None else best.encoding


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_french_cp1252(content: bytes) -> bool:
    """Say whether all accents are French once read as cp1252: read wrongly, ``é`` of a Macintosh would be ``Ž``."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return all(letter.isascii() or letter in _FRENCH for letter in text)


def read_text(content: bytes) -> tuple[Sheet, str]:
    """Return the rows of a text file, numbered as a spreadsheet numbers them, and the encoding.

    Raises SetAside where the bytes are no text or a quotation mark is missing.
    """
    text, encoding = decode(content)
    delimiter = find_delimiter(text)
    try:
        # newline="" keeps line ends inside cells; unlike str.splitlines() it does not cut at 0x85.
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise _missing_quote() from error
    if len(rows) != count_rows(text, rows):
        raise _missing_quote()
    return Sheet("", tuple(Line(number, tuple(row)) for number, row in enumerate(rows, start=1))), encoding


def _missing_quote() -> SetAside:
    return SetAside(
        message("a quotation mark is missing or too many, so rows cannot be told apart."),
        remedy=message("Open the file, correct the quotation mark, or export it again."),
    )


def find_delimiter(text: str) -> str:
    """Return the most frequent of semicolon, comma and tab on the first line that holds any."""
    for line in _LINE_END.split(text):
        best = max(_DELIMITERS, key=line.count)
        if best in line:
            return best
    return ";"


def count_rows(text: str, rows: Sequence[Sequence[str]]) -> int:
    """Count the rows without the ``csv`` module: the line ends of the text but for those inside cells."""
    ends = len(_LINE_END.findall(text))
    inside = sum(len(_LINE_END.findall(cell)) for row in rows for cell in row if "\n" in cell or "\r" in cell)
    has_last_line = bool(text) and not text.endswith(("\n", "\r"))
    return ends - inside + has_last_line
