"""Versions are stored once, never changed, compared, and approved by a person."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tasks.errors import DataError
from tasks.schedule import decisions, versions
from tasks.schedule.build import problem_of_event
from tasks.schedule.change import Change
from tasks.schedule.freezing import Frozen
from tasks.schedule.history import Difference
from tasks.schedule.plan import Plan
from tasks.schedule.problem import Problem
from tasks.schedule.repair import repair
from tasks.schedule.solver import solve
from tasks.store import Database
from tasks.workspace import Workspace
from tests.schedule.conftest import EDITION

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def problem(database: Database, workspace: Workspace) -> Problem:
    return problem_of_event(database, workspace.event)


@pytest.fixture
def plan(problem: Problem) -> Plan:
    return solve(problem, effort="quick")


def stored(database: Database, workspace: Workspace, problem: Problem, plan: Plan, **how: object) -> str:
    with database.transaction():
        return versions.store(database, workspace.event, Frozen(problem), plan, at=NOW, **how)  # type: ignore[arg-type]


def test_a_version_keeps_problem_and_plan_to_the_byte(
    database: Database, workspace: Workspace, problem: Problem, plan: Plan
) -> None:
    version_id = stored(database, workspace, problem, plan)
    kept_problem, kept_plan = versions.read_version(database, version_id)
    assert (version_id, kept_problem, kept_plan.to_json()) == ("19-v1", problem, plan.to_json())


def test_the_same_plan_is_stored_once_whatever_its_seconds(
    database: Database, workspace: Workspace, problem: Problem, plan: Plan
) -> None:
    first = stored(database, workspace, problem, plan)
    assert stored(database, workspace, problem, replace(plan, seconds={"select": 9.0})) == first
    assert [version.version_id for version in versions.list_versions(database, EDITION)] == ["19-v1"]


def test_another_seed_or_kind_is_another_version(
    database: Database, workspace: Workspace, problem: Problem, plan: Plan
) -> None:
    stored(database, workspace, problem, plan)
    assert stored(database, workspace, problem, replace(plan, seed=2)) == "19-v2"
    assert stored(database, workspace, problem, plan, kind="same_day", parent_version_id="19-v2") == "19-v3"
    found = versions.list_versions(database, EDITION)
    assert [(v.version_id, v.kind, v.parent_version_id) for v in found] == [
        ("19-v3", "same_day", "19-v2"),
        ("19-v2", "final", None),
        ("19-v1", "final", None),
    ]
    assert versions.newest(database, EDITION) == found[0]


def test_a_plan_that_the_referee_refuses_is_not_stored(
    database: Database, workspace: Workspace, problem: Problem, plan: Plan
) -> None:
    with pytest.raises(DataError, match="neither a meeting nor a reason"):
        stored(database, workspace, problem, replace(plan, unmet=()))
    assert versions.newest(database, EDITION) is None


def test_meetings_are_stored_with_their_times_and_ranks(
    database: Database, workspace: Workspace, problem: Problem, plan: Plan
) -> None:
    stored(database, workspace, problem, plan)
    found = database._connection.sql("select * from plan.meeting order by leader_a, leader_b").fetchall()
    meetings = {(row[1], row[2]): row for row in found}
    slots = {meeting.pair: problem.slot_by_id[meeting.slot] for meeting in plan.meetings}
    assert {pair: row[7:] for pair, row in meetings.items()} == {
        ("L001", "L002"): (1, 1),
        ("L001", "L003"): (2, None),
        ("L003", "L004"): (1, None),
    }
    for pair, row in meetings.items():
        assert row[4] == slots[pair].start
        assert row[5] - row[4] == timedelta(minutes=20)


def test_a_request_to_someone_who_has_withdrawn_says_so(
    database: Database, workspace: Workspace, problem: Problem, plan: Plan
) -> None:
    stored(database, workspace, problem, plan)
    found = database._connection.sql("select from_leader_id, to_leader_id, reason from plan.unmet order by all")
    assert found.fetchall() == [("L004", "L006", "withdrawn"), ("L005", "L001", "excluded")]
    assert [item.reason for item in plan.unmet] == ["unknown_partner", "excluded"]


def test_the_list_tells_figures_and_whether_it_is_approved(
    database: Database, workspace: Workspace, problem: Problem, plan: Plan
) -> None:
    stored(database, workspace, problem, plan)
    (version,) = versions.list_versions(database, EDITION)
    value = plan.objective.value
    figures = f"3 meetings, value {value} of {value} at most, idle slots 0 of 0 at least"
    assert str(version.sentence) == f"19-v1 (final, draft): {figures}"
    assert (version.row["meetings_count"], version.row["verdict"], version.created_at) == (3, None, NOW)
    approve(database, workspace, "19-v1")
    (version,) = versions.list_versions(database, EDITION)
    assert str(version.sentence) == f"19-v1 (final, approved by the organiser): {figures}"


def test_a_version_that_does_not_exist_is_not_compared(
    database: Database, workspace: Workspace, problem: Problem, plan: Plan
) -> None:
    stored(database, workspace, problem, plan)
    expected = "there is no plan version 19-v9.\nList the versions with: rencontres plans"
    with pytest.raises(DataError) as refused:
        versions.differences(database, "19-v1", "19-v9")
    assert str(refused.value) == expected


def approve(database: Database, workspace: Workspace, version_id: str) -> None:
    decisions.approve(database, workspace.event, version_id, "the organiser", NOW, anyway=True)


def in_force(database: Database) -> object:
    return database.value("outbox/select_approved_version", edition_id=EDITION)


def test_a_plan_that_comes_back_after_another_is_a_new_version_and_takes_force(
    database: Database, workspace: Workspace, problem: Problem, plan: Plan
) -> None:
    found = []
    for each in (plan, replace(plan, seed=2), plan):
        version_id = stored(database, workspace, problem, each)
        approve(database, workspace, version_id)
        found.append((version_id, in_force(database)))
    assert found == [("19-v1", "19-v1"), ("19-v2", "19-v2"), ("19-v3", "19-v3")]


def test_the_version_in_force_is_the_highest_approved_number_of_its_edition(
    database: Database, workspace: Workspace, problem: Problem, plan: Plan
) -> None:
    for seed in range(11):
        stored(database, workspace, problem, replace(plan, seed=seed))
    assert in_force(database) is None
    for version_id in ("19-v2", "19-v10"):
        approve(database, workspace, version_id)
    assert in_force(database) == "19-v10"
    assert database.value("outbox/select_approved_version", edition_id="another") is None


def test_a_change_starts_from_what_is_in_force_with_its_drafts_else_from_the_newest(
    database: Database, workspace: Workspace, problem: Problem, plan: Plan
) -> None:
    def number(seed: int, parent: str | None = None) -> str:
        kind = "final" if parent is None else "same_day"
        return stored(database, workspace, problem, replace(plan, seed=seed), kind=kind, parent_version_id=parent)

    with pytest.raises(DataError) as refused:
        versions.version_to_change(database, EDITION)
    assert str(refused.value) == "there is no plan yet.\nMake one with: rencontres schedule"
    number(1)
    number(2)
    assert versions.version_to_change(database, EDITION) == "19-v2"
    approve(database, workspace, "19-v1")
    assert versions.version_to_change(database, EDITION) == "19-v1"
    number(3, parent="19-v1")
    number(4, parent="19-v3")
    number(5, parent="19-v2")
    number(6)
    assert versions.version_to_change(database, EDITION) == "19-v4"
    approve(database, workspace, "19-v3")
    assert versions.version_to_change(database, EDITION) == "19-v4"
    approve(database, workspace, "19-v6")
    assert versions.version_to_change(database, EDITION) == "19-v6"


def test_differences_say_who_gains_loses_and_moves(
    database: Database, workspace: Workspace, problem: Problem, plan: Plan
) -> None:
    first = stored(database, workspace, problem, plan)
    before = plan.meeting_by_pair["L001", "L002"]
    found = repair(problem, plan, Change(cancelled=(("L001", "L002"),), added=(("L002", "L004"),)))
    second = stored(database, workspace, found.problem, found.plan, kind="same_day", parent_version_id=first)
    after = found.plan.meeting_by_pair["L002", "L004"]
    changes = {change.change: change for change in versions.differences(database, first, second)}
    assert changes == {
        "lost": Difference("L001", "L002", "lost", before.slot, before.table, None, None),
        "gained": Difference("L002", "L004", "gained", None, None, after.slot, after.table),
    }
    assert str(changes["lost"].sentence) == f"L001 and L002 no longer meet: {before.slot} {before.table}"
    assert str(changes["gained"].sentence) == f"L002 and L004 now meet: {after.slot} {after.table}"
    assert versions.differences(database, first, first) == []


def test_a_meeting_at_another_table_has_moved(
    database: Database, workspace: Workspace, problem: Problem, plan: Plan
) -> None:
    first = stored(database, workspace, problem, plan)
    moved = replace(plan, meetings=tuple(replace(m, table=f"T{60 - int(m.table[1:]):02d}") for m in plan.meetings))
    second = stored(database, workspace, problem, moved)
    changes = versions.differences(database, first, second)
    assert [change.change for change in changes] == ["moved"] * 3
    one = changes[0]
    expected = f"{one.slot_before} {one.table_before} → {one.slot_after} {one.table_after}"
    assert str(one.sentence) == f"{one.leader_a} and {one.leader_b} move: {expected}"
    assert one.row["change"] == "moved"
