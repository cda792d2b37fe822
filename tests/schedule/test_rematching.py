"""Tables of a stretch of slots matched anew: never worse, as good as the best by hand, own tables left alone."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

from benchmarks.instances import Size, an_event
from tasks.schedule import seating, tables
from tasks.schedule.budget import Stopwatch
from tasks.schedule.candidates import Arena
from tasks.schedule.choice import ChoiceModel
from tasks.schedule.kempe import Ints
from tasks.schedule.problem import Problem
from tasks.schedule.referee import require_valid
from tasks.schedule.rematching import rematch
from tasks.schedule.seating import Floor
from tasks.schedule.slots import place
from tasks.schedule.solver import solve
from tests.schedule.builders import a_problem, leader, problems

calmly = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def a_floor(arena: Arena, slots: dict[int, int]) -> Floor:
    chosen = sorted(slots, key=lambda position: (slots[position], position))
    return tables._floor(arena, chosen, slots, list(tables.links_of(arena, slots)))


def changes_of(floor: Floor, seats: Ints) -> int:
    return seating.all_changes(floor._replace(table=seats))


def rematched(floor: Floor, seats: Ints, rounds: int = 20, limit: float = 60) -> Ints:
    found = seats.copy()
    rematch(floor, found, np.random.default_rng(1), rounds, Stopwatch(limit))
    return found


def seatings(floor: Floor) -> Iterator[Ints]:
    """Every seating: slot by slot, every way to give its meetings tables of their own."""
    by_slot = [np.flatnonzero(floor.slot == at) for at in range(floor.seat.shape[0])]
    for ways in product(*(permutations(range(floor.seat.shape[1]), len(here)) for here in by_slot)):
        seats = np.array([table for way in ways for table in way], np.int64)
        if ((floor.own < 0) | (seats == floor.own)).all():
            yield seats


@calmly
@given(problems(most_leaders=5))
def test_the_worst_seating_of_a_small_event_becomes_a_best_one(problem: Problem) -> None:
    arena = Arena(replace(problem, fixed=()))
    board = place(arena, ChoiceModel(arena, Stopwatch(60)).solve().chosen, 1, Stopwatch(60))
    assume(board.unplaced == board.overload == 0)
    floor = a_floor(arena, board.assigned())
    every = sorted(seatings(floor), key=lambda seats: changes_of(floor, seats))
    found = rematched(floor, every[-1])
    assert changes_of(floor, found) == changes_of(floor, every[0])
    assert any((found == seats).all() for seats in every)  # tables of their own, own tables kept


def two_rings() -> Floor:
    """Six leaders in threes of meetings: everybody's second meeting is with the next of the other side."""
    names = ["Ana", "Bob", "Cid", "Dan", "Eve", "Fay"]
    requests = [("Ana", "Bob"), ("Cid", "Dan"), ("Eve", "Fay"), ("Ana", "Dan"), ("Cid", "Fay"), ("Bob", "Eve")]
    arena = Arena(a_problem(names, requests, slot_count=2, tables=3))
    return a_floor(arena, {p: int(arena.pair_ids(c) not in requests[:3]) for p, c in enumerate(arena.candidates)})


def test_a_cycle_of_three_tables_turns_in_one_step() -> None:
    """Of the six links, three stay at best; whatever the start, one round finds them."""
    floor = two_rings()
    for second in permutations(range(3)):
        assert changes_of(floor, rematched(floor, np.array([0, 1, 2, *second]), rounds=1)) == 3


def test_a_meeting_stays_at_its_own_table_even_where_moving_would_pay() -> None:
    """Bob's table is the second one; Ana comes to it from the first, where Cid must be."""
    arena = Arena(
        a_problem(["Ana", leader("Bob", table="T2"), leader("Cid", table="T1")], [("Ana", "Bob"), ("Ana", "Cid")])
    )
    floor = a_floor(arena, {0: 0, 1: 1})
    assert sorted(floor.own) == [0, 1]
    assert rematched(floor, floor.own.copy()).tolist() == floor.own.tolist()


@pytest.fixture(scope="module")
def hall() -> Floor:
    problem = an_event(Size(60))
    arena, plan = Arena(problem), solve(problem, effort="quick")
    number = {arena.pair_ids(candidate): p for p, candidate in enumerate(arena.candidates)}
    floor = a_floor(arena, {number[m.pair]: arena.slot_position[m.slot] for m in plan.meetings})
    seating.first_seating(floor)
    return floor


def test_no_round_worsens_a_seating_and_the_same_seed_gives_the_same(hall: Floor) -> None:
    by_rounds = [rematched(hall, hall.table, rounds) for rounds in range(6)]
    changes = [changes_of(hall, seats) for seats in by_rounds]
    assert changes == sorted(changes, reverse=True)
    assert changes[-1] < changes[0]
    assert (by_rounds[-1] == rematched(hall, hall.table, 5)).all()
    assert len(set(zip(hall.slot.tolist(), by_rounds[-1].tolist(), strict=True))) == len(hall.slot)


def test_a_watch_that_has_run_out_stops_it(hall: Floor) -> None:
    assert (rematched(hall, hall.table, limit=-1) == hall.table).all()


def test_new_plans_of_small_halls_are_polished_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = an_event(Size(30))
    polished = solve(problem, effort="quick")
    require_valid(problem, polished)
    rounds: list[int] = []
    monkeypatch.setattr(tables, "rematch", lambda *given_: rounds.append(given_[3]))
    solve(problem, effort="quick")
    assert rounds == [13]
    solve(replace(problem, leaders=(*problem.leaders, leader("Zoe"))), effort="quick", earlier=polished)
    monkeypatch.setattr(tables, "MOST_TABLES", 9)
    solve(problem, effort="quick")
    assert rounds == [13]  # neither what changes an earlier plan nor ten tables
