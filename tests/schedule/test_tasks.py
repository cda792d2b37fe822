"""The thin wrappers: from the workspace to a stored version and back, with artifacts that name nobody."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tasks import progress
from tasks.errors import DataError, InfeasibleError
from tasks.messages import Message
from tasks.schedule import summary, tasks, versions
from tasks.schedule.freezing import Frozen
from tasks.schedule.problem import Fixed
from tasks.schedule.solver import solve
from tasks.settings import Decision, FinalScheduleSettings, SameDaySettings
from tasks.workspace import Workspace
from tests.schedule.builders import a_problem, leader
from tests.schedule.conftest import EDITION


@dataclass
class Heard:
    """What was shown to people."""

    artifacts: list[tuple[str, object]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    results: list[str] = field(default_factory=list)

    def started(self, step: Message) -> None:
        """Take no note."""

    def moved(self, _step: Message, done: int, total: int, note: str) -> None:
        self.notes.append(f"{done}/{total} {note}")

    def finished(self, _step: Message, result: Message | None) -> None:
        self.results.append(str(result))


@contextmanager
def _caught(monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    heard = Heard()

    def create_progress(percent: float, key: str, description: str) -> UUID:
        heard.artifacts.append((key, (percent, description)))
        return uuid4()

    def update_progress(_artifact: UUID, percent: float, description: str) -> None:
        heard.artifacts.append(("solve", (percent, description)))

    monkeypatch.setattr(tasks, "create_progress_artifact", create_progress)
    monkeypatch.setattr(tasks, "update_progress_artifact", update_progress)
    with progress.listening(heard):
        yield heard


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("RENCONTRES_NOW", "2026-11-23T09:00:00+01:00")
    with _caught(monkeypatch) as caught:
        yield caught


def quick(workspace: Workspace, **form: object) -> FinalScheduleSettings:
    return FinalScheduleSettings.model_validate({"workspace": workspace.folder, "effort": "quick", **form})


def approve(workspace: Workspace, version_id: str) -> None:
    assert tasks.decide.fn(workspace.folder, version_id, Decision(verdict="approve", by="the organiser"))


def planned(workspace: Workspace, **form: object) -> str:
    settings = quick(workspace, **form)
    frozen = tasks.freeze_problem.fn(settings)
    plan = tasks.solve_problem.fn(frozen, settings)
    parent = frozen.earlier_version_id
    return tasks.store_version.fn(workspace.folder, frozen, plan, parent_version_id=parent)


def test_the_final_schedule_from_end_to_end(event_workspace: Workspace, heard: Heard) -> None:
    assert planned(event_workspace) == "19-v1"
    assert planned(event_workspace) == "19-v1"
    assert heard.results[:3] == [
        "5 leaders, 6 requests, 12 slots, 60 tables",
        "3 meetings, value proven to be the best possible",
        "version 19-v1",
    ]


def parent_of(workspace: Workspace, version_id: str) -> str | None:
    with workspace.opened() as database:
        found = {v.version_id: v.parent_version_id for v in versions.list_versions(database, EDITION)}
    return found[version_id]


def test_a_new_plan_changes_the_version_in_force_or_the_one_named(event_workspace: Workspace, heard: Heard) -> None:
    assert parent_of(event_workspace, planned(event_workspace)) is None
    other = planned(event_workspace, maximum=1)
    assert parent_of(event_workspace, other) is None
    tasks.decide.fn(event_workspace.folder, other, Decision(verdict="approve", by="Anna", anyway=True))
    assert planned(event_workspace, maximum=1) == other  # nothing has changed, all of it stays
    forbidding = planned(event_workspace, forbid=["L001-L002"])
    assert parent_of(event_workspace, forbidding) == other
    assert heard.results[-2].endswith("; of 19-v2, 1 of 2 meetings stay at their time and table")
    assert parent_of(event_workspace, planned(event_workspace, change="19-v1", free_tables=1)) == "19-v1"
    assert parent_of(event_workspace, planned(event_workspace, afresh=True, free_tables=2)) is None


@pytest.mark.usefixtures("heard")
def test_a_version_that_is_not_there_cannot_be_changed(event_workspace: Workspace) -> None:
    with pytest.raises(DataError, match="there is no plan version 19-v9"):
        planned(event_workspace, change="19-v9")


def test_progress_says_stage_incumbent_and_bound(event_workspace: Workspace, heard: Heard) -> None:
    settings = quick(event_workspace)
    plan = tasks.solve_problem.fn(tasks.freeze_problem.fn(settings), settings)
    value, changes = plan.objective.value, plan.objective.table_changes
    told = [
        f"Who meets whom: {value} points of at most {value}",
        "Slots: 3 meetings of 3 placed",
        "Gaps: 0, at least 0",
        f"Changes of table: {changes}, at least {plan.bounds.table_changes}",
    ]
    assert heard.notes == [f"{place}/4 {sentence}" for place, sentence in enumerate(told, 1)]
    assert heard.artifacts == [
        ("solve", (0.0, "")),
        *(("solve", (25.0 * place, sentence)) for place, sentence in enumerate(told, 1)),
    ]


@pytest.mark.usefixtures("heard")
def test_an_impossible_problem_is_an_error_that_says_why() -> None:
    away = leader("Ana", unavailable=frozenset({"1400"}))
    problem = a_problem([away, "Bob"], fixed=[Fixed(("Ana", "Bob"), "1400")])
    with pytest.raises(InfeasibleError) as refused:
        tasks.solve_problem.fn(Frozen(problem), FinalScheduleSettings(workspace=Path()))
    assert str(refused.value) == (
        "both_available: a fixed meeting lies in a slot in which leader Ana is away: Ana with Bob at slot 1400.\n"
        "Give up one of them and call again."
    )


def test_a_same_day_change_from_end_to_end(event_workspace: Workspace, heard: Heard) -> None:
    first = planned(event_workspace)
    approve(event_workspace, first)
    settings = SameDaySettings(workspace=event_workspace.folder, absent=("L002",), added=(("L002", "L004"),))
    with pytest.raises(DataError, match="L002 is absent"):
        tasks.repair_plan.fn(event_workspace.folder, settings)
    settings = SameDaySettings(workspace=event_workspace.folder, absent=("L002",), added=(("L001", "L004"),))
    found = tasks.repair_plan.fn(event_workspace.folder, settings)
    assert found.parent_version_id == "19-v1"
    again = [
        tasks.store_version.fn(
            event_workspace.folder, Frozen(found.problem), found.plan, "same_day", found.parent_version_id
        )
        for _ in range(2)
    ]
    assert again == ["19-v2", "19-v2"]
    assert "2 meetings change." in heard.results
    with event_workspace.opened() as database:
        changes = versions.differences(database, first, "19-v2")
    assert sorted((change.leader_a, change.leader_b, change.change) for change in changes) == [
        ("L001", "L002", "lost"),
        ("L001", "L004", "gained"),
    ]


def changed(workspace: Workspace, **change: object) -> str:
    settings = SameDaySettings(workspace=workspace.folder, **change)
    found = tasks.repair_plan.fn(workspace.folder, settings)
    return tasks.store_version.fn(
        workspace.folder, Frozen(found.problem), found.plan, "same_day", found.parent_version_id
    )


@pytest.mark.usefixtures("heard")
def test_a_second_absence_before_an_approval_keeps_the_first(event_workspace: Workspace) -> None:
    first = planned(event_workspace)
    approve(event_workspace, first)
    assert [changed(event_workspace, absent=(name,)) for name in ("L003", "L005", "L005")] == [
        "19-v2",
        "19-v3",
        "19-v3",
    ]
    with event_workspace.opened() as database:
        parents = [
            (version.version_id, version.parent_version_id) for version in versions.list_versions(database, EDITION)
        ]
        problem, plan = versions.read_version(database, "19-v3")
    assert parents == [("19-v3", "19-v2"), ("19-v2", "19-v1"), ("19-v1", None)]
    everywhere = {slot.id for slot in problem.slots}
    assert [leader.id for leader in problem.leaders if leader.unavailable == everywhere] == ["L003", "L005"]
    assert [meeting.pair for meeting in plan.meetings] == [("L001", "L002")]


@pytest.mark.usefixtures("heard")
def test_a_second_cancellation_before_an_approval_keeps_the_first(event_workspace: Workspace) -> None:
    planned(event_workspace)
    approve(event_workspace, "19-v1")
    changed(event_workspace, cancelled=(("L001", "L003"),))
    version_id = changed(event_workspace, cancelled=(("L003", "L004"),))
    with event_workspace.opened() as database:
        _, plan = versions.read_version(database, version_id)
    assert [meeting.pair for meeting in plan.meetings] == [("L001", "L002")]


@pytest.mark.usefixtures("heard")
def test_nothing_before_the_given_time_is_touched(event_workspace: Workspace) -> None:
    planned(event_workspace)
    settings = SameDaySettings(workspace=event_workspace.folder, absent=("L001",), from_time="23:59")
    found = tasks.repair_plan.fn(event_workspace.folder, settings)
    assert len(found.plan.meetings) == 3


def test_a_plan_without_proof_names_its_bound() -> None:
    problem = a_problem()
    plan = solve(problem, effort="quick")
    open_plan = replace(plan, status="feasible", bounds=replace(plan.bounds, value=999))
    assert str(summary.sentence_of_plan(open_plan)) == "1 meeting, value 160 of at most 999"
