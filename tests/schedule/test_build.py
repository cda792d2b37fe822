"""The problem of an event is what the database and event.toml say."""

import pytest

from tasks.errors import ConfigurationError, DataError
from tasks.event import Event
from tasks.event_sections import Tables
from tasks.schedule.build import problem_of_event
from tasks.schedule.problem import Limits, Weights
from tasks.store import Database
from tasks.workspace import Workspace


def with_tables(event: Event, **tables: object) -> Event:
    return event.model_copy(update={"tables": Tables.model_validate({"count": 60, **tables})})


def test_the_frame_comes_from_the_event(database: Database, workspace: Workspace) -> None:
    problem = problem_of_event(database, workspace.event)
    assert [slot.id for slot in problem.slots] == [
        "1400", "1420", "1440", "1500", "1520", "1540", "1600", "1620", "1640", "1700", "1720", "1740",
    ]  # fmt: skip
    assert problem.slots[0].start.isoformat() == "2026-12-03T14:00:00+01:00"
    assert {slot.session for slot in problem.slots} == {0}
    assert (problem.tables[0], problem.tables[-1], len(problem.tables)) == ("T01", "T60", 60)
    assert problem.limits == Limits(4, 10)
    assert problem.weights == Weights(108, 8, 10, 50, (60, 50, 40, 30, 20, 15, 10, 5))
    assert problem.fixed == ()


def test_who_has_withdrawn_is_no_leader_but_may_be_asked_for(database: Database, workspace: Workspace) -> None:
    problem = problem_of_event(database, workspace.event)
    assert [one.id for one in problem.leaders] == ["L001", "L002", "L003", "L004", "L005"]
    assert [(r.asking, r.asked, r.rank) for r in problem.requests] == [
        ("L001", "L002", 1),
        ("L001", "L003", 2),
        ("L002", "L001", 1),
        ("L003", "L004", 1),
        ("L004", "L006", 1),
        ("L005", "L001", 1),
    ]
    assert problem.excluded == (("L001", "L005"),)


def test_an_absence_takes_every_slot_that_it_touches(database: Database, workspace: Workspace) -> None:
    leaders = problem_of_event(database, workspace.event).leader_by_id
    assert sorted(leaders["L004"].unavailable) == ["1400", "1420", "1440", "1500"]
    assert leaders["L001"].unavailable == frozenset()


def test_the_maximum_of_the_house_binds_everyone(database: Database, workspace: Workspace) -> None:
    leaders = problem_of_event(database, workspace.event).leader_by_id
    assert [leaders[name].max_meetings for name in ("L001", "L002", "L003")] == [3, 10, None]


def test_free_tables_go_from_the_end_but_nobodys_own(database: Database, workspace: Workspace) -> None:
    event = with_tables(workspace.event, count=5, fixed={"ATELIERS MOREL": "T05", "equipements nord": "T02"})
    problem = problem_of_event(database, event, free_tables=2)
    assert problem.tables == ("T01", "T02", "T05")
    own = {one.id: one.table for one in problem.leaders if one.table}
    assert own == {"L001": "T05", "L003": "T02"}


@pytest.mark.parametrize(("count", "free"), [(5, 5), (5, 6)])
def test_all_tables_cannot_be_left_free(database: Database, workspace: Workspace, count: int, free: int) -> None:
    with pytest.raises(DataError) as refused:
        problem_of_event(database, with_tables(workspace.event, count=count), free_tables=free)
    assert str(refused.value) == (
        f"event.toml: {free} tables cannot be left free: there are 5.\nLeave fewer tables free, or raise tables.count."
    )


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("Atelier Morel", "Did you mean Ateliers Morel?"), ("Quelconque", "Write the name as in the registrations.")],
)
def test_an_own_table_for_nobody_is_refused(database: Database, workspace: Workspace, name: str, remedy: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        problem_of_event(database, with_tables(workspace.event, fixed={name: "T01"}))
    assert str(refused.value) == f"event.toml, tables.fixed: no company of this edition is called {name}.\n{remedy}"
