"""Pairs that the organiser locks or forbids: they hold for every later plan, until they are lifted."""

from datetime import UTC, datetime

import pytest

from tasks.errors import DataError, InfeasibleError
from tasks.schedule import rulings
from tasks.schedule.freezing import freeze
from tasks.schedule.locks import with_locked
from tasks.schedule.plan import Plan
from tasks.schedule.problem import Limits, Pair, Problem
from tasks.schedule.referee import require_valid
from tasks.schedule.rulings import RulingKind
from tasks.schedule.solver import Stages, solve
from tasks.schedule.timetable import Timetable
from tasks.store import Database
from tasks.workspace import Workspace
from tests.schedule.builders import a_problem, leader
from tests.schedule.conftest import EDITION

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def rule(database: Database, kind: RulingKind, *pairs: Pair, by: str = "Anna") -> None:
    rulings.rule(database, EDITION, kind, pairs, by, NOW)


def planned(database: Database, workspace: Workspace, **knobs: int) -> tuple[Problem, Plan]:
    problem = freeze(database, workspace.event, effort="quick", **knobs).problem  # type: ignore[arg-type]
    plan = solve(problem, effort="quick")
    require_valid(problem, plan)
    return problem, plan


def pairs_of(plan: Plan) -> list[Pair]:
    return [meeting.pair for meeting in plan.meetings]


def locked(problem: Problem, *pairs: Pair) -> Problem:
    return with_locked(problem, pairs, seed=1, effort="quick", time_limit_seconds=60)


def test_a_pair_is_read_as_it_is_typed() -> None:
    assert rulings.pairs_in(("L012-L034", " l056 - l002")) == (("L012", "L034"), ("L002", "L056"))


def test_without_a_ruling_two_who_did_not_ask_do_not_meet(database: Database, workspace: Workspace) -> None:
    assert pairs_of(planned(database, workspace)[1]) == [("L001", "L002"), ("L001", "L003"), ("L003", "L004")]


def test_a_locked_pair_meets_though_nobody_asked(database: Database, workspace: Workspace) -> None:
    rule(database, "lock", ("L003", "L002"))
    problem, plan = planned(database, workspace)
    assert [item.pair for item in problem.fixed] == [("L002", "L003")]
    assert pairs_of(plan) == [("L001", "L002"), ("L001", "L003"), ("L002", "L003"), ("L003", "L004")]
    assert (plan.status, plan.objective.gaps) == ("optimal", 0)


def test_a_forbidden_pair_does_not_meet_and_is_told_as_excluded(database: Database, workspace: Workspace) -> None:
    rule(database, "forbid", ("L001", "L002"))
    _, plan = planned(database, workspace)
    assert pairs_of(plan) == [("L001", "L003"), ("L003", "L004")]
    assert {(item.asking, item.asked) for item in plan.unmet if item.reason == "excluded"} == {
        ("L001", "L002"),
        ("L002", "L001"),
        ("L005", "L001"),
    }


def test_a_ruling_holds_until_it_is_lifted(database: Database, workspace: Workspace) -> None:
    rule(database, "forbid", ("L001", "L002"))
    rulings.lift(database, EDITION, (("L002", "L001"),))
    assert ("L001", "L002") in pairs_of(planned(database, workspace)[1])
    with pytest.raises(DataError) as refused:
        rulings.lift(database, EDITION, (("L002", "L001"),))
    assert str(refused.value) == "nothing was ruled about L002-L001.\nList what was ruled with: rencontres rulings"


def test_the_last_ruling_about_a_pair_counts_and_the_same_again_keeps_who_said_it(database: Database) -> None:
    rule(database, "lock", ("L001", "L002"))
    rule(database, "lock", ("L001", "L002"), by="Bruno")
    assert [(one.ruling, one.ruled_by) for one in rulings.rulings_of(database, EDITION)] == [("lock", "Anna")]
    rule(database, "forbid", ("L001", "L002"), by="Bruno")
    assert [(one.ruling, one.ruled_by) for one in rulings.rulings_of(database, EDITION)] == [("forbid", "Bruno")]


def test_a_ruling_needs_two_leaders_of_the_edition(database: Database) -> None:
    with pytest.raises(DataError, match=r"no leader of this edition has the id L099\."):
        rule(database, "lock", ("L001", "L099"))
    with pytest.raises(DataError, match=r"both names mean L001\."):
        rule(database, "lock", ("L001", "L001"))
    assert rulings.rulings_of(database, EDITION) == []


