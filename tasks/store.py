"""The only door to DuckDB: open, create what is missing, run the statements that lie in ``sql/``.

DuckDB lets one process write and shuts all others out meanwhile, so the database is opened late and closed early.
"""

import hashlib
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

import duckdb
import polars as pl
import pyarrow as pa

from tasks.errors import DatabaseBusy, DataError, RencontresError, StorageFull
from tasks.messages import message

SQL_FOLDER: Final = Path(__file__).parents[1] / "sql"
SCHEMAS: Final = ("raw", "core", "audit", "plan", "outbox", "day", "mart")

# By which definitions a database was completed, and how many tables and views it has since.
_COUNT: Final = """
    (select count(*) from duckdb_tables() where schema_name <> 'main')
    + (select count(*) from duckdb_views() where schema_name <> 'main' and not internal)
"""
_SAY_COMPLETE: Final = f"create or replace table main.completed as select $sha256 as sha256, {_COUNT} as object_count"
_COLUMNS: Final = """
    select schema_name, table_name, column_name, data_type
    from duckdb_columns() semi join duckdb_tables() using (schema_name, table_name)
    where schema_name <> 'main'
"""
_IS_COMPLETE: Final = f"select sha256 = $sha256 and object_count = {_COUNT} from main.completed"  # noqa: S608 -- as above

# Two threads of one process may share the file but not a transaction; Prefect runs tasks in threads.
_one_at_a_time = threading.RLock()


