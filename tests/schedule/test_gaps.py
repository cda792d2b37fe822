"""The gap search: masks that count as by hand, trades that keep the value, and the same end every time."""

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.instances import Size, an_event
from benchmarks.single_chain import single_chain
from tasks.schedule import agendas, budget, gaps, sweeps, trades
from tasks.schedule.agendas import MOST_BITS
from tasks.schedule.budget import Rounds, Stopwatch, Work
from tasks.schedule.candidates import Arena
from tasks.schedule.choice import ChoiceModel
from tasks.schedule.figures import objective_of, shortfall_of, value_of
from tasks.schedule.gaps import GapSearch, agendas_of, gaps_on
from tasks.schedule.problem import Fixed, Limits, Problem, Weights
from tasks.schedule.slots import Placement, place, placement_of
from tasks.schedule.solver import solve
from tasks.schedule.spare import Market
from tests.schedule.builders import a_problem
from tests.schedule.searches import with_fewer_gaps

TIGHT = Arena(an_event(Size(40, slots=8, tables_share=1 / 4), seed=2))
LEVEL = Weights(rank_first=100, rank_step=0, rank_floor=10, mutual=50, gain=())
"""Every request is worth the same."""


def placed_event(arena: Arena) -> Placement:
    return place(arena, ChoiceModel(arena, Stopwatch(60)).solve().chosen, 1, Stopwatch(60))


START = placed_event(TIGHT)


def counted(arena: Arena, placed: Placement) -> int:
    """The gaps as the figures of a plan count them, slot by slot."""
    slots = placed.assigned()
    return objective_of(arena, slots, dict.fromkeys(slots, 0)).gaps


def waits_by_hand(held: int, there: int) -> int:
    busy = [at for at in range(MOST_BITS) if held >> at & 1]
    return sum(there >> at & 1 and not held >> at & 1 for at in range(min(busy, default=0), max(busy, default=0)))


@given(held=st.integers(0, 2**MOST_BITS - 1), away=st.integers(0, 2**MOST_BITS - 1))
def test_waits_counts_as_by_hand(held: int, away: int) -> None:
    there = (2**MOST_BITS - 1) & ~(away & ~held)
    assert agendas.waits(held, there) == waits_by_hand(held, there)
    assert agendas.waits.py_func(held, there) == waits_by_hand(held, there)


def test_the_gaps_of_a_placement_are_those_of_the_plan() -> None:
    assert gaps_on(TIGHT, START) == counted(TIGHT, START)
    moved = with_fewer_gaps(TIGHT, START, rounds=30)
    assert gaps_on(TIGHT, moved) == counted(TIGHT, moved) < counted(TIGHT, START)


def test_exchanged_slots_change_a_leader_by_what_is_counted_afterwards() -> None:
    arena = Arena(an_event(Size(16, slots=8, days=2), seed=3))
    now = agendas_of(arena, placed_event(arena))
    before = agendas.all_gaps(now)
    for leader in range(16):
        for one in range(8):
            for other in range(one):
                flips = [(now.session[at], now.bit[at]) for at in (one, other)]
                is_one = [bool(now.held[leader, session] & bit) for session, bit in flips]
                if sum(is_one) == 1:
                    change = agendas.change_of(leader, one, other, now)
                    for session, bit in flips:
                        now.held[leader, session] ^= bit
                    assert change == agendas.all_gaps(now) - before
                    for session, bit in flips:
                        now.held[leader, session] ^= bit


def test_a_session_longer_than_a_mask_is_searched_and_stays_sound() -> None:
    arena = Arena(a_problem(["Ana", "Bob", "Cid"], [("Ana", "Bob"), ("Ana", "Cid")], slot_count=70, tables=1))
    now = agendas_of(arena, placement_of(arena, (0, 1), {0: 0, 1: 69}))
    assert (now.there.shape, now.session[[0, 61, 62, 69]].tolist()) == ((3, 2), [0, 0, 1, 1])
    assert now.bit[[0, 61, 62, 69]].tolist() == [1, 2**61, 1, 2**7]
    assert counted(arena, with_fewer_gaps(arena, placement_of(arena, (0, 1), {0: 0, 1: 9}), rounds=20)) == 0


