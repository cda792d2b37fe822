"""Sorters against sorted(): every output is forced, and to the right value."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from tasks.schedule.sorters import merged, sorted_literals

calmly = settings(max_examples=80, deadline=None, derandomize=True)
bits = st.booleans()


def constants(model: cp_model.CpModel, values: Sequence[bool]) -> list[cp_model.IntVar]:
    literals = [model.new_bool_var("") for _ in values]
    for literal, value in zip(literals, values, strict=True):
        model.add_bool_or([literal if value else ~literal])
    return literals


def is_forced(model: cp_model.CpModel, outputs: Sequence[cp_model.IntVar], expected: Sequence[bool]) -> bool:
    """Whether the outputs can have the expected values and no others."""
    assert len(outputs) == len(expected)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    if solver.solve(model) != cp_model.OPTIMAL or [solver.boolean_value(o) for o in outputs] != list(expected):
        return False
    model.add_bool_or([~out if value else out for out, value in zip(outputs, expected, strict=True)])
    return solver.solve(model) == cp_model.INFEASIBLE


@calmly
@given(st.lists(bits, max_size=40), st.integers(0, 42))
def test_a_sorter_puts_the_true_ones_first_and_gives_as_many_outputs_as_are_wanted(
    values: list[bool], most: int
) -> None:
    model = cp_model.CpModel()
    outputs = sorted_literals(model, constants(model, values), most)
    assert is_forced(model, outputs, sorted(values, reverse=True)[:most])


@calmly
@given(st.integers(0, 24), st.integers(0, 24), st.integers(0, 24), st.integers(0, 24), st.integers(0, 50))
def test_a_merger_sorts_what_is_sorted_in_two_parts(one: int, more: int, other: int, rest: int, most: int) -> None:
    first, second = [True] * one + [False] * more, [True] * other + [False] * rest
    model = cp_model.CpModel()
    outputs = merged(model, constants(model, first), constants(model, second), most)
    assert is_forced(model, outputs, sorted(first + second, reverse=True)[:most])


def test_outputs_speak_of_inputs_too() -> None:
    model = cp_model.CpModel()
    inputs = [model.new_bool_var("") for _ in range(20)]
    outputs = sorted_literals(model, inputs, 20)
    model.add_bool_or([outputs[6]])
    model.add_bool_or([~outputs[7]])
    for literal in inputs[:9]:
        model.add_bool_or([~literal])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    assert sum(map(solver.boolean_value, inputs[9:])) == 7
