import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from tasks import store
from tasks.errors import DatabaseBusy, DataError, StorageFull
from tasks.store import Database, definitions, open_database


@pytest.fixture
def own_sql(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of statements in place of ours, with one table and two queries."""
    folder = tmp_path / "sql" / "core"
    folder.mkdir(parents=True)
    statements = {
        "thing": "-- core.thing\ncreate table if not exists core.thing (name text primary key, size integer);",
        "_schema": "create schema if not exists core;",
        "insert_thing": "insert into core.thing by name select name, size from incoming;",
        "select_things": "select name, size from core.thing where size >= $least order by name;",
        "delete_things": "delete from core.thing;",
        "biggest": "-- core.biggest\ncreate or replace view core.biggest as select max(size) as size from core.thing;",
    }
    for name, text in statements.items():
        (folder / f"{name}.sql").write_text(text, encoding="utf-8")
    monkeypatch.setattr(store, "SQL_FOLDER", folder.parent)
    store.statement.cache_clear()
    store.definitions.cache_clear()
    yield folder
    store.statement.cache_clear()
    store.definitions.cache_clear()


def insert_twice(database: Database) -> None:
    with database.transaction():
        database.run("core/insert_thing", frame=THINGS)
        database.run("core/insert_thing", frame=THINGS)


THINGS = pl.DataFrame({"name": ["b", "a"], "size": [2, 1]})


@pytest.mark.usefixtures("own_sql")
def test_tables_are_created_before_views() -> None:
    assert definitions() == ("core/_schema", "core/thing", "core/biggest")


@pytest.mark.usefixtures("own_sql")
def test_a_frame_goes_in_and_comes_back(tmp_path: Path) -> None:
    with open_database(tmp_path / "a.duckdb") as database:
        database.run("core/insert_thing", frame=THINGS)
        assert database.rows("core/select_things", least=1) == [{"name": "a", "size": 1}, {"name": "b", "size": 2}]
        assert database.rows("core/select_things", least=2) == [{"name": "b", "size": 2}]
        assert database.table("core/thing").rows() == [("b", 2), ("a", 1)]


@pytest.mark.usefixtures("own_sql")
def test_a_stream_of_frames_goes_in_as_one_and_keeps_its_order(tmp_path: Path) -> None:
    made = []

    def frames(count: int) -> Iterator[pl.DataFrame]:
        for start in range(0, count * 3_000, 3_000):
            made.append(start)
            sizes = range(start + 3_000, start, -1)
            yield pl.DataFrame({"name": [f"n{size}" for size in sizes], "size": list(sizes)})

    with open_database(tmp_path / "a.duckdb") as database:
        database.run_stream("core/insert_thing", THINGS.schema, frames(0))
        assert database.table("core/thing").is_empty()
        database.run_stream("core/insert_thing", THINGS.schema, frames(3))
        assert made == [0, 3_000, 6_000]
        expected = [size for end in (3_000, 6_000, 9_000) for size in range(end, end - 3_000, -1)]
        assert database.table("core/thing")["size"].to_list() == expected


@pytest.mark.usefixtures("own_sql")
def test_a_single_value_is_none_where_there_is_no_row(tmp_path: Path) -> None:
    with open_database(tmp_path / "a.duckdb") as database:
        assert database.value("core/select_things", least=0) is None
        database.run("core/insert_thing", frame=THINGS)
        assert database.value("core/select_things", least=2) == "b"


@pytest.mark.usefixtures("own_sql")
def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with open_database(tmp_path / "a.duckdb") as database:
        with pytest.raises(duckdb.ConstraintException):
            insert_twice(database)
        assert database.rows("core/select_things", least=0) == []


@pytest.mark.usefixtures("own_sql")
def test_a_transaction_that_ends_well_is_there_for_the_next(tmp_path: Path) -> None:
    with open_database(tmp_path / "a.duckdb") as database, database.transaction():
        database.run("core/insert_thing", frame=THINGS)
    with open_database(tmp_path / "a.duckdb") as database:
        assert database.frame("core/select_things", least=0)["name"].to_list() == ["a", "b"]


def test_a_table_that_is_missing_comes_back_and_a_changed_view_is_made_anew(tmp_path: Path, own_sql: Path) -> None:
    path = tmp_path / "a.duckdb"
    with open_database(path):
        pass
    with duckdb.connect(path) as connection:
        connection.execute("drop table core.thing")
    with open_database(path) as database:
        database.run("core/insert_thing", frame=THINGS)
    view = own_sql / "biggest.sql"
    view.write_text(view.read_text(encoding="utf-8").replace("max(size)", "min(size)"), encoding="utf-8")
    store.statement.cache_clear()
    with open_database(path), duckdb.connect(path) as connection:
        assert connection.execute("select size from core.biggest").fetchall() == [(1,)]


def test_a_complete_database_is_opened_without_the_definitions(tmp_path: Path, own_sql: Path) -> None:
    made = "-- core.made\ncreate or replace table core.made as select random() as number;"
    (own_sql / "made.sql").write_text(made, encoding="utf-8")
    numbers = []
    for _ in range(2):
        with open_database(tmp_path / "a.duckdb"), duckdb.connect(tmp_path / "a.duckdb") as connection:
            numbers.append(connection.execute("select number from core.made").fetchall())
    assert numbers[0] == numbers[1]


def test_a_database_that_another_program_has_open_is_busy(tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    holder = subprocess.Popen(  # noqa: S603 -- our own interpreter
        [sys.executable, "-c", f"import duckdb; c = duckdb.connect({str(path)!r}); print('open', flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"open\n"
    with pytest.raises(DatabaseBusy) as caught, open_database(path):
        pass
    holder.communicate(b"\n")
    assert str(caught.value).startswith(f"{path}: another program has the database open.")


def test_a_commit_that_the_disk_does_not_take_is_said_and_any_other_failure_stays_what_it_is(tmp_path: Path) -> None:
    conflict, full = (
        "conflict on update",
        'Failed to commit: Could not write file "x.duckdb.wal": No space left on device',
    )
    with pytest.raises(StorageFull, match="the disk is full"), open_database(tmp_path / "x.duckdb"):
        raise duckdb.TransactionException(full)
    with pytest.raises(duckdb.TransactionException, match="conflict"), open_database(tmp_path / "x.duckdb"):
        raise duckdb.TransactionException(conflict)


def test_a_file_that_is_no_database_is_said_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    path.write_text("this is a letter to the organiser" * 200, encoding="utf-8")
    with pytest.raises(DataError) as caught, open_database(path):
        pass
    assert str(caught.value).startswith(f"{path}: this file is not a database that can be read.")
    assert path.read_text(encoding="utf-8").startswith("this is a letter")


def test_every_statement_has_a_head_that_names_grain_key_and_sources() -> None:
    heads = {
        path.relative_to(store.SQL_FOLDER): path.read_text(encoding="utf-8").split("\n\n")[0]
        for path in store.SQL_FOLDER.rglob("*.sql")
    }
    lacking = [
        str(path) for path, head in heads.items() if not all(w in head for w in ("-- grain:", "key:", "-- reads:"))
    ]
    assert lacking == []


def test_every_file_holds_one_statement() -> None:
    counts = {
        str(path.relative_to(store.SQL_FOLDER)): len(duckdb.extract_statements(path.read_text(encoding="utf-8")))
        for path in store.SQL_FOLDER.rglob("*.sql")
    }
    assert {name: count for name, count in counts.items() if count != 1} == {}


@pytest.mark.usefixtures("own_sql")
def test_a_table_that_is_new_is_added_to_a_database_that_is_there(tmp_path: Path, own_sql: Path) -> None:
    with open_database(tmp_path / "a.duckdb") as database:
        database.run("core/insert_thing", frame=THINGS)
    (own_sql / "other.sql").write_text("create table if not exists core.other (name text);", encoding="utf-8")
    store.definitions.cache_clear()
    with open_database(tmp_path / "a.duckdb") as database:
        assert database.value("core/select_things", least=2) == "b"
    with duckdb.connect(tmp_path / "a.duckdb") as connection:
        assert connection.execute("select count(*) from core.other").fetchall() == [(0,)]


@pytest.mark.parametrize(
    "columns", ["name text primary key, size integer, colour text", "name text primary key, size bigint"]
)
def test_a_database_of_another_version_is_refused_and_left_as_it_is(
    tmp_path: Path, own_sql: Path, columns: str
) -> None:
    with open_database(tmp_path / "a.duckdb") as database:
        database.run("core/insert_thing", frame=THINGS)
    before = (tmp_path / "a.duckdb").read_bytes()
    (own_sql / "thing.sql").write_text(f"create table if not exists core.thing ({columns});", encoding="utf-8")
    store.statement.cache_clear()
    with (
        pytest.raises(DataError, match=r"core\.thing has other columns") as refused,
        open_database(tmp_path / "a.duckdb"),
    ):
        pass
    assert "rencontres init" in str(refused.value)
    assert (tmp_path / "a.duckdb").read_bytes() == before