def test_a_better_choice_of_the_same_value_is_taken() -> None:
    """One table: Ana waits between Bob and Eve; Dan and Eve are worth the same as Ana and Eve, and nobody waits."""
    names, wishes = (
        ["Ana", "Bob", "Cid", "Dan", "Eve"],
        [("Ana", "Bob"), ("Cid", "Dan"), ("Ana", "Eve"), ("Dan", "Eve")],
    )
    fixed = [Fixed(("Ana", "Bob"), "1400"), Fixed(("Cid", "Dan"), "1420")]
    problem = a_problem(names, wishes, slot_count=3, tables=1, fixed=fixed, limits=Limits(0, 3))
    arena = Arena(replace(problem, weights=LEVEL))
    pairs = [arena.pair_ids(candidate) for candidate in arena.candidates]
    where = {("Ana", "Bob"): 0, ("Cid", "Dan"): 1, ("Ana", "Eve"): 2}
    start = {pairs.index(pair): slot for pair, slot in where.items()}
    waiting = placement_of(arena, tuple(sorted(start)), start)
    found = with_fewer_gaps(arena, waiting, rounds=20)
    assert (counted(arena, waiting), counted(arena, found)) == (1, 0)
    assert {pairs[position] for position in found.assigned()} == {("Ana", "Bob"), ("Cid", "Dan"), ("Dan", "Eve")}


@pytest.fixture
def interpreted(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (agendas, sweeps, trades):
        for name, kernel in list(vars(module).items()):
            if hasattr(kernel, "py_func"):
                monkeypatch.setattr(module, name, kernel.py_func)


def events() -> Iterator[tuple[Problem, int]]:
    """Events with many choices of the same value."""
    for seed in range(1, 4):
        for size in (Size(24, slots=6, tables_share=1 / 4), Size(20, slots=8, tables_share=1 / 5, days=2)):
            event = an_event(size, seed)
            weights = replace(event.weights, rank_step=0, gain=(60, 30))
            yield replace(event, weights=weights, limits=Limits(2, 10)), seed


@pytest.mark.usefixtures("interpreted")
def test_trades_keep_value_shortfall_maxima_and_rules() -> None:
    traded = 0
    for problem, seed in events():
        arena = Arena(problem)
        start = placed_event(arena)
        found = with_fewer_gaps(arena, start, rounds=12, seed=seed)
        assert value_of(arena, found.chosen) == value_of(arena, start.chosen)
        assert shortfall_of(arena, found.chosen) == shortfall_of(arena, start.chosen)
        degrees = np.bincount(found.board.ends[:, :2].ravel(), minlength=len(arena.caps))
        assert (degrees <= np.array(arena.caps)).all()
        assert (found.unplaced, found.overload) == (0, 0)
        assert counted(arena, found) <= counted(arena, start)
        traded += found.chosen != start.chosen
    assert traded > 0


def test_a_fixed_meeting_makes_way_for_nothing() -> None:
    names = ["Ana", "Bob", "Cid", "Dan"]
    problem = a_problem(names, [("Ana", "Bob"), ("Cid", "Dan")], fixed=[Fixed(("Ana", "Bob"), "1400")], tables=1)
    assert Market(Arena(problem), (0,)).spare == ()
    assert Market(Arena(replace(problem, fixed=())), (0,)).spare == (1,)


def test_a_full_leader_trades_only_with_own_meetings() -> None:
    wishes = [("Ana", "Bob"), ("Ana", "Cid"), ("Dan", "Eve")]
    problem = a_problem(["Ana", "Bob", "Cid", "Dan", "Eve"], wishes, limits=Limits(0, 1))
    arena = Arena(replace(problem, weights=LEVEL))
    market = Market(arena, (0, 2))
    assert market.spare == (1,)
    assert market.deals((0, 2, 1)).tradable.tolist() == [0, 2]


def test_the_search_ends_the_same_every_time() -> None:
    runs = [with_fewer_gaps(TIGHT, START, rounds=60, longer=80, seed=4) for _ in range(3)]
    assert [run.assigned() for run in runs] == [runs[0].assigned()] * 3
    assert with_fewer_gaps(TIGHT, START, rounds=60, longer=80, seed=5).assigned() != runs[0].assigned()


def test_the_longer_search_runs_where_the_bound_is_far_and_never_makes_it_worse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lengths: list[int] = []
    anneal = gaps.Search.anneal
    monkeypatch.setattr(gaps.Search, "anneal", lambda s, t, least: (lengths.append(len(t)), anneal(s, t, least)))
    short = with_fewer_gaps(TIGHT, START, rounds=40)
    assert sum(lengths) == 2 * 40
    lengths.clear()
    longer = with_fewer_gaps(TIGHT, START, rounds=40, longer=100)
    assert sum(lengths) == 2 * 140
    assert counted(TIGHT, longer) <= counted(TIGHT, short)
    lengths.clear()
    with_fewer_gaps(TIGHT, START, rounds=40, longer=100, least=counted(TIGHT, short))
    assert sum(lengths) <= 2 * 40


def test_nothing_is_moved_where_the_bound_is_reached_or_the_time_is_over() -> None:
    assert with_fewer_gaps(TIGHT, START, rounds=60, least=counted(TIGHT, START)).assigned() == START.assigned()
    watch = Stopwatch(-1)
    late = GapSearch(TIGHT, Rounds(60, 60), 0, watch, lambda _fewest: None).run(START, 1)
    assert (late.assigned(), watch.was_cut) == (START.assigned(), True)


def test_progress_is_heard_each_second_while_the_search_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(1000))
    monkeypatch.setattr(time, "monotonic", lambda: 0.75 * next(clock))
    heard: list[int] = []
    found = GapSearch(TIGHT, Rounds(60, 0), 0, Stopwatch(10**6), heard.append).run(START, 1)
    assert 10 <= len(heard) <= 21
    assert heard == sorted(heard, reverse=True)
    assert counted(TIGHT, START) >= heard[0] > heard[-1] >= counted(TIGHT, found)


