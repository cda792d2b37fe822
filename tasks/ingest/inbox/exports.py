"""The bytes of an export to its tables: what it is, which rows it holds, which edition it belongs to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tasks.event import Event
from tasks.event_choices import Export
from tasks.ingest.editions import edition_of, held_on, is_long_before, median
from tasks.ingest.formats.columns import Table, read_table
from tasks.ingest.formats.header import HeaderCell
from tasks.ingest.formats.recognition import Recognition, recognise
from tasks.ingest.formats.sources import Source, all_sources
from tasks.ingest.inbox.labels import label_of, way_out
from tasks.ingest.reading.contents import read_sheets
from tasks.ingest.reading.decode import SetAside, Sheet
from tasks.ingest.records.reader import Reader
from tasks.ingest.records.rejection import Place
from tasks.messages import message

# The median of so many dates, spread over the file, tells the edition as well as that of 200,000.
_SAMPLED_ROWS: Final = 400
_SESSION: Final = "session"
_RATE: Final = "rate"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """An export read: its format, its edition, its tables.

    ``event_label`` is the name that it gives its event. ``encoding`` is None for a workbook. ``hidden_sheets`` were
    left out on purpose, ``unread_sheets`` for want of a header of this format. ``is_long_before`` its edition are
    orders that may be those of another event; ``is_edition_told`` means by ``event.toml`` or by the day on the tickets.
    """

    recognition: Recognition
    edition_id: str
    event_label: str | None
    tables: tuple[Table, ...]
    encoding: str | None
    size_bytes: int
    hidden_sheets: tuple[str, ...] = ()
    unread_sheets: tuple[str, ...] = ()
    is_long_before: bool = False
    is_edition_told: bool = False

    @property
    def source(self) -> Source:
        """The format."""
        return self.recognition.source

    @property
    def row_count(self) -> int:
        """The number of rows kept."""
        return sum(len(table.rows) for table in self.tables)

    @property
    def skipped_count(self) -> int:
        """The number of blank, total and repeated header lines."""
        return sum(table.skipped_count for table in self.tables)

    @property
    def rates(self) -> tuple[str, ...]:
        """The rates at which the tickets were sold, as typed, each once."""
        typed = (row.content.get(_RATE, "") for table in self.tables for row in table.rows)
        return tuple(sorted({rate.strip() for rate in set(typed)} - {""}))

    @property
    def unknown_columns(self) -> tuple[HeaderCell, ...]:
        """The columns with a title that the format does not know, each title once."""
        cells = (cell for table in self.tables for cell in table.headers)
        return tuple({cell.title: cell for cell in cells if cell.match == "unknown" and cell.title}.values())


def read_export(content: bytes, declared: Export, event: Event) -> TakenIn:
    """Read an export and find out what it is. Raises SetAside."""
    contents = read_sheets(content)
    candidates = [source for source in all_sources() if declared.source in {None, source.id}]
    recognition = recognise(contents.sheets, candidates, declared.columns)
    source = recognition.source
    read = [(sheet, read_table(sheet, source, declared.columns)) for sheet in contents.sheets]
    tables = tuple(table for _, table in read if table)
    if not any(table.rows for table in tables):
        raise SetAside(
            message("this file has the header of {title} but not a single row.", title=source.name),
            remedy=message("Export it again once there are registrations or answers."),
        )
    for sheet, table in read:
        if table:
            require_nothing_lost(sheet, table)
    dates = list(_instants(tables, source, source.dated_by, event))
    told = declared.edition or _session(tables, source, event)
    edition_id = told or edition_of(source.kind, dates, event)
    return TakenIn(
        recognition,
        edition_id,
        label_of(tables, event, is_settled=declared.edition is not None),
        tables,
        contents.encoding,
        len(content),
        contents.left_out,
        tuple(sheet.name for sheet, table in read if not table and not all(line.is_blank for line in sheet.lines)),
        is_long_before=not declared.edition and is_long_before(source.kind, dates, edition_id, event),
        is_edition_told=told is not None,
    )


def _session(tables: Sequence[Table], source: Source, event: Event) -> str | None:
    """Return the edition held on the day for which the tickets are, None where they name no day.

    Raises SetAside where no edition was held then.
    """
    instants = list(_instants(tables, source, _SESSION, event))
    if not instants:
        return None
    day = median(instants, event)
    edition_id = held_on(day, event)
    if edition_id is None:
        raise SetAside(
            message("this file is about an event held on {day}, and no edition was held then.", day=f"{day:%d/%m/%Y}"),
            remedy=way_out(event),
        )
    return edition_id


def require_nothing_lost(sheet: Sheet, table: Table) -> None:
    """Raise SetAside unless every line of a sheet is a row, was skipped for a reason, or stands above the rows."""
    accounted = table.above_count + table.skipped_count + len(table.rows)
    if accounted != len(sheet.lines):
        raise lines_lost(len(sheet.lines), accounted)


def lines_lost(read_count: int, accounted_count: int) -> SetAside:
    """Return the refusal of a file of which not every line is accounted for."""
    return SetAside(
        message(
            "of {read} lines only {accounted} are accounted for, so nothing of this file was taken in.",
            read=read_count,
            accounted=accounted_count,
        ),
        remedy=message("This is a fault of the program: send the first lines of the file to the data engineer."),
    )


def _instants(tables: Sequence[Table], source: Source, field: str, event: Event) -> Iterator[datetime]:
    """Yield the dates in a column of the export, of a sample of its rows; nothing where there is no such column."""
    if field not in source.fields:
        return
    step = max(1, sum(len(table.rows) for table in tables) // _SAMPLED_ROWS)
    for table in tables:
        reader = Reader(Place("", "", 0), source, {}, event.zone, table.date_orders)
        for row in table.rows[::step]:
            reader.content = row.content
            if found := reader.instant(field):
                yield found
