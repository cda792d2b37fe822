"""Placing meetings in slots: the kernels do the same compiled and as plain Python, and even out what can be even."""

import numpy as np
import pytest
from numba.core.registry import CPUDispatcher

from benchmarks.instances import Size, an_event
from tasks.schedule import kempe, placing, settling, slots
from tasks.schedule.budget import Stopwatch
from tasks.schedule.candidates import Arena
from tasks.schedule.choice import ChoiceModel
from tasks.schedule.slots import Placement, place, placement_of
from tests.schedule.builders import a_problem, leader

CROWDED = Size(24, slots=6, tables_share=1 / 4, is_scarce=True)


def arena_and_choice(seed: int, size: Size = CROWDED) -> tuple[Arena, tuple[int, ...]]:
    arena = Arena(an_event(size, seed))
    return arena, ChoiceModel(arena, Stopwatch(60)).solve().chosen


@pytest.fixture
def interpreted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace every compiled kernel by the Python function that it was compiled from, and search less."""
    monkeypatch.setattr(slots, "_MOVES", 60)
    for module in (kempe, placing, settling):
        for name, kernel in list(vars(module).items()):
            if isinstance(kernel, CPUDispatcher):
                monkeypatch.setattr(module, name, kernel.py_func)


def compiled(seed: int) -> list[int]:
    arena, chosen = arena_and_choice(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slots, "_MOVES", 60)
        return place(arena, chosen, seed, Stopwatch(60)).board.slot.tolist()


COMPILED = {seed: compiled(seed) for seed in (1, 2, 3)}


@pytest.mark.usefixtures("interpreted")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_placing_does_the_same_compiled_and_as_plain_python(seed: int) -> None:
    arena, chosen = arena_and_choice(seed)
    placed = place(arena, chosen, seed, Stopwatch(60))
    assert placed.board.slot.tolist() == COMPILED[seed]
    assert_consistent(arena, placed)


def assert_consistent(arena: Arena, placed: Placement) -> None:
    """Grid and load say what the slots say, and nobody is at two places at once."""
    board = placed.board
    anew = placement_of(arena, placed.chosen, placed.assigned())
    assert np.array_equal(anew.board.grid, board.grid)
    assert np.array_equal(anew.board.load, board.load)
    assert np.count_nonzero(board.grid >= 0) == 2 * len(placed.assigned())
    assert all(arena.candidates[p].slots >> at & 1 for p, at in placed.assigned().items())


@pytest.mark.usefixtures("interpreted")
def test_the_meeting_with_the_fewest_free_slots_is_placed_first() -> None:
    """Bob's meeting with Ana fits one slot only, and it would be lost if that with Cid took it first."""
    late = leader("Ana", unavailable=frozenset({"1400", "1420"}))
    arena = Arena(a_problem([late, "Bob", "Cid"], [("Bob", "Cid"), ("Ana", "Bob")]))
    placed = placement_of(arena, (0, 1))
    assert placing.place_all(placed.board) == 0
    assert placed.assigned() == {0: 2, 1: 0}


@pytest.mark.usefixtures("interpreted")
def test_a_chain_frees_a_slot() -> None:
    """Bob and Cid meet in the slot that Ana and Bob need, and could as well meet in the other."""
    early = leader("Ana", unavailable=frozenset({"1420"}))
    arena = Arena(a_problem([early, "Bob", "Cid"], [("Ana", "Bob"), ("Bob", "Cid")], slot_count=2))
    placed = placement_of(arena, (0, 1), {1: 0})
    assert placing.place_all(placed.board) == 0
    assert placed.assigned() == {0: 0, 1: 1}


@pytest.mark.usefixtures("interpreted")
def test_what_finds_no_slot_is_counted() -> None:
    arena = Arena(a_problem(["Ana", "Bob", "Cid"], [("Ana", "Bob"), ("Ana", "Cid"), ("Bob", "Cid")], slot_count=2))
    placed = placement_of(arena, (0, 1, 2))
    assert placing.place_all(placed.board) == placed.unplaced == 1


@pytest.mark.usefixtures("interpreted")
def test_full_slots_share_what_one_cannot_hold() -> None:
    names = [f"L{number}" for number in range(12)]
    arena = Arena(a_problem(names, list(zip(names[::2], names[1::2], strict=True)), slot_count=3))
    placed = placement_of(arena, tuple(range(6)), dict.fromkeys(range(6), 0))
    assert placed.overload == 4
    assert settling.settle(np.random.default_rng(1), 10_000, 0.3, 0.1, placed.board) == 0
    assert placed.board.load.tolist() == [2, 2, 2]
    assert_consistent(arena, placed)


@pytest.mark.usefixtures("interpreted")
def test_settling_without_a_proposal_changes_nothing() -> None:
    arena = Arena(a_problem(["Ana", "Bob", "Cid", "Dan"], [("Ana", "Bob"), ("Cid", "Dan")], tables=1))
    placed = placement_of(arena, (0, 1), {0: 0, 1: 0})
    assert settling.settle(np.random.default_rng(1), 0, 0.3, 0.1, placed.board) == 1
    assert placed.assigned() == {0: 0, 1: 0}


@pytest.mark.parametrize("seed", range(1, 4))
def test_every_seat_of_every_slot_is_used_where_it_must_be(seed: int) -> None:
    arena, chosen = arena_and_choice(seed, Size(120, tables_share=1 / 4))
    placed = place(arena, chosen, seed, Stopwatch(60))
    assert (len(chosen), placed.is_complete) == (12 * 30, True)
    assert_consistent(arena, placed)
