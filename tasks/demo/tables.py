"""Files with the same bytes every time: CSV as the tools write it, workbooks with a fixed date."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

import xlsxwriter

# A workbook carries the day it was made; the demo's were all made on the same one.
_CREATED: Final = datetime(2026, 11, 2, 8)  # noqa: DTZ001 -- xlsxwriter takes local times only
_OPTIONS: Final = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd/mm/yyyy hh:mm:ss",
}


def write_csv(
    path: Path,
    rows: Iterable[Sequence[str]],
    *,
    delimiter: str = ",",
    encoding: str = "utf-8",
    line_end: str = "\n",
) -> None:
    """Write rows, quoting only where it must be."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))


def write_quoted_csv(path: Path, rows: Iterable[Sequence[str]], *, encoding: str) -> None:
    """Write rows as Billetweb does: every value in quotes, nothing at all for an empty one."""
    lines = (",".join('"' + cell.replace('"', '""') + '"' if cell else "" for cell in row) for row in rows)
    path.write_bytes("".join(f"{line}\n" for line in lines).encode(encoding))


@contextmanager
def workbook(path: Path) -> Iterator[xlsxwriter.Workbook]:
    """Open a new workbook in which a text never becomes a formula, a link or a number."""
    with xlsxwriter.Workbook(path, _OPTIONS) as book:
        book.set_properties({"created": _CREATED, "author": "Démonstration"})
        yield book


def french_amount(cents: int) -> str:
    """Write cents as the ticket offices do: ``36,00``."""
    return f"{cents // 100},{cents % 100:02d}"
