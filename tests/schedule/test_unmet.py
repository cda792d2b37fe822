"""Every unmet request has one reason of the closed list, and it is true of the plan as anybody can count it."""

from collections import Counter, defaultdict
from dataclasses import replace

import pytest

from benchmarks.instances import Size, an_event
from tasks.schedule.plan import Plan, Unmet
from tasks.schedule.problem import Fixed, Limits, Problem, Request
from tasks.schedule.referee import violations
from tasks.schedule.solver import solve
from tests.schedule.builders import a_problem, allowed_slots, leader

EVENTS = {
    "tight": an_event(Size(40, tables_share=1 / 5)),
    "few slots": an_event(Size(30, slots=5, tables_share=1 / 2)),
    "two days": an_event(Size(24, slots=8, days=2)),
}


def is_true(problem: Problem, plan: Plan, item: Unmet) -> bool:
    """Count by hand; ``lower_value`` means here that nothing simpler holds and that nothing can just be added."""
    counts = Counter(name for meeting in plan.meetings for name in meeting.pair)
    busy: dict[str, set[str]] = defaultdict(set)
    load = Counter(meeting.slot for meeting in plan.meetings)
    for meeting in plan.meetings:
        for name in meeting.pair:
            busy[name].add(meeting.slot)
    if item.asked not in problem.leader_by_id:
        return item.reason == "unknown_partner"
    one, other = problem.leader_by_id[item.asking], problem.leader_by_id[item.asked]
    common = [slot.id for slot in problem.slots if slot.id not in one.unavailable | other.unavailable]
    full = {
        each.id: counts[each.id] >= min(problem.maximum_of(each), len(problem.slots) - len(each.unavailable))
        for each in (one, other)
    }
    free = [slot for slot in common if slot not in busy[one.id] | busy[other.id]]
    facts = {
        "no_common_slot": not common,
        "own_full": full[one.id],
        "partner_full": full[other.id],
        "no_table": bool(free) and all(load[slot] >= len(problem.tables) for slot in free),
    }
    return (
        facts[item.reason]
        if item.reason in facts
        else item.reason == "lower_value" and not any(facts.values()) and not free
    )


@pytest.mark.parametrize("name", list(EVENTS))
def test_every_reason_of_a_realistic_event_is_true(name: str) -> None:
    problem = EVENTS[name]
    plan = solve(problem, effort="quick")
    assert len(plan.unmet) > 20
    assert [item for item in plan.unmet if not is_true(problem, plan, item)] == []
    assert violations(problem, plan) == ()


@pytest.mark.parametrize("name", list(EVENTS))
def test_the_referee_refuses_every_other_reason_that_is_not_true(name: str) -> None:
    problem = EVENTS[name]
    plan = solve(problem, effort="quick")
    for number, item in enumerate(plan.unmet[:12]):
        for reason in (
            "own_full",
            "partner_full",
            "no_common_slot",
            "no_table",
            "lower_value",
            "excluded",
            "same_company",
        ):
            stated = replace(item, reason=reason)
            told = replace(plan, unmet=(*plan.unmet[:number], stated, *plan.unmet[number + 1 :]))
            holds = reason not in ("excluded", "same_company") and is_true(problem, told, stated)
            assert ({found.rule for found in violations(problem, told)} <= {"details_are_true"}) == holds


def reason_of(problem: Problem, *pair: str) -> str:
    return {(item.asking, item.asked): item.reason for item in solve(problem, effort="quick").unmet}[pair[0], pair[1]]


def test_reasons_that_forbid_come_before_reasons_that_lack() -> None:
    """Ana's one meeting is fixed, so her agenda is full; what could never be is said first."""
    leaders = [
        leader("Ana", max_meetings=1, company="one"),
        leader("Bob", company="one"),
        "Cid",
        leader("Dan", unavailable=frozenset({"1400", "1420", "1440"})),
        "Eve",
    ]
    requests = [("Ana", name) for name in ("Bob", "Cid", "Dan", "Eve")]
    problem = a_problem(
        leaders, requests, limits=Limits(0, 3), excluded=[("Ana", "Cid")], fixed=[Fixed(("Ana", "Eve"), "1400")]
    )
    assert [reason_of(problem, "Ana", name) for name in ("Bob", "Cid", "Dan")] == [
        "same_company",
        "excluded",
        "no_common_slot",
    ]
    assert allowed_slots(problem, ("Ana", "Eve")) == ["1400", "1420", "1440"]
    asked = replace(problem, requests=(*problem.requests, Request("Ana", "gone", 9)))
    assert reason_of(asked, "Ana", "gone") == "unknown_partner"