def test_a_ruling_about_somebody_who_has_withdrawn_rests(database: Database, workspace: Workspace) -> None:
    rule(database, "lock", ("L002", "L006"))
    assert planned(database, workspace)[0].fixed == ()


def test_tables_left_free_and_a_maximum_are_those_of_one_plan(database: Database, workspace: Workspace) -> None:
    problem, plan = planned(database, workspace, free_tables=58, maximum=1)
    assert (len(problem.tables), problem.limits) == (2, Limits(1, 1))
    assert len(plan.meetings) == 2
    assert planned(database, workspace)[0].limits == Limits(4, 10)


def test_the_hash_of_the_registrations_knows_neither_rulings_nor_knobs(
    database: Database, workspace: Workspace
) -> None:
    before = freeze(database, workspace.event)
    rule(database, "lock", ("L002", "L003"))
    after = freeze(database, workspace.event, free_tables=3, maximum=5)
    assert before.registrations_sha256 == after.registrations_sha256 == before.problem.sha256
    assert after.problem.sha256 != before.problem.sha256


def test_when_time_is_over_the_locked_meetings_stand_nevertheless(
    database: Database, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Stages, "who_and_when", lambda _stages: Timetable({}, 0, 0))
    rule(database, "lock", ("L002", "L003"), ("L001", "L004"))
    problem = freeze(database, workspace.event, effort="quick").problem
    assert [item.pair for item in problem.fixed] == [("L001", "L004"), ("L002", "L003")]


def test_no_lock_leaves_the_problem_as_it_is() -> None:
    problem = a_problem()
    assert locked(problem) is problem


def test_several_locked_pairs_find_slots_beside_each_other() -> None:
    names = ["Ana", "Bob", "Cid", "Dan"]
    pairs = [(one, other) for one in names for other in names if one < other]
    problem = locked(a_problem(names, [], limits=Limits(0, 3), tables=2), *pairs)
    plan = solve(problem, effort="quick")
    require_valid(problem, plan)
    assert pairs_of(plan) == pairs


@pytest.mark.parametrize(
    ("leaders", "excluded", "why"),
    [
        ([leader("Ana", company="X"), leader("Bob", company="X")], [], "both are of the same company"),
        (["Ana", "Bob"], [("Ana", "Bob")], "the two must not meet"),
        (
            [leader("Ana", unavailable=frozenset({"1400"})), leader("Bob", unavailable=frozenset({"1420", "1440"}))],
            [],
            "they are never there at the same time",
        ),
    ],
)
def test_a_locked_pair_that_cannot_meet_is_named(leaders: list[object], excluded: list[Pair], why: str) -> None:
    problem = a_problem(leaders, [], excluded=excluded)  # type: ignore[arg-type]
    with pytest.raises(InfeasibleError) as refused:
        locked(problem, ("Ana", "Bob"))
    assert str(refused.value) == (
        f"Ana-Bob: these locked meetings cannot be held: {why}.\nLift a lock with: rencontres rulings --lift PAIR"
    )


def test_more_locked_meetings_than_a_leader_can_have_are_named() -> None:
    problem = a_problem([leader("Ana", max_meetings=1), "Bob", "Cid"], [])
    with pytest.raises(InfeasibleError, match=r"Ana-Bob, Ana-Cid: .*Ana can have no more meetings than that"):
        locked(problem, ("Ana", "Bob"), ("Ana", "Cid"))


def test_more_locked_meetings_than_places_are_said() -> None:
    names = ["Ana", "Bob", "Cid", "Dan"]
    pairs = [(one, other) for one in names for other in names if one < other]
    problem = a_problem(names, [], limits=Limits(0, 3), tables=1)
    with pytest.raises(InfeasibleError, match="there is no room for all of them"):
        locked(problem, *pairs)


def test_locked_meetings_that_want_the_same_slot_are_said() -> None:
    away = frozenset({"1420", "1440"})
    problem = a_problem(
        [
            leader("Ana", unavailable=frozenset({"1440"})),
            leader("Bob", unavailable=away),
            leader("Cid", unavailable=away),
        ],
        [],
    )
    with pytest.raises(InfeasibleError, match="there is no room for all of them"):
        locked(problem, ("Ana", "Bob"), ("Ana", "Cid"))
