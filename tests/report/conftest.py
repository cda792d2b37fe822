"""The open database of a workspace, and the figures of a world put into it."""

from collections.abc import Callable, Iterator, Mapping

import pytest

from tasks.report.figures import Edition, Figure, KeyFigures, compute, read_figures
from tasks.store import Database
from tasks.workspace import Workspace
from tests.report.builders import E19, HELD_ON, NUMBERS, World, fill

Measure = Callable[[World], KeyFigures]


@pytest.fixture
def database(workspace: Workspace) -> Iterator[Database]:
    """The open database of the workspace, empty."""
    with workspace.opened() as opened:
        yield opened


@pytest.fixture
def measure(workspace: Workspace, database: Database) -> Measure:
    """Put a world into the database and return its key figures."""

    def measure(world: World) -> KeyFigures:
        fill(database, world)
        compute(database, workspace.event)
        return read_figures(database)

    return measure


def edition(edition_id: str) -> Edition:
    return Edition(edition_id, NUMBERS[edition_id], HELD_ON[edition_id], is_current=edition_id == E19)


def figure(code: str, value: float | None, **changes: object) -> Figure:
    """A figure of edition 19, a share unless told otherwise."""
    content: Mapping[str, object] = {
        "edition_id": E19,
        "numerator": None,
        "denominator": None,
        "unknown_count": 0,
        "low": None,
        "high": None,
        "unit": "share",
        "basis": "present",
        **changes,
    }
    return Figure(code=code, value=value, **content)  # type: ignore[arg-type]


def figures_of(*figures: Figure) -> KeyFigures:
    """Key figures of three editions that hold just these."""
    return KeyFigures(
        tuple(edition(edition_id) for edition_id in HELD_ON),
        {(figure.edition_id, figure.code): figure for figure in figures},
    )
