"""The bound on table changes: true of every seating, exact where long stays force a change, solver or no solver."""

from itertools import permutations, product
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ortools.math_opt.python import mathopt

from benchmarks.instances import Size, an_event
from tasks.schedule import table_bound
from tasks.schedule.budget import Stopwatch
from tasks.schedule.candidates import Arena
from tasks.schedule.relaxation import Relaxation
from tasks.schedule.solver import solve
from tasks.schedule.table_bound import change_bound
from tasks.schedule.tables import links_of
from tests.schedule.builders import a_problem, leader

calmly = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def watch() -> Stopwatch:
    return Stopwatch(60)


def bound_of(arena: Arena, slots: dict[int, int]) -> int:
    return change_bound(arena, slots, list(links_of(arena, slots)), watch())


def fewest_by_hand(arena: Arena, slots: dict[int, int]) -> int | None:
    """The least changes over all seatings, slot by slot: what counts of the past is each leader's last table."""
    reached: dict[tuple[int, ...], int] = {(-1,) * len(arena.available): 0}
    for at in range(arena.slot_count):
        here = [arena.candidates[p] for p in slots if slots[p] == at]
        found: dict[tuple[int, ...], int] = {}
        for (last, changes), seats_ in product(
            reached.items(), permutations(range(len(arena.problem.tables)), len(here))
        ):
            if any(one.table not in (-1, seat) for one, seat in zip(here, seats_, strict=True)):
                continue
            now = dict(enumerate(last)) | {
                who: t for one, t in zip(here, seats_, strict=True) for who in (one.one, one.other)
            }
            moved = sum(last[who] not in (-1, table) for who, table in now.items())
            key = tuple(now.values())
            found[key] = min(found.get(key, changes + moved), changes + moved)
        reached = found
    return min(reached.values(), default=None)


@st.composite
def timetables(draw: st.DrawFn) -> tuple[Arena, dict[int, int]]:
    """Up to five slots of up to three meetings at three tables, so that leaders sit out one, two or three slots."""
    names = [f"L{number}" for number in range(draw(st.integers(3, 7)))]
    own = {name: draw(st.sampled_from([None, None, None, None, None, "T1", "T2"])) for name in names}
    slot_count, tables = draw(st.integers(2, 5)), draw(st.integers(1, 3))
    met: dict[tuple[str, str], int] = {}
    for at in range(slot_count):
        free, seats = draw(st.permutations(names)), set[str]()
        for one, other in zip(free[::2], free[1::2], strict=False):
            pair = (min(one, other), max(one, other))
            seat = own[pair[0]] or own[pair[1]]
            here = sum(slot == at for slot in met.values())
            if (
                pair not in met
                and here < tables
                and seat not in seats
                and seat in (None, *(f"T{n + 1}" for n in range(tables)))
            ):
                met[pair] = at
                seats |= {seat} if seat else set()
    found = {name: table if table in {f"T{n + 1}" for n in range(tables)} else None for name, table in own.items()}
    problem = a_problem(
        [leader(name, table=found[name]) for name in names], list(met), slot_count=slot_count, tables=tables
    )
    arena = Arena(problem)
    return arena, {p: met[arena.pair_ids(candidate)] for p, candidate in enumerate(arena.candidates)}


@calmly
@given(timetables())
def test_no_seating_has_fewer_changes_than_the_bound(drawn: tuple[Arena, dict[int, int]]) -> None:
    arena, slots = drawn
    least = fewest_by_hand(arena, slots)
    if least is not None:
        assert bound_of(arena, slots) <= least


def seats(arena: Arena, **at: int) -> dict[int, int]:
    """Slots by pair, written Ana_Bob=0."""
    number = {arena.pair_ids(candidate): p for p, candidate in enumerate(arena.candidates)}
    return {number[tuple(sorted(name.split("_")))]: slot for name, slot in at.items()}  # type: ignore[index]  # two names


