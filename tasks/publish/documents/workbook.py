"""The whole plan as a workbook, drawn: frozen heads, filters, A4 across; the same plan gives the same bytes.

What people typed is written as text; numbers, dates and times of ours are real ones, in the formats of the language.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from tasks.event import Event
from tasks.files import write
from tasks.messages import Language, Message, either, message
from tasks.pages import clock, day, number
from tasks.publish.agendas.afternoon import Afternoon
from tasks.publish.documents.plan_sheets import Cell, Column, PlanSheet, in_words, made_at, sheets_of
from tasks.spreadsheet import A4, OPTIONS, cell_text
from tasks.workspace import Workspace

_TIME: Final[dict[Language, str]] = {"fr": 'h" h "mm', "en": "hh:mm"}
_DATE: Final = "dd/mm/yyyy"  # as Eventmaker reads it, in both languages
_PLAIN: Final = {"valign": "top", "font_size": 10, "bottom": 1, "bottom_color": "#D5DCE5"}
_HEAD: Final = {
    "bold": True, "font_size": 10, "font_color": "#FFFFFF", "bg_color": "#0B4F6C", "text_wrap": True,
    "valign": "vcenter", "align": "left", "indent": 1,
}  # fmt: skip
_FORMATS: Final[dict[str, dict[str, object]]] = {
    "text": _PLAIN | {"indent": 1},
    "number": _PLAIN | {"align": "right"},
    "time": _PLAIN | {"align": "left", "indent": 1},
    "date": _PLAIN | {"align": "left", "indent": 1, "num_format": _DATE},
    "slot": _PLAIN | {"align": "left", "indent": 1, "text_wrap": True},
    "head": _HEAD,
    "head number": _HEAD | {"align": "right", "indent": 0},
    "head slot": _HEAD,
    "title": {"bold": True, "font_size": 18, "font_color": "#0B4F6C"},
    "line": {"font_size": 11},
    "link": {"font_size": 11, "font_color": "#0B4F6C", "underline": 1, "valign": "top"},
    "about": {"font_size": 11, "text_wrap": True, "valign": "top"},
    "notice": {"font_size": 9, "font_color": "#566175"},
}
_TIMED: Final = ("time", "head slot")
_LINE_HEIGHT: Final = 14  # points
_HEAD_HEIGHT: Final = 30
_FIRST_LISTED: Final = 9  # rows of the cover above its list of sheets


def write_books(workspace: Workspace, afternoon: Afternoon, folder: Path) -> None:
    """Write the workbook of a plan version in both languages."""
    with workspace.opened() as db:
        rows = db.rows("outbox/select_guest_uids", edition_id=afternoon.edition_id)
    uids = {str(row["leader_id"]): str(row["guest_uid"]) for row in rows}
    write(folder / "plan.xlsx", plan_book(workspace.event, afternoon, uids, "fr"))
    write(folder / "plan.en.xlsx", plan_book(workspace.event, afternoon, uids, "en"))


def plan_book(event: Event, afternoon: Afternoon, guest_uids: Mapping[str, str], language: Language) -> bytes:
    """Return the workbook of a plan version in ``language``."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        made = made_at(afternoon).replace(tzinfo=None, microsecond=0)  # xlsxwriter takes local times only
        writer = _Writer(book, event, afternoon, language)
        book.set_properties({"title": cell_text(writer.title), "created": made})
        sheets = sheets_of(event, afternoon, guest_uids)
        writer.write_cover(sheets)
        for sheet in sheets:
            writer.write_sheet(sheet)
    return buffer.getvalue()


