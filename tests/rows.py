"""Rows straight into a table, for tests that begin in the middle of the way."""

from collections.abc import Mapping, Sequence

import polars as pl

from tasks.store import Database


def insert(database: Database, table: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows into ``schema.table``; a column that a row does not name is null."""
    if not rows:
        return
    connection = database._connection
    columns = connection.table(table).columns
    unknown = {name for row in rows for name in row} - set(columns)
    if unknown:
        msg = f"{table} has no columns {sorted(unknown)}"
        raise ValueError(msg)
    frame = pl.DataFrame([{name: row.get(name) for name in columns} for row in rows], infer_schema_length=None)
    connection.from_arrow(frame.to_arrow()).insert_into(table)
