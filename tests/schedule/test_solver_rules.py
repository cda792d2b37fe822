"""The rules of the referee once more, for the solver: a case in which it would like to break each of them."""

from dataclasses import replace

import pytest

from tasks.schedule.conflicts import sentence_of, smallest_conflict
from tasks.schedule.plan import Plan
from tasks.schedule.problem import Fixed, Limits, Problem
from tasks.schedule.referee import violations
from tasks.schedule.solver import solve
from tests.schedule.builders import WEIGHTS, a_problem, leader, slot_of, tables_of


def solved(problem: Problem) -> Plan:
    plan = solve(problem, effort="quick")
    assert violations(problem, plan) == ()
    return plan


def pairs_of(plan: Plan) -> list[tuple[str, str]]:
    return [meeting.pair for meeting in plan.meetings]


def unmet_of(plan: Plan) -> list[tuple[str, str, str]]:
    return [(item.asking, item.asked, item.reason) for item in plan.unmet]


def test_nobody_at_all_gives_an_empty_plan() -> None:
    plan = solved(a_problem([], []))
    assert (plan.status, plan.meetings, plan.unmet) == ("optimal", (), ())


def test_one_leader_alone_meets_nobody() -> None:
    plan = solved(a_problem(["Ana"], [("Ana", "gone")]))
    assert (pairs_of(plan), unmet_of(plan)) == ([], [("Ana", "gone", "unknown_partner")])


def test_pair_meets_once_though_both_asked() -> None:
    plan = solved(a_problem(requests=[("Ana", "Bob"), ("Bob", "Ana")]))
    assert pairs_of(plan) == [("Ana", "Bob")]
    assert plan.objective.value == 2 * 100 + 50 + 2 * 60


def test_only_requested_or_fixed_pairs_meet() -> None:
    plan = solved(a_problem(["Ana", "Bob", "Cid"], [("Ana", "Bob")], fixed=[Fixed(("Bob", "Cid"), "1420")]))
    assert pairs_of(plan) == [("Ana", "Bob"), ("Bob", "Cid")]
    assert slot_of(plan, "Bob", "Cid") == "1420"


def test_not_of_one_company() -> None:
    plan = solved(a_problem([leader("Ana", company="Mill"), leader("Bob", company="Mill")]))
    assert unmet_of(plan) == [("Ana", "Bob", "same_company")]


def test_not_excluded() -> None:
    plan = solved(a_problem(excluded=[("Bob", "Ana")]))
    assert unmet_of(plan) == [("Ana", "Bob", "excluded")]


def test_one_meeting_per_slot() -> None:
    problem = a_problem(["Ana", "Bob", "Cid"], [("Ana", "Bob"), ("Ana", "Cid")], slot_count=1)
    assert pairs_of(solved(problem)) == [("Ana", "Bob")]
    assert unmet_of(solved(problem)) == [("Ana", "Cid", "own_full")]


def test_both_available() -> None:
    leaders = [leader("Ana", unavailable=frozenset({"1400"})), leader("Bob", unavailable=frozenset({"1440"}))]
    assert slot_of(solved(a_problem(leaders)), "Ana", "Bob") == "1420"
    apart = [leader("Ana", unavailable=frozenset({"1400"})), leader("Bob", unavailable=frozenset({"1420", "1440"}))]
    assert unmet_of(solved(a_problem(apart))) == [("Ana", "Bob", "no_common_slot")]


def test_within_maximum() -> None:
    requests = [("Ana", "Bob"), ("Ana", "Cid"), ("Bob", "Cid")]
    plan = solved(a_problem(["Ana", "Bob", leader("Cid", max_meetings=1)], requests))
    assert pairs_of(plan) == [("Ana", "Bob"), ("Bob", "Cid")]
    assert unmet_of(plan) == [("Ana", "Cid", "partner_full")]