def test_a_stopwatch_speaks_after_a_second_and_not_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(budget.time, "monotonic", lambda: now[0])
    watch = Stopwatch(9)
    said = []
    for now[0] in (0.5, 1.0, 1.5, 2.0, 2.6):
        said.append(watch.is_time_to_speak())
    now[0] = 3.0
    watch.lap("gaps")
    for now[0] in (3.9, 4.1):
        said.append(watch.is_time_to_speak())
    assert said == [False, False, True, False, True, False, True]


def test_larger_events_get_fewer_rounds_and_small_ones_all() -> None:
    work = Work(gap_sweeps=1500, patience=6, table_moves=1, exact_units=1, nodes=1)
    sizes = ((180, 12), (0, 1), (360, 12), (1000, 12), (180, 32), (10**9, 12), (180, 10**3))
    assert [work.rounds_for(*size) for size in sizes] == [
        Rounds(1500, 9000),
        Rounds(1500, 9000),
        Rounds(750, 2250),
        Rounds(270, 292),
        Rounds(200, 1200),
        Rounds(83, 0),
        Rounds(20, 0),
    ]


def test_the_bound_of_a_plan_belongs_to_the_meetings_it_holds() -> None:
    plan = solve(TIGHT.problem, effort="quick")
    assert plan.objective.value == value_of(TIGHT, START.chosen) == plan.bounds.value
    assert 0 < plan.bounds.gaps <= plan.objective.gaps


def test_a_solve_tells_of_gaps_and_bound_while_it_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stopwatch, "is_time_to_speak", lambda _watch: True)
    heard: list[tuple[int, int]] = []

    def report(stage: str, reached: int, bound: int) -> None:
        if stage == "gaps":
            heard.append((reached, bound))

    plan = solve(TIGHT.problem, effort="quick", report=report)
    assert len(heard) > 2
    assert heard[0][0] > heard[-1][0]
    assert heard[-1] == (plan.objective.gaps, plan.bounds.gaps)


def test_an_empty_hall_has_nothing_to_move() -> None:
    arena = Arena(a_problem([], []))
    assert with_fewer_gaps(arena, placement_of(arena, ()), rounds=10, least=-1).chosen == ()


def test_the_baseline_of_single_chains_starts_where_the_search_starts_and_gains() -> None:
    found = single_chain(TIGHT, START, seed=1, seconds=0.2)
    assert 0 < found < counted(TIGHT, START)
