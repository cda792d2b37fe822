"""The workbook of rejects, drawn: yellow cells to fill in, all else protected, ready to print.

Every cell is written as a text: what people typed never becomes a formula, a link or a number.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from math import ceil
from typing import Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from tasks.event import Event
from tasks.messages import Language, Message, message
from tasks.pages import day
from tasks.spreadsheet import A4, OPTIONS, cell_text
from tasks.validate.rejects import Asked
from tasks.validate.rejects_sheets import AskingSheet, Column, Line, sheets_of

_LINE_HEIGHT: Final = 13.5  # points, at the size of the cells
_MOST_LINES: Final = 12
_PLAIN: Final = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#D9DEE4", "font_size": 10}
_FORMATS: Final = {
    "text": _PLAIN,
    "offered": _PLAIN | {"font_color": "#44546A"},
    # As text, so that a spreadsheet keeps all digits of a number and a date as typed.
    "answer": _PLAIN | {"bg_color": "#FFF2CC", "locked": False, "num_format": "@"},
    "key": {"font_color": "#BFBFBF", "font_size": 6, "valign": "top"},
    "head": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": "#1F3A5F",
        "text_wrap": True,
        "valign": "vcenter",
        "border": 1,
    },
    "title": {"bold": True, "font_size": 16, "font_color": "#1F3A5F"},
    "advice": {"text_wrap": True, "valign": "top", "font_size": 11},
}
_ADVICE: Final = (
    message(
        "This workbook lists what could not be taken in, and what only a person can decide. Fill in the yellow cells."
    ),
    message("A yellow cell left empty says nothing: the question is asked again in the next workbook."),
    message("“To correct”: type the value as the export should have said it, or choose to leave the line out."),
    message(
        "“To decide”: choose one of the answers offered; for a wish you may also type other catalogue numbers, "
        "such as 12 ; 45. “Merged duplicates”: nothing to do, unless two persons were taken for one."
    ),
    message(
        "Save the workbook under any name and put it into the folder inbox/, beside the exports. It is read the next "
        "night, or at once with: rencontres ingest"
    ),
    message(
        "Your answers hold from then on, in every later export too, even when the workbook is gone. To take one back, "
        "change it in the workbook, save, and put it into inbox/ again."
    ),
)
_MAY: Final = {"format_columns": True, "format_rows": True, "autofilter": True}


def book_of(asked: Asked, event: Event, night: date) -> bytes:
    """Return the workbook; the same questions in the same night give the same bytes."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        book.set_properties({"title": event.title, "created": datetime(night.year, night.month, night.day)})  # noqa: DTZ001 -- xlsxwriter takes local times only
        writer = _Writer(book, event, night)
        writer.write_advice()
        for sheet in sheets_of(asked, writer.language):
            writer.write_sheet(sheet)
    return buffer.getvalue()


@dataclass(slots=True)
class _Writer:
    """Writes the sheets of one workbook."""

    book: Any
    event: Event
    night: date
    formats: dict[str, Any] = field(default_factory=dict)

    @property
    def language(self) -> Language:
        return self.event.languages[0]

    def words(self, text: Message) -> str:
        return text.translated(self.language)

    def format(self, name: str) -> Any:  # noqa: ANN401 -- xlsxwriter has no types
        if name not in self.formats:
            self.formats[name] = self.book.add_format(_FORMATS[name])
        return self.formats[name]

    def write_advice(self) -> None:
        """Write the first sheet: how to fill in the others."""
        sheet = self._new(message("How to use"))
        sheet.set_column(0, 0, 4)
        sheet.set_column(1, 1, 100)
        sheet.write_string(0, 1, cell_text(self.event.title), self.format("title"))
        sheet.write_string(
            1, 1, self.words(message("To correct and to decide, {night}", night=day(self.night, self.language)))
        )
        for number, advice in enumerate(_ADVICE, start=1):
            sheet.write_number(number + 2, 0, number, self.format("advice"))
            sheet.write_string(number + 2, 1, self.words(advice), self.format("advice"))
            sheet.set_row(number + 2, 34)
        sheet.protect("", _MAY)

    def write_sheet(self, asking: AskingSheet) -> None:
        """Write one sheet of questions, protected but for its yellow cells."""
        sheet = self._new(asking.name)
        for place, column in enumerate(asking.columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, self.words(column.title), self.format("head"))
        for row, line in enumerate(asking.lines, start=1):
            for place, cell in enumerate((*line.cells, "", line.key)):
                look = self.format(asking.columns[place].style)
                if cell:
                    sheet.write_string(row, place, cell_text(cell), look)
                else:
                    sheet.write_blank(row, place, None, look)
            sheet.set_row(row, _LINE_HEIGHT * _line_count(line, asking.columns))
        self._offer(sheet, asking)
        sheet.set_row(0, 30)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(asking.lines), len(asking.columns) - 1)
        sheet.repeat_rows(0)
        sheet.protect("", _MAY)

    def _new(self, name: Message) -> Any:  # noqa: ANN401 -- xlsxwriter has no types
        sheet = self.book.add_worksheet(self.words(name))
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{self.words(name)}&C{self.night.isoformat()}&R&P/&N")
        sheet.hide_gridlines(2)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        return sheet

    def _offer(self, sheet: Any, asking: AskingSheet) -> None:  # noqa: ANN401 -- xlsxwriter has no types
        """Give the yellow cells a drop-down of the answers offered: from the cells beside, where they stand there."""
        beside = [place for place, column in enumerate(asking.columns) if column.style == "offered"]
        place = next(place for place, column in enumerate(asking.columns) if column.style == "answer")
        numbered = enumerate(asking.lines, start=1)
        # One list serves all neighbouring lines with the same answers; those beside differ from line to line.
        for (choices, is_open, _), members in groupby(numbered, lambda pair: _list_of(pair, is_beside=bool(beside))):
            rows = [row for row, _ in members]
            if choices:
                source = _cells(rows[0], beside[: len(choices)]) if beside else list(choices)
                sheet.data_validation(rows[0], place, rows[-1], place, self._list(source, is_open=is_open))

    def _list(self, source: str | list[str], *, is_open: bool) -> dict[str, object]:
        return {
            "validate": "list",
            "source": source,
            "error_type": "information" if is_open else "stop",
            "error_title": self.words(message("Answer")),
            "error_message": self.words(message("Please choose one of the answers offered.")),
        }


def _line_count(line: Line, columns: Sequence[Column]) -> int:
    """Return how many lines the fullest cell takes; not every spreadsheet makes rows high enough by itself.

    A line holds a little less than the column's width, since words are not broken.
    """
    filled = zip(line.cells, columns, strict=False)
    return min(_MOST_LINES, max(ceil(1.15 * len(cell) / column.width) for cell, column in filled) or 1)


def _list_of(numbered: tuple[int, Line], *, is_beside: bool) -> tuple[tuple[str, ...], bool, int]:
    """Return what two lines have in common that can have one list of answers."""
    row, line = numbered
    return line.choices, line.is_open, row if is_beside else 0


def _cells(row: int, places: list[int]) -> str:
    """Return the formula of neighbouring cells: a list among the answers could hold a comma, and is limited to 255."""
    return f"={xl_range_abs(row, places[0], row, places[-1])}"
