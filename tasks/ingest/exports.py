"""The bytes of an export to its tables: what it is, which rows it holds, which edition it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tasks.event import Event, Export
from tasks.ingest.columns import Table, read_table, recognise
from tasks.ingest.decode import SetAside, Sheet, read_text
from tasks.ingest.editions import edition_of
from tasks.ingest.reader import Reader
from tasks.ingest.rejection import Place
from tasks.ingest.sources import Source, all_sources
from tasks.ingest.workbook import is_workbook, read_workbook
from tasks.messages import message


@dataclass(frozen=True, slots=True)
class TakenIn:
    """An export read: its format, its edition, its tables; ``encoding`` is None for a workbook."""

    source: Source
    edition_id: str
    tables: tuple[Table, ...]
    encoding: str | None
    size_bytes: int

    @property
    def row_count(self) -> int:
        """The number of rows kept."""
        return sum(len(table.rows) for table in self.tables)


def read_export(content: bytes, declared: Export, event: Event) -> TakenIn:
    """Read an export and find out what it is. Raises SetAside."""
    if not content.strip():
        raise SetAside(
            message("this file is empty."),
            remedy=message("Wait until the export has been written, or export it again."),
        )
    sheets, encoding = _read(content)
    candidates = [source for source in all_sources() if declared.source in {None, source.id}]
    source = recognise(sheets, candidates)
    tables = tuple(table for sheet in sheets if (table := read_table(sheet, source)))
    if not any(table.rows for table in tables):
        raise SetAside(
            message("this file has the header of {title} but not a single row.", title=source.name),
            remedy=message("Export it again once there are registrations or answers."),
        )
    edition_id = declared.edition or edition_of(source.kind, _instants(tables, source, event), event)
    return TakenIn(source, edition_id, tables, encoding, len(content))


def _read(content: bytes) -> tuple[Sequence[Sheet], str | None]:
    if is_workbook(content):
        return read_workbook(content), None
    sheet, encoding = read_text(content)
    return (sheet,), encoding


def _instants(tables: Sequence[Table], source: Source, event: Event) -> list[datetime]:
    if not source.dated_by:
        return []
    readers = [Reader(Place("", "", 0), source, row.content, event.zone) for table in tables for row in table.rows]
    return [found for reader in readers if (found := reader.instant(source.dated_by))]
