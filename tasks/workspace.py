"""A workspace: one folder per event, and where things lie in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.event import Event
from tasks.event_file import load_event

if TYPE_CHECKING:
    from tasks.store import Database


@dataclass(frozen=True)
class Workspace:
    """The folder of one event. Cheap to make; nothing is read before it is asked for."""

    folder: Path

    @cached_property
    def event(self) -> Event:
        """What the organiser decided. Raises ConfigurationError."""
        return load_event(self.folder)

    @property
    def inbox(self) -> Path:
        """Where exports are dropped; never written to by us."""
        return self.folder / "inbox"

    @property
    def database(self) -> Path:
        """The memory of this and earlier editions."""
        return self.folder / "rencontres.duckdb"

    @property
    def out(self) -> Path:
        """What was made for people to read."""
        return self.folder / "out"

    def version_folder(self, version_id: str) -> Path:
        """Return where the documents of a plan version lie."""
        return self.out / version_id

    @contextmanager
    def opened(self) -> Iterator["Database"]:
        """Open the database for reading, or for writes that need no common transaction."""
        from tasks.store import open_database  # noqa: PLC0415 -- DuckDB and Polars take 0.4 s, event.toml needs neither

        with open_database(self.database, timezone=self.event.timezone) as database:
            yield database

    @contextmanager
    def writing(self) -> Iterator["Database"]:
        """Open the database for one transaction: everything inside is kept, or nothing."""
        with self.opened() as database, database.transaction():
            yield database
