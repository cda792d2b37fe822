"""The stages of the solver by themselves: bounds that hold, kernels that do the same compiled and as plain Python."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations, product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from numba.core.registry import CPUDispatcher

from benchmarks.instances import Size, an_event
from tasks.schedule import agendas, homing, kempe, seating, sweeps, trades
from tasks.schedule.anchor import anchor_of, closer, placed_near
from tasks.schedule.budget import Search, Stopwatch
from tasks.schedule.candidates import Arena
from tasks.schedule.choice import ChoiceModel
from tasks.schedule.completion import complete
from tasks.schedule.figures import objective_of
from tasks.schedule.gap_bound import gap_bound
from tasks.schedule.gaps import gaps_on
from tasks.schedule.hall import Cut, crowded_slots, violated_cuts
from tasks.schedule.plan import Bounds, Objective, Plan
from tasks.schedule.problem import Fixed, Problem
from tasks.schedule.slots import Placement, place, placement_of
from tasks.schedule.solver import assemble
from tasks.schedule.table_bound import change_bound
from tasks.schedule.tables import links_of, seat_all
from tasks.schedule.timetable import within_tables
from tests.schedule.builders import a_problem, leader, problems
from tests.schedule.searches import with_fewer_gaps

calmly = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def watch() -> Stopwatch:
    return Stopwatch(60)


@pytest.fixture
def interpreted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace every compiled kernel by the Python function that it was compiled from."""
    for module in (agendas, homing, kempe, seating, sweeps, trades):
        for name, kernel in list(vars(module).items()):
            if isinstance(kernel, CPUDispatcher):
                monkeypatch.setattr(module, name, kernel.py_func)


CROWDED = Size(24, slots=6, tables_share=1 / 4)
"""Few slots, few tables: placing needs exchanges of chains and evening out."""


def a_whole_run(problem: Problem) -> tuple[object, ...]:
    arena = Arena(problem)
    chosen = ChoiceModel(arena, watch()).solve().chosen
    board = place(arena, chosen, 1, watch())
    placed = board.board.slot.tolist()
    moved = with_fewer_gaps(arena, board, rounds=60)
    tables, _ = seat_all(arena, moved.assigned(), seed=1, moves=20, watch=watch())
    plan = assemble(arena, moved.assigned(), tables, Objective(), Bounds(), 1, watch())
    return placed, moved.board.slot.tolist(), tables, a_changed_run(problem, plan)


def a_changed_run(problem: Problem, earlier: Plan) -> tuple[list[int], dict[int, int]]:
    """Fewer tables, and a pair that must not meet: what settles near the earlier plan."""
    arena = Arena(replace(problem, excluded=(earlier.meetings[0].pair,), tables=problem.tables[:-1]))
    kept = anchor_of(arena, earlier)
    placed = placed_near(arena, ChoiceModel(arena, watch(), kept.pairs).solve().chosen, kept, Search(1, 1, watch()))
    slots = within_tables(arena, closer(arena, placed, kept))
    return sorted(slots), seat_all(arena, slots, seed=1, moves=20, watch=watch(), anchor=kept)[0]


def with_own_tables(problem: Problem) -> Problem:
    """Give the first two leaders one table, and the third another."""
    first, second, third, *others = problem.leaders
    one, other = problem.tables[:2]
    sitting = (replace(first, table=one), replace(second, table=one), replace(third, table=other))
    return replace(problem, leaders=(*sitting, *others))


EVENTS = {
    "crowded": an_event(CROWDED),
    "two days": an_event(Size(16, slots=8, days=2)),
    "own tables": with_own_tables(an_event(CROWDED, seed=2)),
}


@pytest.fixture
def compiled(name: str) -> tuple[object, ...]:
    """What the compiled kernels make of an event; to be asked for before ``interpreted``."""
    return a_whole_run(EVENTS[name])