@cache
def statement(name: str) -> str:
    """Return the SQL text of ``sql/<name>.sql``, for example ``core/select_leaders``."""
    return (SQL_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


@cache
def definitions() -> tuple[str, ...]:
    """Return the names of all statements that create a table, a view or a macro, in the order of the way."""
    names = [
        f"{schema}/{path.stem}"
        for schema in SCHEMAS
        for path in sorted((SQL_FOLDER / schema).glob("*.sql"), key=lambda path: (_is_view(path), path.stem))
    ]
    return tuple(name for name in names if _code(statement(name)).startswith("create "))


def _code(sql: str) -> str:
    """Return the statement without the comment lines of its head."""
    return "\n".join(line for line in sql.splitlines() if not line.startswith("--")).lstrip()


def _is_view(path: Path) -> bool:
    return _code(path.read_text(encoding="utf-8")).startswith("create or replace view")


class Database:
    """An open database. Statements are named after their file; values are bound, frames are registered."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def run(self, name: str, *, frame: pl.DataFrame | None = None, **values: object) -> None:
        """Run a statement for its effect; a ``frame`` is readable in it under the name ``incoming``."""
        if frame is not None:
            self._connection.register("incoming", frame.to_arrow())
        self._connection.execute(statement(name), values or None)
        # Not after a failure: an aborted transaction refuses this too, and would hide the first error.
        if frame is not None:
            self._connection.unregister("incoming")

    def run_stream(self, name: str, schema: pl.Schema, frames: Iterable[pl.DataFrame], **values: object) -> None:
        """Run a statement whose ``incoming`` is made frame by frame, all of one ``schema``, as it asks for more.

        The rows keep their order. A statement for each frame would take twice the memory, and keep a third of it.
        """
        batches = (batch for frame in frames for batch in frame.to_arrow().to_batches())
        reader = pa.RecordBatchReader.from_batches(schema.to_frame().to_arrow().schema, batches)
        self._connection.register("incoming", reader)
        self._connection.execute(statement(name), values or None)
        self._connection.unregister("incoming")

    def frame(self, name: str, **values: object) -> pl.DataFrame:
        """Run a query and return its rows as a frame, in the query's own order."""
        found: pl.DataFrame = self._connection.sql(statement(name), params=values or None).pl()
        return found

    def frame_for(self, name: str, frame: pl.DataFrame) -> pl.DataFrame:
        """Run a query about the rows of a ``frame``, which is readable in it under the name ``incoming``."""
        self._connection.register("incoming", frame.to_arrow())
        found = self.frame(name)
        self._connection.unregister("incoming")
        return found

    def table(self, name: str) -> pl.DataFrame:
        """Return a whole table, ``core/leader`` for example, in the order in which its rows were written."""
        found: pl.DataFrame = self._connection.table(name.replace("/", ".")).pl()
        return found

    def rows(self, name: str, **values: object) -> list[dict[str, object]]:
        """Run a query and return its rows as dictionaries, in the query's own order."""
        return self.frame(name, **values).to_dicts()

    def value(self, name: str, **values: object) -> object:
        """Run a query of one row and one column and return that value, None where there is no row."""
        # All of them: an unread row would block the connection for the next statement.
        rows = self._connection.execute(statement(name), values or None).fetchall()
        return rows[0][0] if rows else None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make everything inside visible at once, or nothing of it."""
        self._connection.begin()
        try:
            yield
        except BaseException:
            self._connection.rollback()
            raise
        self._connection.commit()


@contextmanager
def open_database(path: Path, *, timezone: str = "Europe/Paris") -> Iterator[Database]:
    """Open the database of a workspace, creating the file and whatever table is missing.

    Raises DatabaseBusy (worth a retry) when another program has it open, DataError when the file is no database, or
    one whose tables have other columns than ours, StorageFull when the disk takes no more.
    """
    with _one_at_a_time:
        connection = _connect(path)
        try:
            connection.execute("set timezone = $timezone", {"timezone": timezone})
            _complete(connection, path)
            yield Database(connection)
        except (duckdb.IOException, duckdb.TransactionException) as error:
            # Where a commit cannot be written DuckDB takes it back; it says so in words only.
            if "Could not write" not in str(error):
                raise
            raise StorageFull(
                message("the database cannot be written: the disk is full, or allows no larger file."),
                where=str(path),
                remedy=message("Make room and call again; what was recorded until now stands."),
            ) from error
        finally:
            connection.close()


def _complete(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Create what is missing, unless the database says that nothing is: the definitions take longer than most jobs."""
    sha256 = hashlib.sha256("\0".join(map(statement, definitions())).encode()).hexdigest()
    try:
        found = connection.execute(_IS_COMPLETE, {"sha256": sha256}).fetchall()
    except duckdb.Error:
        found = []
    if found != [(True,)]:
        _require_same_columns(connection, path)
        connection.begin()
        _define(connection)
        connection.execute(_SAY_COMPLETE, {"sha256": sha256})
        connection.commit()


def _define(connection: duckdb.DuckDBPyConnection) -> None:
    for name in definitions():
        connection.execute(statement(name))


def _require_same_columns(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Refuse a database of another version: a definition leaves tables that are there already as they are."""
    theirs = _columns(connection)
    if not theirs:
        return
    with duckdb.connect() as fresh:
        _define(fresh)
        ours = _columns(fresh)
    changed = sorted(table for table in theirs.keys() & ours.keys() if theirs[table] != ours[table])
    if changed:
        raise DataError(
            message("this database was made by another version: {table} has other columns.", table=changed[0]),
            where=str(path),
            remedy=message(
                "Keep this folder as it is; make a new one with rencontres init, copy event.toml and inbox into it,"
                " and call there: rencontres ingest"
            ),
        )


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, set[tuple[str, str]]]:
    """Return the columns of every table with their types. Views are made anew in any case."""
    columns: dict[str, set[tuple[str, str]]] = {}
    for schema, table, column, data_type in connection.execute(_COLUMNS).fetchall():
        columns.setdefault(f"{schema}.{table}", set()).add((column, data_type))
    return columns


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(path)
    except duckdb.IOException as error:
        if "lock" in str(error):
            raise DatabaseBusy(
                message("another program has the database open."),
                where=str(path),
                remedy=message("Close it (an editor, a notebook, another run of rencontres) and call again."),
            ) from error
        raise DataError(
            message("this file is not a database that can be read."),
            where=str(path),
            remedy=message("Move it away and put back the last copy; then call: rencontres ingest"),
        ) from error
    except duckdb.Error as error:
        raise RencontresError(
            message("DuckDB refused the file: {detail}.", detail=str(error)), where=str(path)
        ) from error