def test_within_maximum_of_the_limits() -> None:
    names = ["Ana", "Bob", "Cid", "Dan"]
    plan = solved(a_problem(names, [("Ana", name) for name in names[1:]], limits=Limits(1, 2)))
    assert len(plan.meetings) == 2
    assert plan.objective.shortfall == plan.bounds.shortfall == 1


def test_one_meeting_per_table() -> None:
    plan = solved(a_problem(["Ana", "Bob", "Cid", "Dan"], [("Ana", "Bob"), ("Cid", "Dan")], slot_count=1, tables=1))
    assert len(plan.meetings) == 1
    assert [item.reason for item in plan.unmet] == ["no_table"]


def test_own_table_is_kept() -> None:
    plan = solved(
        a_problem(["Ana", leader("Bob", table="T2"), "Cid"], [("Ana", "Bob"), ("Bob", "Cid"), ("Ana", "Cid")])
    )
    assert tables_of(plan, "Bob") == ["T2", "T2"]


def test_own_table_of_two_leaders_holds_one_meeting_per_slot() -> None:
    leaders = [leader("Ana", table="T1"), leader("Bob", table="T1"), "Cid", "Dan"]
    plan = solved(a_problem(leaders, [("Ana", "Cid"), ("Bob", "Dan")], slot_count=2))
    assert {slot_of(plan, "Ana", "Cid"), slot_of(plan, "Bob", "Dan")} == {"1400", "1420"}


def test_fixed_meetings_stand() -> None:
    plan = solved(a_problem(fixed=[Fixed(("Bob", "Ana"), "1440", "T2")]))
    assert [(m.pair, m.slot, m.table) for m in plan.meetings] == [(("Ana", "Bob"), "1440", "T2")]


def test_a_fixed_meeting_at_anothers_own_table_pushes_that_one_to_another_slot() -> None:
    leaders = ["Ana", "Bob", leader("Cid", table="T1"), "Dan"]
    plan = solved(a_problem(leaders, [("Cid", "Dan")], slot_count=2, fixed=[Fixed(("Ana", "Bob"), "1400", "T1")]))
    assert slot_of(plan, "Cid", "Dan") == "1420"


def test_shortfall_comes_before_value() -> None:
    """One table, one slot each: Ana and Bob are worth more together, but Cid would then have nobody."""
    leaders = ["Ana", "Bob", "Cid", leader("Dan", max_meetings=1)]
    requests = [("Ana", "Dan"), ("Dan", "Ana"), ("Ana", "Bob"), ("Cid", "Dan")]
    plan = solved(a_problem(leaders, requests))
    assert plan.objective.shortfall == 0
    assert pairs_of(plan) == [("Ana", "Bob"), ("Cid", "Dan")]


def test_gaps_are_closed_where_they_can_be() -> None:
    plan = solved(a_problem(["Ana", "Bob", "Cid"], [("Ana", "Bob"), ("Bob", "Cid")], slot_count=6))
    assert (plan.objective.gaps, plan.bounds.gaps) == (0, 0)


def test_three_who_all_meet_cannot_all_meet_without_waiting() -> None:
    plan = solved(a_problem(["Ana", "Bob", "Cid"], [("Ana", "Bob"), ("Ana", "Cid"), ("Bob", "Cid")], slot_count=6))
    assert plan.objective.gaps == 1


def test_a_gap_never_spans_two_sessions() -> None:
    fixed = [Fixed(("Ana", "Bob"), "1400"), Fixed(("Ana", "Cid"), "1500")]
    names = ["Ana", "Bob", "Cid"]
    one = solved(a_problem(names, [], slot_count=4, sessions=1, fixed=fixed))
    two = solved(a_problem(names, [], slot_count=4, sessions=2, fixed=fixed))
    assert (one.objective.gaps, one.objective.breaks) == (2, 1)
    assert (two.objective.gaps, two.objective.breaks) == (0, 0)


def test_two_waits_apart_are_two_breaks() -> None:
    fixed = [Fixed(("Ana", name), slot) for name, slot in (("Bob", "1400"), ("Cid", "1440"), ("Dan", "1520"))]
    plan = solved(a_problem(["Ana", "Bob", "Cid", "Dan"], [], slot_count=5, fixed=fixed))
    assert (plan.objective.gaps, plan.objective.breaks) == (2, 2)


