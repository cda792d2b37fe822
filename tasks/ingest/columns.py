"""Which format a file is, which line its header, which column holds which field: judged by content alone."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tasks.ingest.decode import Line, SetAside, Sheet
from tasks.ingest.folding import fold
from tasks.ingest.sources import Source
from tasks.messages import message

BEYOND_HEADER: Final = "(beyond the header)"
_HEADER_DEPTH: Final = 30
_SERIES_LENGTH: Final = 30
# What the tools add around an organiser's own question.
_QUESTION_NUMBER: Final = re.compile(r"\s*-\s*#\d+\s*$")
_ASKED_OF: Final = re.compile(r"\((?:participant|commande)\)\s*$", re.IGNORECASE)
_TOTAL: Final = re.compile(r"(?:sous )?(?:total|totaux)(?: general)?(?: \d+)*")


@dataclass(frozen=True, slots=True)
class Header:
    """A header line found in a sheet: where it stands and which column (from 0) holds which field."""

    line_number: int
    width: int
    columns: Mapping[str, int]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of data: its number and the fields that are kept, as typed. ``BEYOND_HEADER`` marks a line too long."""

    number: int
    content: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The data of one sheet. ``skipped_count`` counts blank, total and repeated header lines below the header."""

    sheet: str
    rows: tuple[Row, ...]
    skipped_count: int


def recognise(sheets: Sequence[Sheet], sources: Sequence[Source]) -> Source:
    """Return the format whose fields are best covered by a header line of the file.

    Raises SetAside where no format has all its required fields, naming what the nearest one lacks.
    """
    scored = [(_score(sheets, source), source) for source in sources]
    best, source = max(scored, key=lambda pair: pair[0])
    if best > 0:
        return source
    raise _unknown(sheets, sources)


def _unknown(sheets: Sequence[Sheet], sources: Sequence[Source]) -> SetAside:
    """Return the error for a file of no known format; it names the nearest format and the columns that lack."""
    remedy = message(
        "Check that it is an export with its header line. Known sources: {known}.",
        known=", ".join(source.id for source in sources),
    )
    lines = [line for sheet in sheets for line in sheet.lines[:_HEADER_DEPTH] if not line.is_blank]
    lacking = [(_lacking(line, source), source) for line in lines for source in sources]
    missing, source = min(lacking, key=lambda pair: len(pair[0]) / len(pair[1].required), default=((), sources[0]))
    if not missing or len(missing) == len(source.required):
        return SetAside(message("no line of this file is the header of a known export."), remedy=remedy)
    return SetAside(
        message(
            "this file resembles {title}, but these columns are missing: {columns}.",
            title=source.name,
            columns=", ".join(missing),
        ),
        remedy=remedy,
    )


def _lacking(line: Line, source: Source) -> tuple[str, ...]:
    """Return the first headers of the required fields that a line does not hold."""
    found = _header(line, source).columns
    headers = dict(_synonyms(source))
    return tuple(headers[field][0] for field in source.required if field not in found)


def _score(sheets: Sequence[Sheet], source: Source) -> float:
    """Return how well the best header covers the format and the format the header, 0 if a required field lacks."""
    headers = [header for sheet in sheets if (header := find_header(sheet, source))]
    return max((_coverage(header, source) for header in headers), default=0)


def _coverage(header: Header, source: Source) -> float:
    found = len(header.columns)
    fields = len(source.columns) + len(source.series)
    return found / max(fields, found) + found / header.width


def find_header(sheet: Sheet, source: Source) -> Header | None:
    """Return the line, among the first 30, that holds most fields of the format and all required ones."""
    headers = (_header(line, source) for line in sheet.lines[:_HEADER_DEPTH])
    complete = [header for header in headers if set(source.required) <= set(header.columns)]
    return max(complete, key=lambda header: len(header.columns), default=None)


def _header(line: Line, source: Source) -> Header:
    places: dict[str, int] = {}
    for forms in _header_forms(line.cells):
        for form, place in forms:
            places.setdefault(form, place)
    columns = {
        field: places[form]
        for field, headers in _synonyms(source)
        if (form := next((known for known in map(fold, headers) if known in places), ""))
    }
    width = sum(bool(cell.strip()) for cell in line.cells)
    return Header(line.number, width, columns, tuple(fold(cell) for cell in line.cells))


def _header_forms(cells: Sequence[str]) -> Iterator[list[tuple[str, int]]]:
    """Yield the headers as they stand, then without question number, then without the person asked."""
    named = [(cell, place) for place, cell in enumerate(cells) if cell.strip()]
    plain = [(_QUESTION_NUMBER.sub("", cell), place) for cell, place in named]
    bare = [(_ASKED_OF.sub("", cell), place) for cell, place in plain]
    for forms in (named, plain, bare):
        yield [(fold(cell), place) for cell, place in forms]


def _synonyms(source: Source) -> Iterator[tuple[str, Sequence[str]]]:
    yield from source.columns.items()
    for field, headers in source.series.items():
        for number in range(1, _SERIES_LENGTH + 1):
            yield f"{field}_{number}", [header.replace("{n}", str(number)) for header in headers]


def read_table(sheet: Sheet, source: Source) -> Table | None:
    """Return the rows below the header with the fields that are kept, None where the sheet has no such header."""
    header = find_header(sheet, source)
    if header is None:
        return None
    below = sheet.lines[header.line_number :]
    kept = [line for line in below if not _is_decoration(line, header)]
    return Table(sheet.name, tuple(_row(line, header) for line in kept), len(below) - len(kept))


def _is_decoration(line: Line, header: Header) -> bool:
    """Say whether a line is blank, a total, or the header once more."""
    first = next((cell for cell in line.cells if cell.strip()), "")
    return line.is_blank or bool(_TOTAL.fullmatch(fold(first))) or tuple(map(fold, line.cells)) == header.names


def _row(line: Line, header: Header) -> Row:
    content = {
        field: cell
        for field, place in header.columns.items()
        if place < len(line.cells) and (cell := line.cells[place].strip())
    }
    if any(cell.strip() for cell in line.cells[len(header.names) :]):
        content[BEYOND_HEADER] = "yes"
    return Row(line.number, content)
