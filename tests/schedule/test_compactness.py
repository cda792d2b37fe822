"""The price of compactness: fewer tables, fewer idle slots, less value; own tables and fixed meetings stay."""

from dataclasses import replace
from itertools import pairwise

import pytest

from benchmarks.instances import Size, an_event
from tasks.errors import InfeasibleError
from tasks.schedule.budget import Stopwatch
from tasks.schedule.compactness import Point, curve, table_of, with_free_tables
from tasks.schedule.problem import Fixed, Problem
from tasks.schedule.solver import solve
from tests.schedule.builders import a_problem, leader


def points(problem: Problem, seconds: float = 60) -> list[Point]:
    return list(curve(problem, seed=1, effort="quick", watch=Stopwatch(seconds)))


def test_more_free_tables_never_raise_the_value_and_the_first_point_is_the_plan() -> None:
    event = an_event(Size(30, tables_share=1 / 3))
    found = points(event)
    plan = solve(event, effort="quick")
    assert [point.free_tables for point in found] == [0, 1, 2, 3, 5, 8]
    first = found[0]
    assert (first.meetings, first.shortfall, first.value, first.gaps) == (
        len(plan.meetings), plan.objective.shortfall, plan.objective.value, plan.objective.gaps,
    )  # fmt: skip
    for before, after in pairwise(found):
        assert (-after.shortfall, after.value) <= (-before.shortfall, before.value)
    assert all(point.value <= point.value_bound and point.gaps >= point.gaps_bound for point in found)
    assert found[-1].gaps < found[0].gaps


def test_tables_that_somebody_owns_stay() -> None:
    fixed = [Fixed(("Bob", "Cid"), "1400", "T3")]
    problem = a_problem([leader("Ana", table="T4"), "Bob", "Cid"], [], tables=4, fixed=fixed)
    assert [smaller and smaller.tables for smaller in (with_free_tables(problem, n) for n in range(4))] == [
        ("T1", "T2", "T3", "T4"),
        ("T1", "T3", "T4"),
        ("T3", "T4"),
        None,
    ]
    assert with_free_tables(a_problem(tables=2), 2) is None


def test_a_point_that_fixed_meetings_forbid_is_left_out() -> None:
    names = ["Ana", "Bob", "Cid", "Dan"]
    fixed = [Fixed(("Ana", "Bob"), "1400"), Fixed(("Cid", "Dan"), "1400")]
    assert [point.free_tables for point in points(a_problem(names, [], tables=3, fixed=fixed))] == [0, 1]


def test_a_problem_without_plan_is_refused_with_its_conflict() -> None:
    away = leader("Ana", unavailable=frozenset({"1400"}))
    with pytest.raises(InfeasibleError, match="leader Ana is away: Ana with Bob at slot 1400"):
        points(a_problem([away, "Bob"], fixed=[Fixed(("Ana", "Bob"), "1400")]))


def test_without_time_there_is_no_point() -> None:
    assert points(a_problem(), seconds=-1) == []
    assert [str(line) for line in table_of([])] == ["No curve: the time was over before the first point."]


def test_the_table_shows_shares_and_bars() -> None:
    first = Point(0, meetings=40, shortfall=0, value=1000, value_bound=1000, gaps=12, gaps_bound=10)
    found = table_of([first, replace(first, free_tables=5, value=975, gaps=3, gaps_bound=3, shortfall=1)])
    assert [str(line).split() for line in found[1:3]] == [
        ["0", "40", "1000", "100.0%", "12", "10", "0", "█" * 24],
        ["5", "40", "975", "97.5%", "3", "3", "1", "█" * 6],
    ]
    assert str(found[-1]) == "To plan with a choice: rencontres schedule --free-tables N"