@dataclass(slots=True)
class _Writer:
    """Writes the sheets of one workbook."""

    book: Any
    event: Event
    afternoon: Afternoon
    language: Language
    formats: dict[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        event = self.event
        return f"{either(event.title, event.title_en, self.language)}, {day(event.date, self.language)}"

    def words(self, text: Message) -> str:
        return text.translated(self.language)

    def format(self, name: str) -> Any:  # noqa: ANN401 -- xlsxwriter has no types
        if name not in self.formats:
            timed = {"num_format": _TIME[self.language]} if name in _TIMED else {}
            self.formats[name] = self.book.add_format(_FORMATS[name] | timed)
        return self.formats[name]

    def write_cover(self, sheets: tuple[PlanSheet, ...]) -> None:
        """Write the first sheet: which plan this is, how good it is, and what the other sheets hold."""
        cover = self._new(message("Plan"))
        cover.set_column(0, 0, 26)
        cover.set_column(1, 1, 92)
        cover.write_string(0, 0, cell_text(self.title), self.format("title"))
        for row, line in enumerate(self._facts(), start=1):
            cover.write_string(row, 0, self.words(line), self.format("line"))
        for row, sheet in enumerate(sheets, start=_FIRST_LISTED):
            name = self.words(sheet.name)
            cover.write_url(row, 0, f"internal:'{name}'!A1", self.format("link"), name)
            cover.write_string(row, 1, self.words(sheet.about), self.format("about"))
            cover.set_row(row, 2 * _LINE_HEIGHT)
        confidential = message("contains personal data: for the organising team only")
        last = _FIRST_LISTED + len(sheets) + 1
        cover.write_string(last, 0, in_words(confidential, self.language), self.format("notice"))

    def _facts(self) -> tuple[Message, ...]:
        version, language = self.afternoon.version, self.language
        made = made_at(self.afternoon)
        return (
            message(
                "Plan {version}, made on {day} at {time}",
                version=version.version_id,
                day=day(made, language),
                time=clock(made, language),
            ),
            message("approved") if version.is_approved else message("waiting for your decision"),
            message(
                "{meetings} meetings for {leaders} leaders; {unmet} wishes not met",
                meetings=number(len(self.afternoon.meetings), language),
                leaders=number(len(self.afternoon.registered), language),
                unmet=number(len(self.afternoon.unmet), language),
            ),
            message(
                "value {value}, at most {bound} possible",
                value=number(version.value, language),
                bound=number(version.value_bound, language),
            ),
            message(
                "{gaps} idle slots, at least {bound} unavoidable",
                gaps=number(version.gaps, language),
                bound=number(version.gaps_bound, language),
            ),
        )

    def write_sheet(self, drawn: PlanSheet) -> None:
        """Write one sheet of the plan, its heads in sight and on every printed page."""
        sheet = self._new(drawn.name)
        for place, column in enumerate(drawn.columns):
            sheet.set_column(place, place, column.width)
            self._write_head(sheet, place, column)
        for row, cells in enumerate(drawn.rows, start=1):
            for place, (cell, column) in enumerate(zip(cells, drawn.columns, strict=True)):
                self._write(sheet, row, place, cell, column)
            if drawn.lines > 1:
                sheet.set_row(row, drawn.lines * _LINE_HEIGHT)
        sheet.write_comment(0, 0, self.words(drawn.about), {"x_scale": 2.5, "author": self.event.organiser.name})
        sheet.set_row(0, _HEAD_HEIGHT)
        sheet.freeze_panes(1, drawn.fixed)
        sheet.autofilter(0, 0, max(1, len(drawn.rows)), len(drawn.columns) - 1)
        sheet.repeat_rows(0)

    def _write_head(self, sheet: Any, place: int, column: Column) -> None:  # noqa: ANN401 -- xlsxwriter has no types
        if isinstance(column.title, time):
            sheet.write_datetime(0, place, column.title, self.format("head slot"))
        else:
            look = self.format("head number" if column.kind == "number" else "head")
            sheet.write_string(0, place, self.words(column.title), look)

    def _write(self, sheet: Any, row: int, place: int, cell: Cell, column: Column) -> None:  # noqa: ANN401 -- as above
        look = self.format(column.kind)
        match cell:
            case Message():
                sheet.write_string(row, place, cell_text(in_words(cell, self.language)), look)
            case str() if cell:
                sheet.write_string(row, place, cell_text(cell), look)
            case int():
                sheet.write_number(row, place, cell, look)
            case time() | date() | datetime():
                sheet.write_datetime(row, place, cell, look)
            case _:
                sheet.write_blank(row, place, None, look)

    def _new(self, name: Message) -> Any:  # noqa: ANN401 -- xlsxwriter has no types
        sheet = self.book.add_worksheet(self.words(name))
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{self.words(name)}&C{self.afternoon.version.version_id}&R&P/&N")
        sheet.hide_gridlines(2)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        return sheet
