"""An export that was read into ``raw``: file, rows, headers, in one transaction."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Final, Self, cast
from zoneinfo import ZoneInfo

import polars as pl
from pydantic_core import to_json

from tasks.event import Event
from tasks.event_choices import Export
from tasks.ingest.editions import all_editions
from tasks.ingest.formats.columns import Table
from tasks.ingest.formats.fields import SHARED_WORDINGS
from tasks.ingest.formats.sources import SOURCE_FOLDER, Source
from tasks.ingest.inbox.exports import TakenIn, lines_lost
from tasks.ingest.records.reader import Reader
from tasks.ingest.records.rejection import Place
from tasks.ingest.records.row_key import row_key, unique
from tasks.store import Database

_ROWS: Final = pl.Schema({"sheet": pl.String, "row_number": pl.Int32, "row_key": pl.String, "content": pl.String})
_HEADERS: Final = {
    "sheet": pl.String,
    "position": pl.Int32,
    "title": pl.String,
    "field": pl.String,
    "match": pl.String,
    "score": pl.Float64,
    "date_order": pl.String,
}
# So many rows are turned into columns at a time: of more, two or three batches would cost 100 MiB.
_BATCH: Final = 5_000
_NO_ZONE: Final = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Standing:
    """Since when a file is known, whether it counts, and the hash of the rules by which it was read."""

    read_at: datetime
    is_current: bool
    rules_sha256: str

    @classmethod
    def of(cls, known: Mapping[str, object] | None, source: Source, now: datetime, rules_sha256: str) -> Self:
        """Return the standing of a file read now: what was known stays where it stood, whatever the rules.

        A new file counts once the whole inbox has been looked at; a workbook of corrections always does.
        """
        if known:
            return cls(cast("datetime", known["read_at"]), bool(known["is_current"]), rules_sha256)
        return cls(now, source.kind == "corrections", rules_sha256)


@cache
def _formats() -> str:
    """Return the hash of all formats: when a version of the program reads differently, known files are read anew."""
    parts = (path.read_bytes() for path in (SHARED_WORDINGS, *sorted(SOURCE_FOLDER.glob("*.toml"))))
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def rules_of(declared: Export, event: Event) -> str:
    """Return the hash of what decides how a file is read: the formats, ``event.toml``, the dates of the editions."""
    editions = [(edition.id, edition.date.isoformat()) for edition in all_editions(event)]
    rules = (_formats(), declared.source, declared.edition, sorted(declared.columns.items()), editions, event.timezone)
    return hashlib.sha256(repr(rules).encode()).hexdigest()


def store(db: Database, taken: TakenIn, standing: Standing, file_sha256: str, file_name: str) -> None:
    """Put a file in the place of what is known of its content. Raises SetAside if a row were lost: all is as it was."""
    with db.transaction():
        forget(db, file_sha256)
        db.run_stream("raw/insert_rows", _ROWS, _frames(taken), file_sha256=file_sha256)
        db.run("raw/insert_headers", frame=_headers(taken), file_sha256=file_sha256)
        stored_count = int(str(db.value("raw/count_rows", file_sha256=file_sha256)))
        if stored_count != taken.row_count:
            raise lines_lost(taken.row_count, stored_count)
        found = taken.recognition
        db.run(
            "raw/insert_file",
            file_sha256=file_sha256,
            file_name=file_name,
            source=taken.source.id,
            kind=taken.source.kind,
            edition_id=taken.edition_id,
            encoding=taken.encoding,
            size_bytes=taken.size_bytes,
            row_count=taken.row_count,
            is_current=standing.is_current,
            read_at=standing.read_at,
            event_label=taken.event_label,
            recognition_score=found.score,
            rival_source=found.rival.id if found.rival else None,
            rival_score=found.rival_score if found.rival else None,
            rules_sha256=standing.rules_sha256,
            hidden_sheets=list(taken.hidden_sheets),
            rates=list(taken.rates),
            is_edition_told=taken.is_edition_told,
        )


def forget(db: Database, file_sha256: str) -> None:
    """Take a file and its rows out of ``raw``; call it inside a transaction.

    If it counted, what it may have taken the place of counts until the inbox is settled.
    """
    db.run("raw/restore_overlapped", file_sha256=file_sha256)
    for name in ("rows", "headers", "file"):
        db.run(f"raw/delete_{name}", file_sha256=file_sha256)


def _frames(taken: TakenIn) -> Iterator[pl.DataFrame]:
    """Yield the rows of an export as frames."""
    keys = iter(unique(tuple(_keys(taken.source, taken.tables))))
    for table in taken.tables:
        for start in range(0, len(table.rows), _BATCH):
            rows = table.rows[start : start + _BATCH]
            columns = {
                "sheet": [table.sheet] * len(rows),
                "row_number": [row.number for row in rows],
                "row_key": list(islice(keys, len(rows))),
                "content": [to_json(row.content).decode() for row in rows],
            }
            yield pl.DataFrame(columns, schema=_ROWS)


def _keys(source: Source, tables: tuple[Table, ...]) -> Iterator[str]:
    reader = Reader(Place("", "", 0), source, {}, _NO_ZONE)
    for table in tables:
        for row in table.rows:
            reader.content = row.content
            yield row_key(reader)


def _headers(taken: TakenIn) -> pl.DataFrame:
    rows = [
        (table.sheet, cell.position, cell.title, cell.field, cell.match, cell.score, cell.date_order)
        for table in taken.tables
        for cell in table.headers
    ]
    return pl.DataFrame(rows, schema=_HEADERS, orient="row")
