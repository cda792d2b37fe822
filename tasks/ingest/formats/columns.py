"""The rows of a sheet, with the columns that are kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Final

from tasks.frozen import frozen
from tasks.ingest.formats import fields
from tasks.ingest.formats.data_lines import data_lines
from tasks.ingest.formats.date_orders import order_of
from tasks.ingest.formats.header import Header, HeaderCell, find_header
from tasks.ingest.formats.header_lines import NOTHING_DECLARED
from tasks.ingest.formats.sources import DateOrder, Source
from tasks.ingest.reading.sheet import Line, Sheet

BEYOND_HEADER: Final = "(beyond the header)"


@frozen()
class Row:
    """A line of data: its number and the fields that are kept, as typed. ``BEYOND_HEADER`` marks a line too long."""

    number: int
    content: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The data of one sheet, with its header.

    ``skipped_count`` counts blank, total and repeated header lines below the header and the notes that close the list,
    ``above_count`` the lines up to and with the header; with the rows they make up the whole sheet.
    """

    sheet: str
    rows: tuple[Row, ...]
    skipped_count: int
    headers: tuple[HeaderCell, ...] = ()
    above_count: int = 0

    @property
    def date_orders(self) -> dict[str, DateOrder]:
        """Whether the day or the month comes first, by field of dates."""
        return {cell.field: cell.date_order for cell in self.headers if cell.field and cell.date_order}


def read_table(sheet: Sheet, source: Source, declared: Mapping[str, str] = NOTHING_DECLARED) -> Table | None:
    """Return the rows below the header with the fields that are kept, None where the sheet has no such header.

    ``declared`` maps fields to headers, as in ``find_header``. Raises SetAside where the header is too wide.
    """
    header = find_header(sheet, source, declared)
    if header is None:
        return None
    below = sheet.lines[header.line_number :]
    kept = data_lines(below, header)
    rows = tuple(_rows(kept, header, frozenset(source.nothing)))
    cells = (*header.cells, *_untitled(kept, header))
    return Table(sheet.name, rows, len(below) - len(rows), _dated(cells, rows, source), header.line_number)


def _rows(lines: Iterable[Line], header: Header, nothing: frozenset[str]) -> Iterator[Row]:
    width = len(header.titles)
    names = tuple(header.places)
    first_places = [places[0] for places in header.places.values()]
    # One place more, which zip leaves out: of a single place itemgetter would return no tuple.
    take = itemgetter(*first_places, first_places[0])
    repeated = [(name, places[1:]) for name, places in header.places.items() if places[1:]]
    for line in lines:
        cells = line.cells
        if len(cells) < width:
            cells = (*cells, *("",) * (width - len(cells)))
        content = {name: cell for name, cell in zip(names, map(str.strip, take(cells)), strict=False) if cell}
        for name, places in repeated:
            if name not in content:
                _fill(content, name, cells, places)
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            content[BEYOND_HEADER] = "yes"
        if nothing:
            content = {name: cell for name, cell in content.items() if cell not in nothing}
        yield Row(line.number, content)


def _fill(content: dict[str, str], name: str, cells: Sequence[str], places: Iterable[int]) -> None:
    """Take a field from the first of its further columns that holds something."""
    cell = next((cell for place in places if (cell := cells[place].strip())), "")
    if cell:
        content[name] = cell


def _untitled(lines: Sequence[Line], header: Header) -> list[HeaderCell]:
    """Return the columns without a title that hold something all the same: nobody would know that they were dropped."""
    blank = [place for place, title in enumerate(header.titles) if not title]
    return [
        HeaderCell(place + 1, "", None, "unknown", 0.0)
        for place in blank
        if any(place < len(line.cells) and line.cells[place].strip() for line in lines)
    ]


def _dated(cells: Iterable[HeaderCell], rows: Sequence[Row], source: Source) -> tuple[HeaderCell, ...]:
    """Say of each column of dates whether the day or the month comes first."""
    ordered = sorted(cells, key=lambda cell: cell.position)
    return tuple(
        replace(cell, date_order=order_of((row.content.get(cell.field, "") for row in rows), source.date_order))
        if cell.field and cell.field in fields.DATES
        else cell
        for cell in ordered
    )