def test_a_partner_who_stays_next_lets_a_long_stay_return_only_with_the_partner() -> None:
    """One table: whoever is at it stays, whatever lies between."""
    arena = Arena(a_problem(["Ana", "Bob", "Cid", "Dan"], [("Ana", "Bob"), ("Bob", "Cid"), ("Ana", "Dan")], tables=1))
    assert bound_of(arena, seats(arena, Ana_Bob=0, Bob_Cid=1, Ana_Dan=2)) == 0


def test_a_long_stay_that_costs_two_direct_ones_is_not_taken() -> None:
    """Bob goes on with Cid and Dan comes from Eve: Ana's seat for Dan in the third slot cannot be kept beside both."""
    names = ["Ana", "Bob", "Cid", "Dan", "Eve"]
    requests = [("Ana", "Bob"), ("Bob", "Cid"), ("Dan", "Eve"), ("Ana", "Dan")]
    arena = Arena(a_problem(names, requests, tables=2))
    slots = seats(arena, Ana_Bob=0, Bob_Cid=1, Dan_Eve=1, Ana_Dan=2)
    assert (fewest_by_hand(arena, slots), bound_of(arena, slots)) == (1, 1)


def test_a_program_is_bounded_by_any_multipliers() -> None:
    program = Relaxation()
    first, second = program.add_column(1), program.add_column(1)
    program.at_most(1, [first, second])
    program.at_most(1, [first])
    assert program.upper == [1]
    assert [program.most(np.array([weight])) for weight in (0.0, 0.5, 1.0, 3.0)] == [2.0, 1.5, 1.0, 3.0]


def test_without_time_the_bound_is_weak_and_still_true(monkeypatch: pytest.MonkeyPatch) -> None:
    event = an_event(Size(40))
    arena, plan = Arena(event), solve(event, effort="quick")
    number = {arena.pair_ids(candidate): p for p, candidate in enumerate(arena.candidates)}
    slots = {number[m.pair]: arena.slot_position[m.slot] for m in plan.meetings}
    strong = bound_of(arena, slots)
    monkeypatch.setattr(table_bound, "_MOST_ITERATIONS", 1)
    weak = bound_of(arena, slots)
    assert 0 <= weak < strong == plan.bounds.table_changes <= plan.objective.table_changes


def test_a_solver_that_found_nothing_in_time_leaves_the_trivial_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["Ana", "Bob", "Cid", "Dan"]
    arena = Arena(a_problem(names, [("Ana", "Bob"), ("Ana", "Cid"), ("Bob", "Dan")]))
    slots, ceiling = seats(arena, Ana_Bob=0, Ana_Cid=1, Bob_Dan=1), watch()
    assert bound_of(arena, slots) == 1
    late = SimpleNamespace(termination=SimpleNamespace(limit=mathopt.Limit.TIME), solutions=[])
    monkeypatch.setattr(mathopt, "solve", lambda *_, **__: late)
    assert (change_bound(arena, slots, list(links_of(arena, slots)), ceiling), ceiling.was_cut) == (0, True)


def test_long_stays_that_pass_together_take_one_table() -> None:
    """At one table nobody ever changes, however many slots lie between."""
    arena = Arena(
        a_problem(["Ana", "Bob", "Cid"], [("Ana", "Bob"), ("Ana", "Cid"), ("Bob", "Cid")], slot_count=4, tables=1)
    )
    assert bound_of(arena, seats(arena, Ana_Bob=0, Ana_Cid=2, Bob_Cid=3)) == 0


def test_a_realistic_event_is_within_a_twentieth_of_the_bound() -> None:
    plan = solve(an_event(Size(120)), effort="quick")
    assert plan.bounds.table_changes * 1.05 >= plan.objective.table_changes


def test_an_empty_timetable_has_no_changes() -> None:
    assert bound_of(Arena(a_problem([], [])), {}) == 0
