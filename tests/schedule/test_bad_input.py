"""Bad and odd input: each case is refused with one sentence that names the item, or is a small case and solved."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tasks.errors import DataError
from tasks.schedule.plan import Plan
from tasks.schedule.problem import Fixed, Limits, Problem, Request
from tasks.schedule.referee import violations
from tasks.schedule.solver import solve
from tests.schedule.builders import WEIGHTS, a_problem, leader

NAN = float("nan")
SIX = ["Ana", "Bob", "Cid", "Dan", "Eve", "Fay"]
AT_TWO = (Fixed(("Ana", "Bob"), "1400"), Fixed(("Cid", "Dan"), "1400"), Fixed(("Eve", "Fay"), "1400"))


def solved(problem: Problem) -> Plan:
    plan = solve(problem, effort="quick")
    assert violations(problem, plan) == ()
    return plan


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (lambda: a_problem(["Ana", "Ana"], []), "leaders: Ana stands twice."),
        (lambda: a_problem(requests=[("Ana", "Bob"), ("Ana", "Bob")]), "requests: Ana Bob stands twice."),
        (lambda: replace(a_problem(), tables=("T1", "T1")), "tables: T1 stands twice."),
        (lambda: a_problem(requests=[("Ana", "Ana")]), "requests: leader Ana is paired with oneself."),
        (lambda: a_problem(requests=[("Zoe", "Ana")]), "requests Zoe-Ana: Zoe is not known."),
        (lambda: a_problem(slot_count=0), "slots: there is no slot."),
        (lambda: a_problem(tables=0), "tables: there is no table."),
        (
            lambda: a_problem(weights=replace(WEIGHTS, rank_first=NAN)),  # type: ignore[arg-type]
            "weights: a weight must be a whole number from 0, not nan.",
        ),
        (lambda: a_problem(limits=Limits(1, NAN)), "limits: max_meetings: nan is no whole number."),  # type: ignore[arg-type]
        (
            lambda: a_problem(limits=Limits(min_meetings=True, max_meetings=3)),
            "limits: min_meetings: True is no whole number.",
        ),
        (
            lambda: a_problem([leader("Ana", max_meetings=1.5), "Bob"]),
            "leaders: Ana: 1.5 is no whole number.",
        ),
        (
            lambda: replace(a_problem(), requests=(Request("Ana", "Bob", NAN),)),  # type: ignore[arg-type]
            "requests: Ana-Bob: nan is no whole number.",
        ),
        (
            lambda: a_problem(["Ana", "Bob", "Cid"], fixed=[Fixed(("Ana", one), "1400") for one in ("Bob", "Cid")]),
            "fixed: Ana 1400 stands twice.",
        ),
    ],
)
def test_nonsense_is_refused_with_one_sentence(made: Callable[[], Problem], expected: str) -> None:
    with pytest.raises(DataError) as refused:
        made()
    assert str(refused.value).splitlines() == [expected, "Correct the file and call again."]


@pytest.mark.parametrize(
    ("problem", "items"),
    [
        (a_problem(SIX, [], fixed=AT_TWO), ("1400 2", "Ana-Bob 1400", "Cid-Dan 1400", "Eve-Fay 1400")),
        (
            a_problem(
                SIX, [], limits=Limits(0, 1), fixed=[Fixed(("Ana", "Bob"), "1400"), Fixed(("Ana", "Cid"), "1420")]
            ),
            ("Ana 1", "Ana-Bob 1400", "Ana-Cid 1420"),
        ),
        (
            a_problem([leader("Ana", max_meetings=0), "Bob"], fixed=[Fixed(("Ana", "Bob"), "1400")]),
            ("Ana 0", "Ana-Bob 1400"),
        ),
    ],
)
def test_what_cannot_be_planned_names_a_smallest_set(problem: Problem, items: tuple[str, ...]) -> None:
    plan = solved(problem)
    assert plan.conflict is not None
    assert (plan.status, plan.conflict.items) == ("infeasible", items)
    kept = [item for item in problem.fixed if item.name in items]
    for gone in kept:
        rest = tuple(item for item in problem.fixed if item != gone)
        assert solved(replace(problem, fixed=rest)).status == "optimal"


def test_as_many_fixed_meetings_as_tables_are_planned_at_a_limit_that_just_holds_them() -> None:
    plan = solved(a_problem(SIX, [], tables=3, limits=Limits(0, 1), fixed=AT_TWO))
    assert (plan.status, len(plan.meetings)) == ("optimal", 3)


def test_nobody_asks_for_anything() -> None:
    plan = solved(a_problem(requests=[]))
    assert (plan.status, plan.meetings, plan.objective.shortfall) == ("optimal", (), 0)


def test_one_leader_is_alone() -> None:
    assert solved(a_problem(["Ana"], [])).status == "optimal"


def test_ten_thousand_requests_by_one_leader_fill_the_leader_s_day_with_the_dearest() -> None:
    names = [f"L{number:05d}" for number in range(10_001)]
    problem = a_problem(names, [(names[0], name) for name in names[1:]], slot_count=12, limits=Limits(4, 10))
    plan = solved(problem)
    assert plan.status == "optimal"
    assert [meeting.pair for meeting in plan.meetings] == [(names[0], name) for name in names[1:11]]
    assert {item.reason for item in plan.unmet} == {"own_full"}
    assert len(plan.unmet) == 9990
