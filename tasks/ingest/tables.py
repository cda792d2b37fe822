"""Rows to tables and back: a row is a frozen dataclass that knows its table and bears its column names."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime
from typing import ClassVar, Final, TypeVar, get_args, get_type_hints

import polars as pl

from tasks.store import Database

_TYPES: Final[dict[object, pl.DataType]] = {
    str: pl.String(),
    int: pl.Int64(),
    float: pl.Float64(),
    bool: pl.Boolean(),
    date: pl.Date(),
    datetime: pl.Datetime("us", "UTC"),
}


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the table ``schema/name``."""

    table: ClassVar[str]


Row = TypeVar("Row", bound=TableRow)


def replace_all(db: Database, row_type: type[TableRow], rows: Sequence[TableRow]) -> None:
    """Put these rows in the place of all rows of a table; call it inside a transaction."""
    schema, _, table = row_type.table.partition("/")
    db.run(f"{schema}/delete_{table}")
    db.run(f"{schema}/insert_{table}", frame=to_frame(row_type, rows))


def to_frame(row_type: type[TableRow], rows: Sequence[TableRow]) -> pl.DataFrame:
    """Return rows as a frame whose column types come from the dataclass, so that an empty one has them too."""
    hints = get_type_hints(row_type)
    columns = {field.name: _TYPES[_plain(hints[field.name])] for field in fields(row_type)}
    return pl.DataFrame([astuple(row) for row in rows], schema=columns, orient="row")


def _plain(annotation: object) -> object:
    """Return ``str`` for ``str | None``."""
    return next((choice for choice in get_args(annotation) if choice is not type(None)), annotation)


def from_rows(row_type: type[Row], rows: Sequence[Mapping[str, object]]) -> tuple[Row, ...]:
    """Return what a query of all columns of a table found, as the table's dataclass."""
    return tuple(row_type(**row) for row in rows)
