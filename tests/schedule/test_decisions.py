"""A person decides: approved or rejected, by whom and when, and not in spite of doubts that nobody has read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tasks.errors import DataError
from tasks.schedule import decisions, versions
from tasks.schedule.freezing import Frozen, freeze
from tasks.schedule.plan import Plan
from tasks.schedule.solver import solve
from tasks.settings import Decision
from tasks.store import Database
from tasks.workspace import Workspace
from tests.schedule.conftest import EDITION

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
REMEDY = "Make a new version with: rencontres schedule"


@pytest.fixture
def frozen(database: Database, workspace: Workspace) -> Frozen:
    return freeze(database, workspace.event)


@pytest.fixture
def plan(frozen: Frozen) -> Plan:
    return solve(frozen.problem, effort="quick")


@pytest.fixture
def first(database: Database, workspace: Workspace, frozen: Frozen, plan: Plan) -> str:
    return stored(database, workspace, frozen, plan)


def stored(database: Database, workspace: Workspace, frozen: Frozen, plan: Plan, **how: object) -> str:
    with database.transaction():
        return versions.store(database, workspace.event, frozen, plan, at=NOW, **how)  # type: ignore[arg-type]


def register_one_less(database: Database) -> None:
    database._connection.execute("update core.leader set status = 'withdrawn' where leader_id = 'L004'")


def kept(database: Database) -> list[tuple[object, ...]]:
    return database.table("plan/decision").rows()


def in_force(database: Database) -> object:
    return database.value("plan/select_approved_version", edition_id=EDITION)


def test_an_approval_says_who_when_and_why(database: Database, workspace: Workspace, first: str) -> None:
    decided = decisions.approve(database, workspace.event, first, "Anna", NOW, remark="read")
    assert str(decided.sentence) == "approved by Anna on 2026-11-23 at 10:00"
    assert kept(database) == [("19-v1", 1, "approved", "Anna", NOW, "read", False)]
    assert in_force(database) == "19-v1"


def test_approving_twice_keeps_the_first_decision(database: Database, workspace: Workspace, first: str) -> None:
    decisions.approve(database, workspace.event, first, "Anna", NOW)
    again = decisions.approve(database, workspace.event, first, "Bruno", NOW + timedelta(days=1))
    assert (again.decided_by, len(kept(database))) == ("Anna", 1)


def test_a_version_that_does_not_exist_is_not_decided_about(database: Database, workspace: Workspace) -> None:
    expected = "there is no plan version 19-v9.\nList the versions with: rencontres plans"
    with pytest.raises(DataError) as refused:
        decisions.approve(database, workspace.event, "19-v9", "Anna", NOW)
    assert str(refused.value) == expected
    with pytest.raises(DataError) as refused:
        decisions.reject(database, "19-v9", "Anna", NOW)
    assert str(refused.value) == expected


def test_what_is_newest_and_unchanged_leaves_no_doubt(database: Database, workspace: Workspace, first: str) -> None:
    assert decisions.doubts(database, workspace.event, first) == []


def test_an_older_version_is_approved_only_knowingly(
    database: Database, workspace: Workspace, frozen: Frozen, plan: Plan, first: str
) -> None:
    stored(database, workspace, frozen, replace(plan, seed=2))
    with pytest.raises(DataError) as refused:
        decisions.approve(database, workspace.event, first, "Anna", NOW)
    assert str(refused.value) == (
        "19-v1: 19-v2 is newer than 19-v1. Nothing was approved.\n"
        "Make a new version with: rencontres schedule · or approve this one with --anyway"
    )
    assert in_force(database) is None
    decisions.approve(database, workspace.event, first, "Anna", NOW, anyway=True)
    assert kept(database) == [("19-v1", 1, "approved", "Anna", NOW, "", True)]


def test_other_registrations_are_a_doubt_until_they_are_as_they_were(
    database: Database, workspace: Workspace, first: str
) -> None:
    register_one_less(database)
    (doubt,) = decisions.doubts(database, workspace.event, first)
    assert str(doubt) == "The registrations or event.toml have changed since 19-v1 was made."
    with pytest.raises(DataError):
        decisions.approve(database, workspace.event, first, "Anna", NOW)
    database._connection.execute("update core.leader set status = 'registered' where leader_id = 'L004'")
    assert decisions.doubts(database, workspace.event, first) == []


def test_what_a_run_adds_is_no_change_of_the_registrations(database: Database, workspace: Workspace) -> None:
    frozen = freeze(database, workspace.event, free_tables=2, maximum=2)
    version_id = stored(database, workspace, frozen, solve(frozen.problem, effort="quick"))
    assert decisions.doubts(database, workspace.event, version_id) == []


def test_a_plan_of_the_day_itself_does_not_mind_the_registrations(
    database: Database, workspace: Workspace, frozen: Frozen, plan: Plan, first: str
) -> None:
    later = stored(database, workspace, Frozen(frozen.problem), plan, kind="same_day", parent_version_id=first)
    register_one_less(database)
    assert decisions.doubts(database, workspace.event, later) == []


@pytest.mark.parametrize("was_approved_before", [False, True])
def test_a_version_older_than_the_approved_one_cannot_be_approved_any_more(
    database: Database, workspace: Workspace, frozen: Frozen, plan: Plan, first: str, *, was_approved_before: bool
) -> None:
    if was_approved_before:
        decisions.approve(database, workspace.event, first, "Anna", NOW)
    second = stored(database, workspace, frozen, replace(plan, seed=2))
    decisions.approve(database, workspace.event, second, "Anna", NOW)
    with pytest.raises(DataError) as refused:
        decisions.approve(database, workspace.event, first, "Anna", NOW, anyway=True)
    assert str(refused.value) == f"19-v2 is newer than 19-v1 and already approved.\n{REMEDY}"
    assert in_force(database) == second


def test_a_preliminary_plan_cannot_be_approved(
    database: Database, workspace: Workspace, frozen: Frozen, plan: Plan
) -> None:
    version_id = stored(database, workspace, frozen, plan, kind="preliminary")
    with pytest.raises(DataError) as refused:
        decisions.approve(database, workspace.event, version_id, "Anna", NOW, anyway=True)
    assert str(refused.value) == f"19-v1 is a preliminary plan, made to look at.\n{REMEDY}"


def test_a_rejected_version_is_never_in_force_and_can_be_approved_knowingly(
    database: Database, workspace: Workspace, first: str
) -> None:
    rejected = decisions.reject(database, first, "Anna", NOW, "too many waits")
    assert str(rejected.sentence) == "rejected by Anna on 2026-11-23 at 10:00: too many waits"
    assert (in_force(database), decisions.decision_of(database, first)) == (None, rejected)
    assert [str(one) for one in decisions.doubts(database, workspace.event, first)] == ["19-v1 was rejected by Anna."]
    decisions.approve(database, workspace.event, first, "Bruno", NOW, anyway=True)
    assert [row[:4] for row in kept(database)] == [("19-v1", 1, "rejected", "Anna"), ("19-v1", 2, "approved", "Bruno")]
    assert in_force(database) == first


def test_what_is_approved_is_not_rejected_any_more(database: Database, workspace: Workspace, first: str) -> None:
    decisions.approve(database, workspace.event, first, "Anna", NOW)
    with pytest.raises(DataError) as refused:
        decisions.reject(database, first, "Bruno", NOW)
    assert str(refused.value) == (
        f"19-v1 is approved by Anna on 2026-11-23 at 10:00; people may have been told.\n{REMEDY}"
    )
    assert in_force(database) == first


def answer(verdict: str, **more: object) -> Decision:
    return Decision.model_validate({"verdict": verdict, "by": "Bruno", **more})


def test_the_form_rejects_with_its_remark(database: Database, workspace: Workspace, first: str) -> None:
    decided = decisions.settle(database, workspace.event, first, answer("reject", remark="no"), NOW)
    assert decided is not None
    assert str(decided.sentence) == "rejected by Bruno on 2026-11-23 at 10:00: no"
    assert in_force(database) is None


def test_the_form_is_asked_again_while_doubts_stand(database: Database, workspace: Workspace, first: str) -> None:
    register_one_less(database)
    assert decisions.settle(database, workspace.event, first, answer("approve"), NOW) is None
    assert kept(database) == []
    assert decisions.settle(database, workspace.event, first, answer("approve", anyway=True), NOW) is not None
    assert in_force(database) == first


def test_what_was_approved_meanwhile_stands_whatever_the_form_says(
    database: Database, workspace: Workspace, first: str
) -> None:
    decisions.approve(database, workspace.event, first, "Anna", NOW)
    register_one_less(database)
    for verdict in ("approve", "reject"):
        decided = decisions.settle(database, workspace.event, first, answer(verdict), NOW)
        assert decided is not None
        assert (decided.verdict, decided.decided_by) == ("approved", "Anna")
    assert len(kept(database)) == 1
