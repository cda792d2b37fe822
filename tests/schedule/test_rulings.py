"""Pairs that the organiser locks or forbids: they hold for every later plan, until they are lifted."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tasks.errors import DataError, InfeasibleError, UsageError
from tasks.schedule import locks, rulings, timetable
from tasks.schedule.candidates import Arena
from tasks.schedule.conflicts import smallest_conflict
from tasks.schedule.exact import Searched, TimetableModel
from tasks.schedule.forced import holding
from tasks.schedule.freezing import freeze
from tasks.schedule.locks import require_room
from tasks.schedule.plan import Plan
from tasks.schedule.problem import Fixed, Limits, Pair, Problem
from tasks.schedule.referee import require_valid
from tasks.schedule.rulings import RulingKind
from tasks.schedule.slots import Placement, placement_of
from tasks.schedule.solver import solve
from tasks.settings import FinalScheduleSettings
from tasks.store import Database
from tasks.workspace import Workspace
from tests.schedule.builders import a_problem, best_by_hand, leader, problems, slot_of
from tests.schedule.conftest import EDITION

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def rule(database: Database, kind: RulingKind, *pairs: Pair, by: str = "Anna") -> None:
    rulings.rule(database, EDITION, kind, pairs, by, NOW)


def planned(database: Database, workspace: Workspace, **knobs: int) -> tuple[Problem, Plan]:
    frozen = freeze(database, workspace.event, **knobs)  # type: ignore[arg-type]
    plan = solve(frozen.problem, effort="quick", locked=frozen.locked)
    require_valid(frozen.problem_of(plan), plan)
    return frozen.problem_of(plan), plan


def pairs_of(plan: Plan) -> list[Pair]:
    return [meeting.pair for meeting in plan.meetings]


def locked(problem: Problem, *pairs: Pair) -> Plan:
    require_room(problem, pairs, seed=1, time_limit_seconds=60)
    plan = solve(problem, effort="quick", locked=pairs)
    require_valid(holding(problem, pairs, plan), plan)
    return plan


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


def test_a_pair_is_not_locked_and_forbidden_at_once(database: Database) -> None:
    told = FinalScheduleSettings(workspace=Path(), lock=("L001-L002",), forbid=("L002-L001",))
    with pytest.raises(UsageError, match="L001-L002 cannot be locked and forbidden at once"):
        rulings.rule_as_told(database, EDITION, told, NOW)
    assert rulings.rulings_of(database, EDITION) == []


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


NAMES = ["Ana", "Bob", "Cid", "Dan"]
ALL = [(one, other) for one in NAMES for other in NAMES if one < other]


def unplaced(arena: Arena, chosen: tuple[int, ...], *_: object) -> Placement:
    return placement_of(arena, chosen)


def test_where_chains_place_nothing_the_locked_meetings_stand_nevertheless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timetable, "place", unplaced)
    plan = locked(a_problem(NAMES, [], limits=Limits(0, 3)), *ALL)
    assert (plan.status, pairs_of(plan)) == ("optimal", ALL)


def test_when_time_is_over_before_locked_meetings_have_a_slot_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timetable, "place", unplaced)
    monkeypatch.setattr(TimetableModel, "prefer", lambda *_: {})
    monkeypatch.setattr(timetable, "improved", lambda _arena, slots, *_, **__: slots)
    monkeypatch.setattr(TimetableModel, "solve", lambda _model, slots, *_, **__: Searched(slots, 0, None))
    with pytest.raises(DataError) as refused:
        locked(a_problem(["Ana", "Bob"], []), ("Ana", "Bob"))
    assert str(refused.value) == (
        "Ana-Bob: time was over before these pairs had a slot.\nCall again with a longer time limit."
    )


def test_no_lock_leaves_the_problem_as_it_is() -> None:
    problem = a_problem()
    require_room(problem, (), seed=1, time_limit_seconds=60)
    assert holding(problem, (), solve(problem, effort="quick")) is problem


def test_a_locked_pair_that_is_fixed_already_stands_there() -> None:
    problem = a_problem(["Ana", "Bob"], [], fixed=[Fixed(("Ana", "Bob"), "1440")])
    plan = locked(problem, ("Ana", "Bob"))
    assert slot_of(plan, "Ana", "Bob") == "1440"
    assert holding(problem, [("Ana", "Bob")], plan) is problem


def test_several_locked_pairs_find_slots_beside_each_other() -> None:
    assert pairs_of(locked(a_problem(NAMES, [], limits=Limits(0, 3), tables=2), *ALL)) == ALL


def test_locked_pairs_of_two_leaders_who_own_one_table_meet_one_after_the_other() -> None:
    """Ana and Dan always sit at T1; the first slot, where fewer meet, draws both of their meetings."""
    late = frozenset({"1400"})
    leaders = [leader("Ana", table="T1"), "Bob", "Cid", leader("Dan", table="T1")]
    leaders += [leader(name, unavailable=late) for name in ("Eve", "Fay", "Gus", "Hal")]
    pairs = [("Ana", "Bob"), ("Cid", "Dan"), ("Eve", "Fay"), ("Gus", "Hal")]
    plan = locked(a_problem(leaders, [], slot_count=2, tables=3), *pairs)
    assert plan.status == "optimal"
    assert {slot_of(plan, "Ana", "Bob"), slot_of(plan, "Cid", "Dan")} == {"1400", "1420"}


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


def refusal(problem: Problem, *pairs: Pair) -> str:
    with pytest.raises(InfeasibleError) as refused:
        require_room(problem, pairs, seed=1, time_limit_seconds=60)
    return str(refused.value).splitlines()[0]


CANNOT = "these locked meetings cannot be held"


@pytest.mark.parametrize(("maximum", "named"), [(0, "Ana-Dan"), (1, "Ana-Cid, Ana-Dan")])
def test_one_locked_meeting_more_than_a_leader_can_have_is_named(maximum: int, named: str) -> None:
    """Of three locks, one more than Ana can have: with any of these lifted, those named can be held."""
    problem = a_problem([leader("Ana", max_meetings=maximum), "Bob", "Cid", "Dan"], [])
    found = refusal(problem, ("Ana", "Bob"), ("Ana", "Cid"), ("Ana", "Dan"))
    assert found == f"{named}: {CANNOT}: Ana can have no more meetings than that."


def test_of_locks_that_want_one_slot_two_are_named() -> None:
    away = frozenset({"1420", "1440"})
    names = [leader(name, unavailable=away) for name in ("Bob", "Cid")]
    found = refusal(a_problem(["Ana", *names, "Dan"], []), ("Ana", "Bob"), ("Ana", "Cid"), ("Ana", "Dan"))
    assert found == f"Ana-Bob, Ana-Cid: {CANNOT}: there is no room for all of them."


def test_more_locked_meetings_than_places_are_said() -> None:
    found = refusal(a_problem(NAMES, [], limits=Limits(0, 3), tables=1), *ALL)
    assert found == f"Ana-Dan, Bob-Cid, Bob-Dan, Cid-Dan: {CANNOT}: there is no room for all of them."


def test_a_lock_for_which_fixed_meetings_leave_no_place_is_named() -> None:
    fixed = [Fixed(("Ana", "Cid"), "1400")]
    found = refusal(a_problem(["Ana", "Bob", "Cid"], [], slot_count=1, fixed=fixed), ("Ana", "Bob"))
    assert found == f"Ana-Bob: {CANNOT}: there is no room for all of them."


def test_what_could_not_be_settled_is_not_called_impossible(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "UNITS", 0.0)
    with pytest.raises(DataError) as refused:
        require_room(a_problem(NAMES, [], limits=Limits(0, 3)), tuple(ALL), seed=1, time_limit_seconds=60)
    assert not isinstance(refused.value, InfeasibleError)
    assert str(refused.value).splitlines() == [
        "whether the locked meetings can all be held could not be settled in time.",
        "Call again with a longer time limit.",
    ]


def best_with(problem: Problem, *pairs: Pair) -> tuple[int, int] | None:
    """The best with some pairs at whatever slots, by trying them all."""
    found = []
    for where in product(problem.slots, repeat=len(pairs)):
        places = [(name, slot.id) for pair, slot in zip(pairs, where, strict=True) for name in pair]
        taken = {(name, item.slot) for item in problem.fixed for name in item.pair}
        if len(set(places)) == len(places) and not taken & set(places):
            fixed = [Fixed(pair, slot.id) for pair, slot in zip(pairs, where, strict=True)]
            best = best_by_hand(replace(problem, fixed=(*problem.fixed, *fixed)))
            found += [] if best is None else [(best[0], -best[1])]
    return (min(found)[0], -min(found)[1]) if found else None


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(problems(most_leaders=5, most_slots=3), st.data())
def test_locked_pairs_have_the_best_slots_or_cannot_be_held(problem: Problem, data: st.DataObject) -> None:
    names = [one.id for one in problem.leaders]
    free = sorted(set(combinations(names, 2)) - {item.pair for item in problem.fixed})
    assume(free and smallest_conflict(problem) is None)
    pairs = data.draw(st.lists(st.sampled_from(free), min_size=1, max_size=2, unique=True))
    best = best_with(problem, *pairs)
    if best is None:
        assert refusal(problem, *pairs)
    else:
        plan = locked(problem, *pairs)
        assert (plan.status, plan.objective.shortfall, plan.objective.value) == ("optimal", *best)
