"""Rows to tables and back: a row is a frozen dataclass that knows its table and bears its column names."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter
from typing import ClassVar, Final, TypeVar, get_args, get_type_hints

import polars as pl

from tasks.frozen import frozen
from tasks.store import Database

_TYPES: Final[dict[object, pl.DataType]] = {
    str: pl.String(),
    int: pl.Int64(),
    float: pl.Float64(),
    bool: pl.Boolean(),
    date: pl.Date(),
    datetime: pl.Datetime("us", "UTC"),
}
# So many rows are turned into columns at a time, while DuckDB writes those before: no copy of a whole table is made.
_BATCH: Final = 10_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


@frozen()
class TableRow:
    """A row of the table ``schema/name``."""

    table: ClassVar[str]


Row = TypeVar("Row", bound=TableRow)


def replace_all(db: Database, row_type: type[TableRow], rows: Sequence[TableRow]) -> None:
    """Put these rows in the place of all rows of a table; call it inside a transaction.

    A table that holds just these rows is left alone: to look costs a thirtieth of writing it and its key again.
    """
    if _holds(db.table(row_type.table), row_type, rows):
        return
    schema, _, table = row_type.table.partition("/")
    db.run(f"{schema}/delete_{table}")
    frames = (to_frame(row_type, rows[start : start + _BATCH]) for start in range(0, len(rows), _BATCH))
    db.run_stream(f"{schema}/insert_{table}", pl.Schema(_columns(row_type)), frames)


def _holds(table: pl.DataFrame, row_type: type[TableRow], rows: Sequence[TableRow]) -> bool:
    if table.height != len(rows):
        return False
    frame = to_frame(row_type, rows)
    return table.select(frame.columns).cast(frame.schema).equals(frame)


def to_frame(row_type: type[TableRow], rows: Sequence[TableRow]) -> pl.DataFrame:
    """Return rows as a frame whose column types come from the dataclass, so that an empty one has them too."""
    return pl.DataFrame([_series(name, dtype, rows) for name, dtype in _columns(row_type).items()])


def _series(name: str, dtype: pl.DataType, rows: Sequence[TableRow]) -> pl.Series:
    values = map(attrgetter(name), rows)
    if not isinstance(dtype, pl.Datetime):
        return pl.Series(name, list(values), dtype)
    # Polars takes ten times as long for each zone it meets, and refuses the hour that summer time leaves out.
    moments = [None if value is None else (value - _EPOCH) // _MICROSECOND for value in values]
    return pl.Series(name, moments, pl.Int64).cast(dtype)


def _columns(row_type: type[TableRow]) -> Mapping[str, pl.DataType]:
    hints = get_type_hints(row_type)
    return {field.name: _TYPES[_plain(hints[field.name])] for field in fields(row_type)}


def _plain(annotation: object) -> object:
    """Return ``str`` for ``str | None``."""
    return next((choice for choice in get_args(annotation) if choice is not type(None)), annotation)


def from_frame(row_type: type[Row], frame: pl.DataFrame) -> tuple[Row, ...]:
    """Return what a query of all columns of a table found, as the table's dataclass."""
    return tuple(map(row_type, *[_values(frame[field.name]) for field in fields(row_type)]))


def _values(column: pl.Series) -> list[object]:
    """Return the values of a column, equal texts as one object: a table's files and states are few, its rows many."""
    values = column.to_list()
    if column.dtype != pl.String():
        return values
    texts: dict[object, object] = {}
    return [texts.setdefault(text, text) for text in values]
