"""The current raw rows, corrected and read as records of their kind, edition by edition."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from sys import intern
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

import polars as pl
from pydantic_core import from_json

from tasks.event import Event
from tasks.ingest.corrections import Answers, Content, set_aside
from tasks.ingest.formats.sources import source_named
from tasks.ingest.records.given import Given, GivenCell, GivenVerdict
from tasks.ingest.records.kinds import Record, read_records
from tasks.ingest.records.reader import Reader
from tasks.ingest.records.rejection import Place, Rejection
from tasks.second_process import second_process
from tasks.store import Database

_BATCH: Final = 2_000
# So many rows are fetched at a time: DuckDB keeps what it took to fetch and sort until the database is closed, four
# times the rows themselves.
_FETCHED: Final = 20_000
# From so many rows on, a second process reads some of them meanwhile: less than half, for it has to start, and to send
# what it has read.
_MANY: Final = 50_000
_SHARE_OF_SECOND: Final = 0.4
# In the JSON of a row: a space beside a space, a quotation mark or nothing, another kind of space, or whatever JSON
# writes with a backslash, line ends among it. Without any of these every cell is tidy: few rows have to be tidied.
_UNTIDY: Final = r'  |" | "|[^\S ]|\\'
Kept = TypeVar("Kept", bound=Record)


@dataclass(slots=True)
class Records:
    """What the exports of one edition say; ``vanished`` are rows that the last full export no longer holds."""

    all: list[Record] = field(default_factory=list)
    vanished: set[Place] = field(default_factory=set)

    def of(self, record_type: type[Kept]) -> Sequence[Kept]:
        """Return the records of one type, in the order of files and rows."""
        return [record for record in self.all if isinstance(record, record_type)]


@dataclass(frozen=True, slots=True)
class Current:
    """The records of each edition, every value or row refused while reading, and what the organiser filled in."""

    records: Mapping[str, Records]
    rejections: tuple[Rejection, ...]
    answers: Answers


@dataclass(frozen=True, slots=True)
class _Rules:
    """By what rows are read beside their formats; ``date_orders`` are those of fields, by file and sheet."""

    answers: Answers
    date_orders: Mapping[tuple[str, str], Mapping[str, str]]
    zone: ZoneInfo


def read_current(db: Database, event: Event) -> Current:
    """Read the rows of the exports that count, with the corrections of every workbook ever filled in."""
    answers, rejections = _read_answers(db, event.zone)
    records: dict[str, Records] = defaultdict(Records)
    for part in _in_parts(db, _Rules(answers, _date_orders(db), event.zone)):
        for edition_id, found in part.records.items():
            records[edition_id].all += found.all
            records[edition_id].vanished |= found.vanished
        rejections += part.rejections
        answers.states.update(part.answers.states)
    return Current(records, tuple(rejections), answers)


def _in_parts(db: Database, rules: _Rules) -> list[Current]:
    """Return what the rows say, in their order; the last ones of many are read in a second process."""
    rows = db.frame("raw/select_current_rows")
    if rows.height < _MANY:
        return [_read_rows(_with_contents(db, rows), rules)]
    own_count = round(rows.height * (1 - _SHARE_OF_SECOND))
    with second_process() as other:
        rest = [other.submit(_read_rows, (some,), rules) for some in _with_contents(db, rows[own_count:])]
        return [_read_rows(_with_contents(db, rows[:own_count]), rules), *(part.result() for part in rest)]


def _with_contents(db: Database, rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield the rows with their contents, some at a time."""
    for some in rows.iter_slices(_FETCHED):
        places = some.select("file_sha256", "sheet", "row_number").with_row_index("position")
        yield some.with_columns(db.frame_for("raw/select_contents", places))


def _read_rows(rows: Iterable[pl.DataFrame], rules: _Rules) -> Current:
    """Return what rows say; ``answers`` tells what became of the corrections of these rows."""
    answers = replace(rules.answers, states={})
    records: dict[str, Records] = defaultdict(Records)
    rejections: list[Rejection] = []
    readers: dict[tuple[str, str], Reader] = {}
    for (edition_id, source_id, file_sha256, sheet, row_number, row_key, is_vanished, is_tidy), typed in _typed(rows):
        reader = readers.get((file_sha256, sheet))
        if reader is None:
            reader = readers[intern(file_sha256), sheet] = Reader(
                Place(file_sha256, sheet, row_number),
                source_named(source_id),
                {},
                rules.zone,
                date_orders=rules.date_orders.get((file_sha256, sheet), {}),
                rejections=rejections,
            )
        if reader.source.kind == "corrections":
            continue
        reader.place = place = Place(reader.place.file_sha256, sheet, row_number)
        content = answers.corrected(edition_id, source_id, row_key, typed)
        if content is None:
            rejections.append(set_aside(place))
            continue
        reader.content, reader.is_tidy = content, is_tidy and content is typed
        of_edition = records[edition_id]
        of_edition.all += read_records(reader)
        if is_vanished:
            of_edition.vanished.add(place)
    return Current(records, tuple(rejections), answers)


def _typed(rows: Iterable[pl.DataFrame]) -> Iterator[tuple[tuple[Any, ...], Content]]:
    """Yield each row with its fields."""
    for batch in (batch for some in rows for batch in some.iter_slices(_BATCH)):
        # One call for many rows costs less than a call for each; the parser keeps cells that come again once.
        contents = from_json(f"[{','.join(batch['content'])}]")
        is_tidy = ~batch["content"].str.contains(_UNTIDY)
        yield from zip(batch.drop("content").with_columns(is_tidy=is_tidy).iter_rows(), contents, strict=True)


def _read_answers(db: Database, zone: ZoneInfo) -> tuple[Answers, list[Rejection]]:
    """Return every answer, in the order in which the workbooks were read, and what could not be understood."""
    given: list[Given] = []
    rejections: list[Rejection] = []
    for reader in _workbook_rows(db, zone):
        given += [record for record in read_records(reader) if isinstance(record, (GivenCell, GivenVerdict))]
        rejections += reader.rejections
    return Answers.of(given), rejections


def _workbook_rows(db: Database, zone: ZoneInfo) -> Iterator[Reader]:
    frame = db.frame("raw/select_answers")
    for source_id, file_sha256, sheet, row_number, text in frame.iter_rows():
        yield Reader(Place(file_sha256, sheet, row_number), source_named(source_id), from_json(text), zone)


def _date_orders(db: Database) -> Mapping[tuple[str, str], Mapping[str, str]]:
    """Return, by file and sheet, which fields are written day first and which month first."""
    orders: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for file_sha256, sheet, field_name, date_order in db.frame("raw/select_date_orders").iter_rows():
        orders[file_sha256, sheet][field_name] = date_order
    return orders