@pytest.mark.parametrize("name", list(EVENTS))
def test_kernels_do_the_same_compiled_and_as_plain_python(
    name: str, compiled: tuple[object, ...], request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("interpreted")
    assert a_whole_run(EVENTS[name]) == compiled


@pytest.mark.usefixtures("interpreted")
@pytest.mark.parametrize("seed", range(6))
def test_everything_that_is_placed_keeps_places_availability_and_tables(seed: int) -> None:
    arena = Arena(an_event(Size(20, slots=5, tables_share=1 / 5), seed))
    board = place(arena, ChoiceModel(arena, watch()).solve().chosen, seed, watch())
    assert_sound(arena, board)
    moved = with_fewer_gaps(arena, board, rounds=20, seed=seed)
    assert_sound(arena, moved)
    assert gaps_on(arena, moved) <= gaps_on(arena, board)


def assert_sound(arena: Arena, board: Placement) -> None:
    seen = set()
    for position, slot in board.assigned().items():
        candidate = arena.candidates[position]
        assert candidate.slots >> slot & 1
        for who in (candidate.one, candidate.other):
            assert (who, slot) not in seen
            seen.add((who, slot))
    assert (board.unplaced, board.overload) == (0, 0)


def a_ring_of_five() -> Arena:
    """Five leaders in a ring, two slots: one meeting can never be placed, since the ring is odd."""
    names = ["Ana", "Bob", "Cid", "Dan", "Eve"]
    ring = list(zip(names, [*names[1:], names[0]], strict=True))
    return Arena(a_problem(names, ring, slot_count=2, tables=3))


@pytest.mark.usefixtures("interpreted")
def test_what_cannot_be_placed_stays_unplaced() -> None:
    arena = a_ring_of_five()
    board = place(arena, tuple(range(5)), 1, watch())
    assert (board.unplaced, board.overload) == (1, 0)


def test_a_full_slot_loses_the_cheapest_meeting_that_is_not_fixed() -> None:
    names = ["Ana", "Bob", "Cid", "Dan", "Eve", "Fay"]
    requests = [("Ana", "Bob"), ("Cid", "Dan"), ("Dan", "Cid"), ("Eve", "Fay")]
    arena = Arena(a_problem(names, requests, slot_count=1, tables=3, fixed=[Fixed(("Eve", "Fay"), "1400")]))
    full = placement_of(arena, (0, 1, 2), {0: 0, 1: 0, 2: 0})
    board = replace(full, board=full.board._replace(tables=2))
    assert (board.unplaced, board.overload) == (0, 1)
    assert within_tables(arena, board) == {1: 0, 2: 0}


def test_completion_adds_what_fits_and_is_worth_something() -> None:
    arena = Arena(a_problem(["Ana", "Bob", "Cid", "Dan"], [("Ana", "Bob"), ("Cid", "Dan"), ("Ana", "Cid")]))
    assert complete(arena, {}) == {0: 0, 2: 1, 1: 2}
    assert complete(arena, {0: 2}).keys() == {0, 1, 2}


def test_completion_respects_the_maximum_and_own_tables() -> None:
    leaders = [leader("Ana", max_meetings=1), leader("Bob", table="T1"), leader("Cid", table="T1"), "Dan"]
    arena = Arena(a_problem(leaders, [("Ana", "Bob"), ("Cid", "Dan"), ("Ana", "Dan")], slot_count=1))
    assert complete(arena, {0: 0}) == {0: 0}


@pytest.mark.parametrize(
    ("masks", "crowded"),
    [([], 0), ([0b1, 0b10], 0), ([0b1, 0b1], 0b1), ([0b11, 0b11, 0b11], 0b11), ([0b11, 0b01, 0b110], 0)],
)
def test_crowded_slots_are_found(masks: list[int], crowded: int) -> None:
    assert crowded_slots(masks) == crowded


@given(st.lists(st.integers(1, 15), max_size=5))
def test_crowded_slots_are_found_exactly_when_no_assignment_exists(masks: list[int]) -> None:
    fits = any(
        all(m >> s & 1 for m, s in zip(masks, order, strict=False)) for order in permutations(range(5), len(masks))
    )
    crowded = crowded_slots(masks)
    assert (crowded == 0) == fits
    if crowded:
        assert sum(mask & ~crowded == 0 for mask in masks) > crowded.bit_count()


def test_a_choice_respects_hall_for_each_leader() -> None:
    """Three ask Ana, all three only there in the first two slots."""
    late = frozenset({"1440"})
    names = ["Bob", "Cid", "Dan"]
    problem = a_problem(["Ana", *(leader(name, unavailable=late) for name in names)], [(name, "Ana") for name in names])
    arena = Arena(problem)
    assert violated_cuts(arena, (0, 1, 2)) == [Cut(leader=0, slots=0b11)]
    choice = ChoiceModel(arena, watch()).solve()
    assert (len(choice.chosen), choice.shortfall_bound) == (2, 1)


def gaps_by_hand(arena: Arena, chosen: tuple[int, ...]) -> int | None:
    """Return the least gaps over all placings of the chosen meetings, None when there is none."""
    options = [[at for at in range(arena.slot_count) if arena.candidates[p].slots >> at & 1] for p in chosen]
    found = []
    for slots in product(*options):
        board = dict(zip(chosen, slots, strict=True))
        places = [(who, at) for p, at in board.items() for who in (arena.candidates[p].one, arena.candidates[p].other)]
        full = any(slots.count(at) > len(arena.problem.tables) for at in slots)
        if len(set(places)) == len(places) and not full:
            found.append(objective_of(arena, board, dict.fromkeys(chosen, 0)).gaps)
    return min(found, default=None)


@calmly
@given(problems(most_leaders=5))
def test_the_gap_bound_holds_for_every_placing(problem: Problem) -> None:
    arena = Arena(replace(problem, fixed=(), leaders=tuple(replace(one, table=None) for one in problem.leaders)))
    chosen = ChoiceModel(arena, watch()).solve().chosen
    least = gaps_by_hand(arena, chosen)
    assume(least is not None)
    assert gap_bound(arena, chosen, nodes=100, watch=watch()) <= least
    board = place(arena, chosen, 1, watch())
    assert gaps_on(arena, with_fewer_gaps(arena, board, rounds=60)) <= least


def test_the_gap_bound_sees_full_tables() -> None:
    """One table, three slots, four leaders in a ring of three meetings: somebody waits."""
    arena = Arena(a_problem(["Ana", "Bob", "Cid"], [("Ana", "Bob"), ("Bob", "Cid"), ("Cid", "Ana")], tables=1))
    assert gap_bound(arena, (0, 1, 2), nodes=100, watch=watch()) == 1


def seatings(arena: Arena, slots: dict[int, int]) -> Iterator[dict[int, int]]:
    for tables in product(range(len(arena.problem.tables)), repeat=len(slots)):
        seats = [(slot, table) for slot, table in zip(slots.values(), tables, strict=True)]
        own = [arena.candidates[p].table for p in slots]
        if len(set(seats)) == len(seats) and all(o in (-1, t) for o, t in zip(own, tables, strict=True)):
            yield dict(zip(slots, tables, strict=True))


@calmly
@given(problems(most_leaders=5))
def test_the_table_bound_holds_for_every_seating_and_small_ones_are_best(problem: Problem) -> None:
    arena = Arena(replace(problem, fixed=()))
    board = place(arena, ChoiceModel(arena, watch()).solve().chosen, 1, watch())
    assume(board.unplaced == board.overload == 0)
    slots = board.assigned()
    least = min(objective_of(arena, slots, tables).table_changes for tables in seatings(arena, slots))
    tables, bound = seat_all(arena, slots, seed=1, moves=400, watch=watch())
    assert bound <= least
    assert objective_of(arena, slots, tables).table_changes == least


def test_a_ring_of_links_between_two_slots_lets_half_of_them_stay() -> None:
    names = ["Ana", "Bob", "Cid", "Dan"]
    arena = Arena(a_problem(names, [("Ana", "Bob"), ("Cid", "Dan"), ("Ana", "Cid"), ("Bob", "Dan")]))
    slots = {0: 0, 3: 0, 1: 1, 2: 1}
    links = list(links_of(arena, slots))
    assert (len(links), change_bound(arena, slots, links, watch())) == (4, 2)


def test_leaders_who_sit_at_two_own_tables_must_change() -> None:
    problem = a_problem(["Ana", leader("Bob", table="T1"), leader("Cid", table="T2")], [("Ana", "Bob"), ("Ana", "Cid")])
    slots = {0: 0, 1: 1}
    arena = Arena(problem)
    assert change_bound(arena, slots, list(links_of(arena, slots)), watch()) == 1