def test_a_request_worth_nothing_is_left_for_lower_value() -> None:
    nothing = replace(WEIGHTS, rank_first=0, rank_step=0, rank_floor=0, mutual=0, gain=())
    plan = solved(a_problem(limits=Limits(0, 3), weights=nothing))
    assert plan.objective.value == 0


AWAY = leader("Ana", unavailable=frozenset({"1400"}))
ALIKE = [Fixed(("a", "b-c"), "1400"), Fixed(("a-b", "c"), "1400")]
NAMES = ["Ana", "Bob", "Cid", "Dan", "Eve", "Fay"]


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (
            a_problem([AWAY, "Bob"], fixed=[Fixed(("Ana", "Bob"), "1400")]),
            "a fixed meeting lies in a slot in which leader Ana is away: Ana with Bob at slot 1400.",
        ),
        (
            a_problem(
                [leader("Ana", company="Mill"), leader("Bob", company="Mill")], fixed=[Fixed(("Ana", "Bob"), "1400")]
            ),
            "a fixed meeting joins two leaders of company Mill: Ana with Bob at slot 1400.",
        ),
        (
            a_problem(excluded=[("Ana", "Bob")], fixed=[Fixed(("Ana", "Bob"), "1400")]),
            "a fixed meeting joins a pair that must not meet: Ana with Bob at slot 1400.",
        ),
        (
            a_problem(NAMES, limits=Limits(0, 1), fixed=[Fixed(("Ana", "Bob"), "1400"), Fixed(("Ana", "Cid"), "1420")]),
            (
                "leader Ana has more fixed meetings than the maximum of 1: "
                "Ana with Bob at slot 1400; Ana with Cid at slot 1420."
            ),
        ),
        (
            a_problem([leader("Ana", table="T1"), "Bob"], fixed=[Fixed(("Ana", "Bob"), "1400", "T2")]),
            "a fixed meeting is not at table T1, where its leader always sits: Ana with Bob at slot 1400.",
        ),
        (
            a_problem(
                [leader("Ana", table="T1"), *NAMES[1:]],
                fixed=[Fixed(("Ana", "Bob"), "1400"), Fixed(("Cid", "Dan"), "1400", "T1")],
            ),
            (
                "fixed meetings need the same table T1 in the same slot: "
                "Ana with Bob at slot 1400; Cid with Dan at slot 1400."
            ),
        ),
        (
            a_problem(NAMES, tables=1, fixed=[Fixed(("Ana", "Bob"), "1400"), Fixed(("Cid", "Dan"), "1400")]),
            (
                "slot 1400 has more fixed meetings than there are tables, 1: "
                "Ana with Bob at slot 1400; Cid with Dan at slot 1400."
            ),
        ),
        (
            a_problem(["a", "a-b", "b-c", "c"], [], tables=1, fixed=ALIKE),
            (
                "slot 1400 has more fixed meetings than there are tables, 1: "
                "a with b-c at slot 1400; a-b with c at slot 1400."
            ),
        ),
    ],
)
def test_what_cannot_hold_together_is_said(problem: Problem, expected: str) -> None:
    plan = solved(problem)
    assert plan.status == "infeasible"
    assert plan.conflict == smallest_conflict(problem)
    assert plan.conflict is not None
    assert str(sentence_of(problem, plan.conflict)) == expected
    assert Plan.from_json(plan.to_json()).conflict == plan.conflict


def test_what_was_said_to_clash_can_be_planned_once_one_of_it_is_gone() -> None:
    problem = a_problem([AWAY, "Bob"], fixed=[Fixed(("Ana", "Bob"), "1400")])
    assert solved(replace(problem, fixed=())).status == "optimal"
    assert solved(replace(problem, leaders=(leader("Ana"), leader("Bob")))).status == "optimal"
