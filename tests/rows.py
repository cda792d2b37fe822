"""Rows straight into a table, for tests that begin in the middle of the way."""

from collections.abc import Mapping, Sequence

import polars as pl

from tasks.store import Database


def insert(database: Database, table: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows into ``schema.table``; a column that no row names has its default, else it is null."""
    if not rows:
        return
    connection = database._connection
    known = connection.table(table).columns
    named = {name for row in rows for name in row}
    unknown = named - set(known)
    if unknown:
        msg = f"{table} has no columns {sorted(unknown)}"
        raise ValueError(msg)
    columns = [name for name in known if name in named]
    frame = pl.DataFrame([{name: row.get(name) for name in columns} for row in rows], infer_schema_length=None)
    connection.register("rows_of_a_test", frame.to_arrow())
    connection.execute(f"insert into {table} by name select * from rows_of_a_test")  # noqa: S608 -- a test's own names
    connection.unregister("rows_of_a_test")
