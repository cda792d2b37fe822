"""A workspace: one folder per event, and where things lie in it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tasks import progress
from tasks.design import Design
from tasks.errors import ConfigurationError
from tasks.event import Event
from tasks.event_file import load_event
from tasks.logo import LogoRefused, read_logo
from tasks.messages import message
from tasks.overrides import FOLDER, OverrideBroken, read_overrides

if TYPE_CHECKING:
    from tasks.store import Database

Made = TypeVar("Made")


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
    def is_fed(self) -> bool:
        """Whether something came into the inbox since the database was last written to."""
        if not self.database.exists() or not self.inbox.is_dir():
            return True
        written = self.database.stat().st_mtime
        return any(path.stat().st_ctime > written for path in self.inbox.iterdir())

    @property
    def out(self) -> Path:
        """What was made for people to read."""
        return self.folder / "out"

    def version_folder(self, version_id: str) -> Path:
        """Return where the documents of a plan version lie."""
        return self.out / version_id

    @cached_property
    def design(self) -> Design:
        """How documents are to look. A logo that cannot be used is said, and left out.

        A moved picture must not keep three hundred people from their agendas on the day.
        """
        names, sha256 = read_overrides(self.folder / FOLDER)
        brand = self.event.brand
        return Design(
            colour=brand.colour,
            accent=brand.accent,
            logo=self._logo(brand.logo),
            override_folder=self.folder / FOLDER if names else None,
            overrides=names,
            override_sha256=sha256,
        )

    def _logo(self, name: str) -> str:
        try:
            return read_logo(self.folder, name) if name else ""
        except LogoRefused as error:
            _warn(error)
            return ""

    def designed(self, make: Callable[[Design], Made]) -> Made:
        """Return what ``make`` makes of the design; where a template of the organiser's is broken, made anew with ours.

        So all documents of one call look alike, and a fault is said once. Raises OverrideBroken where ``event.toml``
        says that a broken template stops everything.
        """
        from tasks.pages import require_sound  # noqa: PLC0415 -- templates take 0.2 s to import

        while True:
            try:
                require_sound(self.design)
                return make(self.design)
            except OverrideBroken as error:
                if self.event.templates.broken == "stop":
                    raise
                _warn(error)
                self.__dict__["design"] = self.design.without(error.override)  # for all that is made from now on

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


def _warn(error: ConfigurationError) -> None:
    """Say what cannot be used, and go on."""
    with progress.step(message("Your own design")) as step:
        step.result = message("{where}: {what}", where=error.where, what=error.what)
        step.is_warning = True
