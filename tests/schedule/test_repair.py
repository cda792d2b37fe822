"""The same-day change: who can stay stays, freed places are filled, the past is the past."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from benchmarks.instances import Size, an_event
from tasks.errors import DataError
from tasks.schedule.change import Change, changed_problem
from tasks.schedule.plan import Plan
from tasks.schedule.problem import Fixed, Problem
from tasks.schedule.referee import violations
from tasks.schedule.repair import Repair, repair
from tasks.schedule.solver import solve
from tests.schedule.builders import a_problem, leader, problems, slot_of

calmly = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def repaired(problem: Problem, plan: Plan, change: Change) -> Repair:
    found = repair(problem, plan, change)
    assert violations(found.problem, found.plan) == ()
    return found


def four() -> tuple[Problem, Plan]:
    problem = a_problem(
        ["Ana", "Bob", "Cid", "Dan"],
        [("Ana", "Bob"), ("Cid", "Dan"), ("Ana", "Cid"), ("Bob", "Dan")],
        slot_count=4,
        fixed=[Fixed(("Ana", "Bob"), "1400", "T1"), Fixed(("Cid", "Dan"), "1440", "T2")],
    )
    return problem, solve(problem, effort="quick")


def test_nothing_to_change_changes_nothing() -> None:
    problem, plan = four()
    assert repaired(problem, plan, Change()).plan.meetings == plan.meetings


def test_an_absent_leader_meets_nobody_any_more_and_everyone_else_stays() -> None:
    problem, plan = four()
    found = repaired(problem, plan, Change(absent=("Dan",)))
    assert set(plan.meetings) - set(found.plan.meetings) == {m for m in plan.meetings if "Dan" in m.pair}
    assert [m for m in found.plan.meetings if "Dan" in m.pair] == []


def test_what_was_held_before_the_first_slot_stands_though_the_leader_left() -> None:
    problem, plan = four()
    found = repaired(problem, plan, Change(absent=("Ana",), first_slot=1))
    assert slot_of(found.plan, "Ana", "Bob") == "1400"
    assert [m.pair for m in found.plan.meetings if "Ana" in m.pair and m.slot != "1400"] == []


def test_nobody_gains_a_meeting_in_the_past() -> None:
    problem, plan = four()
    found = repaired(problem, plan, Change(added=(("Bob", "Cid"),), first_slot=3))
    assert {m for m in found.plan.meetings if m.slot < "1500"} == {m for m in plan.meetings if m.slot < "1500"}


def test_a_cancelled_meeting_is_gone_and_does_not_come_back() -> None:
    problem, plan = four()
    found = repaired(problem, plan, Change(cancelled=(("Dan", "Cid"),)))
    assert slot_of(found.plan, "Cid", "Dan") is None
    assert [(item.asking, item.reason) for item in found.plan.unmet] == [("Cid", "excluded")]


def test_an_added_pair_takes_the_freed_place_before_dearer_requests() -> None:
    """One slot, one table: Ana's meeting falls away, and Cid's and Dan's mutual wish is worth more than the desk's."""
    problem = a_problem(
        ["Ana", "Bob", "Cid", "Dan", "Eve", "Fay"],
        [("Ana", "Bob"), ("Bob", "Ana"), ("Cid", "Dan"), ("Dan", "Cid")],
        slot_count=1,
        tables=1,
    )
    plan = solve(problem, effort="quick")
    cancelled = plan.meetings[0].pair
    found = repaired(problem, plan, Change(cancelled=(cancelled,), added=(("Fay", "Eve"),)))
    assert [meeting.pair for meeting in found.plan.meetings] == [("Eve", "Fay")]
    assert [(r.asking, r.asked, r.rank) for r in found.problem.requests if r.asking == "Fay"] == [("Fay", "Eve", 1)]


def test_an_added_pair_that_was_asked_for_keeps_its_request() -> None:
    problem, plan = four()
    assert changed_problem(problem, plan, Change(added=(("Bob", "Ana"),))).requests == problem.requests


def test_a_new_meeting_sits_at_its_own_table_else_where_a_leader_sits_anyway() -> None:
    leaders = ["Ana", "Bob", "Cid", leader("Dan", table="T3")]
    problem = a_problem(leaders, [("Ana", "Bob")], tables=3, fixed=[Fixed(("Ana", "Bob"), "1400", "T2")])
    plan = solve(problem, effort="quick")
    found = repaired(problem, plan, Change(added=(("Ana", "Cid"), ("Bob", "Dan"))))
    tables = {meeting.pair: meeting.table for meeting in found.plan.meetings}
    assert tables == {("Ana", "Bob"): "T2", ("Ana", "Cid"): "T2", ("Bob", "Dan"): "T3"}


def test_an_own_table_that_another_meeting_holds_is_left_to_it() -> None:
    leaders = ["Ana", "Bob", leader("Cid", table="T1"), "Dan"]
    fixed = [Fixed(("Ana", "Bob"), "1400", "T1")]
    problem = a_problem(leaders, [("Ana", "Bob")], slot_count=2, fixed=fixed)
    plan = solve(problem, effort="quick")
    found = repaired(problem, plan, Change(added=(("Cid", "Dan"),)))
    assert slot_of(found.plan, "Cid", "Dan") == "1420"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (Change(absent=("Zoe",)), "Zoe: Zoe is no leader of this plan."),
        (Change(cancelled=(("Ana", "Zoe"),)), "Zoe: Zoe is no leader of this plan."),
        (Change(cancelled=(("Ana", "Dan"),)), "Ana-Dan: there is no such meeting to cancel."),
        (Change(cancelled=(("Bob", "Ana"),), first_slot=1), "Ana-Bob: this meeting has already taken place."),
        (Change(added=(("Ana", "Ana"),)), "Ana-Ana: leaders of one company do not meet."),
        (Change(added=(("Ana", "Dan"),), absent=("Dan",)), "Ana-Dan: Dan is absent."),
        (Change(added=(("Ana", "Bob"),), cancelled=(("Ana", "Bob"),)), "Ana-Bob: this pair must not meet."),
    ],
)
def test_what_cannot_be_changed_so_is_refused(change: Change, expected: str) -> None:
    problem, plan = four()
    with pytest.raises(DataError) as refused:
        repair(problem, plan, change)
    assert str(refused.value).splitlines()[0] == expected


@calmly
@given(problems(), st.data())
def test_every_repair_is_valid_moves_nobody_and_repeats_itself(problem: Problem, data: st.DataObject) -> None:
    plan = solve(problem, effort="quick")
    assume(plan.status != "infeasible" and problem.leaders)
    names = [one.id for one in problem.leaders]
    first = data.draw(st.integers(0, len(problem.slots)))
    absent = data.draw(st.lists(st.sampled_from(names), unique=True, max_size=2))
    to_come = [m for m in plan.meetings if m.slot in {slot.id for slot in problem.slots[first:]}]
    cancelled = data.draw(st.lists(st.sampled_from(to_come), unique=True, max_size=1)) if to_come else []
    change = Change(tuple(absent), tuple(m.pair for m in cancelled), (), first)
    found = repaired(problem, plan, change)
    lost = {m for m in to_come if set(m.pair) & set(absent)} | set(cancelled)
    assert set(plan.meetings) - lost <= set(found.plan.meetings)
    again = repaired(found.problem, found.plan, change)
    assert (again.problem, again.plan.identity()) == (found.problem, found.plan.identity())


def test_a_whole_event_is_repaired_without_moving_anyone() -> None:
    event = an_event(Size(60), seed=2)
    plan = solve(event, effort="quick")
    absent = event.leaders[7].id
    found = repaired(event, plan, Change(absent=(absent,), first_slot=4))
    kept = {m for m in plan.meetings if absent not in m.pair or m.slot in {slot.id for slot in event.slots[:4]}}
    assert kept <= set(found.plan.meetings)
    assert found.plan.objective.value <= found.plan.bounds.value
    assert replace(found, parent_version_id="19-v1").parent_version_id == "19-v1"
