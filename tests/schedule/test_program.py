"""Integer programs in arrays: the answer of trying everything, by whatever way it was found."""

from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ortools.math_opt.python import mathopt

from tasks.schedule import program
from tasks.schedule.budget import Stopwatch
from tasks.schedule.program import Program

calmly = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def watch() -> Stopwatch:
    return Stopwatch(60)


def packing(edges: list[tuple[int, int]], most: int) -> Program:
    """Choose edges so that no node has more than ``most``; odd rings make the best in fractions half of one."""
    packed = Program()
    columns = packed.add_columns(len(edges), is_whole=True)
    ends = np.array(edges, np.int64).reshape(-1, 2)
    packed.add_rows(6, (ends[:, 0], columns, 1), (ends[:, 1], columns, 1), upper=most)
    return packed


def best_packing(edges: list[tuple[int, int]], points: list[int], most: int) -> int:
    worth = []
    for taken in product((0, 1), repeat=len(edges)):
        count = np.zeros(6, np.int64)
        for one, edge in zip(taken, edges, strict=True):
            count[list(edge)] += one
        if count.max() <= most:
            worth.append(sum(one * point for one, point in zip(taken, points, strict=True)))
    return max(worth)


edge_lists = st.lists(st.sampled_from([(a, b) for a in range(6) for b in range(a + 1, 6)]), unique=True, max_size=9)


@calmly
@given(edge_lists, st.lists(st.integers(0, 20), min_size=9, max_size=9), st.integers(1, 2))
def test_the_best_is_that_of_trying_everything(edges: list[tuple[int, int]], points: list[int], most: int) -> None:
    points = points[: len(edges)]
    objective = np.array(points, np.float64)
    answer = packing(edges, most).solve(objective, watch(), is_maximum=True)
    assert answer.values is not None
    assert set(answer.values.round(6)) <= {0, 1}
    assert objective @ answer.values == pytest.approx(best_packing(edges, points, most))
    assert np.floor(answer.bound + 1e-6) == best_packing(edges, points, most)


def test_a_ring_is_whole_though_half_of_each_is_more_in_fractions() -> None:
    ring = packing([(0, 1), (1, 2), (0, 2)], 1)
    points = np.array([10.0, 10.0, 10.0])
    assert ring.in_fractions(points, watch(), is_maximum=True).bound == pytest.approx(15)
    assert ring.in_fractions(points, watch(), is_maximum=True).prices[:3] == pytest.approx([5, 5, 5])
    assert ring.solve(points, watch(), is_maximum=True).bound == pytest.approx(10)


def test_what_costs_much_to_move_is_held_and_what_costs_little_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ring in which something must give, beside a pair of which one is clearly better."""
    both = packing([(0, 1), (1, 2), (0, 2), (3, 4), (3, 5)], 1)
    points = np.array([10.0, 11.0, 10.0, 90.0, 1.0])
    searched: list[int] = []
    whole = Program.in_whole

    def counted(self: Program, *args: object, **named: object) -> program.Answer:
        held = named.get("held")
        searched.append(0 if held is None else int(np.count_nonzero(held)))
        return whole(self, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Program, "in_whole", counted)
    answer = both.solve(points, watch(), is_maximum=True)
    assert answer.values is not None
    assert points @ answer.values == pytest.approx(101)
    assert searched == [1]


def test_where_every_width_is_too_small_nothing_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "_SHARES", ())
    ring = packing([(0, 1), (1, 2), (0, 2)], 1)
    assert ring.solve(np.array([10.0, 11.0, 12.0]), watch(), is_maximum=True).bound == pytest.approx(12)


def test_nothing_keeps_rows_that_contradict_one_another() -> None:
    empty = Program()
    (column,) = empty.add_columns(1, is_whole=True)
    empty.add_rows(1, (0, column, 1), lower=2)
    answer = empty.solve(np.ones(1), watch(), is_maximum=True)
    assert (answer.values, answer.is_possible) == (None, False)


def test_a_limit_replaces_the_upper_end_of_a_row() -> None:
    limited = Program()
    columns = limited.add_columns(3, is_whole=True)
    (row,) = limited.add_rows(1, (0, columns, 1), upper=3)
    found = []
    for most in (2, 1, 3):
        limited.limit(int(row), most)
        found.append(limited.solve(np.ones(3), watch(), is_maximum=True).bound)
    assert found == pytest.approx([2, 1, 3])


def test_least_of_all_is_found_as_well() -> None:
    cover = Program()
    columns = cover.add_columns(3, is_whole=True)
    cover.add_rows(3, ([0, 0, 1, 1, 2, 2], columns[[0, 1, 1, 2, 0, 2]], 1), lower=1)
    answer = cover.solve(np.array([2.0, 3.0, 4.0]), watch(), is_maximum=False)
    assert answer.values is not None
    assert np.array([2.0, 3.0, 4.0]) @ answer.values == pytest.approx(5)
    assert np.ceil(answer.bound - 1e-6) == 5


def test_a_program_without_columns_is_solved() -> None:
    answer = Program().solve(np.zeros(0), watch(), is_maximum=True)
    assert (answer.is_possible, answer.bound) == (True, 0)


@pytest.mark.parametrize("error", [AttributeError, mathopt.InternalMathOptError])
def test_what_highs_gives_up_on_is_solved_all_the_same(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    edges, points = [(0, 1), (1, 2), (0, 2), (3, 4)], [5, 4, 3, 2]
    solve = mathopt.solve

    def fails(model: mathopt.Model, solver: mathopt.SolverType, **named: object) -> mathopt.SolveResult:
        if solver == mathopt.SolverType.HIGHS:
            raise error
        return solve(model, solver, **named)

    monkeypatch.setattr(mathopt, "solve", fails)
    answer = packing(edges, 1).solve(np.array(points, float), watch(), is_maximum=True)
    assert answer.bound == best_packing(edges, points, 1) == 7
