"""What every test may lean on: a workspace with a valid event, and one browser; and who runs which tests when."""

import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from absl.logging import get_absl_handler
from playwright.sync_api import Browser, sync_playwright
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tasks.pages import render
from tasks.store import open_database
from tasks.workspace import Workspace

# OR-Tools brings absl, whose handler keeps the stream that it finds at import: pytest's, for a moment. When Prefect
# sets up its own logging, that handler is closed, and the stream of all tests to come with it. The real one stays open.
get_absl_handler().python_handler.stream = sys.__stderr__

EVENT = {
    "id": "artois-douaisis-2026",
    "title": "Rencontres affaires de l'Artois et du Douaisis",
    "title_en": "Artois and Douaisis business meetings",
    "number": 19,
    "date": date(2026, 12, 3),
    "venue": "Gayant Expo",
    "address": "Route de Tournai, 59500 Douai",
    "organiser": "Chambre de commerce de démonstration",
    "email": "rencontres@chambre.example",
    "phone": "03 21 00 00 00",
    "tables": 60,
    "editions": [
        {"id": "artois-douaisis-2024", "number": 17, "date": date(2024, 12, 5)},
        {"id": "artois-douaisis-2025", "number": 18, "date": date(2025, 12, 4)},
    ],
    "published": {
        "source": "site de la chambre",
        "leaders": 180,
        "meetings_minimum": 4,
        "meetings_maximum": 10,
        "satisfaction": 0.94,
        "repeat_before": 0.40,
        "repeat_share": 0.62,
        "price": "36.00",
    },
}


LONG = ("flows", "test_nights", "test_page", "test_corrections_come_back", "test_printing", "test_gates", "test_outbox")
"""Folders and modules that run for long, and therefore first: at the end one worker would be left alone with them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ranks = {name: rank for rank, name in enumerate(LONG)}
    items.sort(key=lambda item: min(ranks.get(item.path.parent.name, len(LONG)), ranks.get(item.path.stem, len(LONG))))


class Rooms(LoadScopeScheduling):
    """Every module goes to one worker, and all flows to the same: they share a server, which takes 10 s to begin."""

    def _split_scope(self, nodeid: str) -> str:
        return "flows" if "/flows/" in nodeid else str(super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Rooms:
    config.option.loadscopereorder = False  # it would begin with the many short ones
    return Rooms(config, log)


@pytest.fixture
def bare_workspace(tmp_path: Path) -> Workspace:
    """A new workspace: event.toml and an empty inbox."""
    return new_workspace(tmp_path / "event")


@pytest.fixture
def workspace(bare_workspace: Workspace, empty_database: Path) -> Iterator[Workspace]:
    """A new workspace whose database is there already, without a row.

    It stays open for the length of a test: DuckDB takes 50 ms to begin, and a test opens its database ten times.
    """
    shutil.copyfile(empty_database, bare_workspace.database)
    with duckdb.connect(bare_workspace.database):
        yield bare_workspace


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which every table stands and none has a row: a copy takes a hundredth of the definitions' time."""
    path = tmp_path_factory.mktemp("empty") / "rencontres.duckdb"
    with open_database(path):
        return path


@pytest.fixture(scope="session")
def shared_workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace that many tests read and none changes, but for the one fixture that fills it."""
    return new_workspace(tmp_path_factory.mktemp("shared") / "event")


def new_workspace(folder: Path) -> Workspace:
    (folder / "inbox").mkdir(parents=True)
    text = render("workspace/event.toml.j2", "fr", **EVENT)
    (folder / "event.toml").write_text(text, encoding="utf-8")
    return Workspace(folder)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, with what would call home switched off.

    One for the tests of a module, no longer: Playwright keeps an event loop running, which Prefect takes for its own.
    """
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", *quiet])
        yield chromium
        chromium.close()
