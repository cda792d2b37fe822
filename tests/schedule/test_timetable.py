"""Who and when: the proven optimum on small problems, honest bounds and no worse plans where proof is out of reach."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from benchmarks.instances import Size, an_event
from tasks.schedule.budget import EFFORTS, Search, Stopwatch, Work
from tasks.schedule.candidates import Arena
from tasks.schedule.choice import Choice, ChoiceModel
from tasks.schedule.conflicts import smallest_conflict
from tasks.schedule.exact import TimetableModel
from tasks.schedule.figures import shortfall_of, value_of
from tasks.schedule.forced import ForcedArena
from tasks.schedule.fractional import PriceCut, SlotLimits
from tasks.schedule.neighbourhood import Goal, Neighbourhood, improved
from tasks.schedule.problem import Fixed, Limits, Pair, Problem, Request
from tasks.schedule.program import Answer, Program
from tasks.schedule.slots import place
from tasks.schedule.timetable import Timetable, TimetableSearch
from tests.schedule.builders import a_problem, best_by_hand, leader, problems, timetables

calmly = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

SCARCE = Size(40, tables_share=1 / 4, is_scarce=True)


def watch(seconds: float = 60) -> Stopwatch:
    return Stopwatch(seconds)


def found(problem: Problem, work: Work = EFFORTS["quick"], seed: int = 1) -> Timetable:
    arena = Arena(problem)
    result = TimetableSearch(arena, seed, work, watch(), lambda *_: None).run()
    assert_sound(arena, result.slots)
    assert result.shortfall_bound <= shortfall_of(arena, result.slots)
    if result.shortfall_bound == shortfall_of(arena, result.slots):
        assert result.value_bound >= value_of(arena, result.slots)
    return result


def assert_sound(arena: Arena, slots: dict[int, int]) -> None:
    """Every hard rule, in positions."""
    taken, degree = [], [0] * len(arena.available)
    for position, slot in slots.items():
        candidate = arena.candidates[position]
        assert candidate.slots >> slot & 1
        taken += [("leader", candidate.one, slot), ("leader", candidate.other, slot)]
        taken += [("table", candidate.table, slot)] if candidate.table >= 0 else []
        degree[candidate.one] += 1
        degree[candidate.other] += 1
    assert len(set(taken)) == len(taken)
    assert all(count <= cap for count, cap in zip(degree, arena.caps, strict=True))
    loads = [list(slots.values()).count(at) for at in range(arena.slot_count)]
    assert max(loads, default=0) <= len(arena.problem.tables)
    assert {p for p, candidate in enumerate(arena.candidates) if candidate.is_fixed} <= slots.keys()


def reached(problem: Problem, result: Timetable) -> tuple[int, int]:
    return shortfall_of(Arena(problem), result.slots), value_of(Arena(problem), result.slots)


def assume_possible(problem: Problem) -> None:
    assume(smallest_conflict(problem) is None)


@calmly
@given(problems())
def test_small_timetables_are_proven_and_as_good_as_looking_at_every_one(problem: Problem) -> None:
    assume_possible(problem)
    result = found(problem)
    assert reached(problem, result) == best_by_hand(problem)
    assert (result.shortfall_bound, result.value_bound) == reached(problem, result)


@calmly
@given(problems())
def test_bounds_hold_where_nothing_is_searched_after_the_chains(problem: Problem) -> None:
    assume_possible(problem)
    lazy = replace(EFFORTS["quick"], cuts=0, neighbourhoods=0, exact_units=0.0)
    result = found(problem, lazy)
    best = best_by_hand(problem)
    assert best is not None
    assert result.shortfall_bound <= best[0]
    assert result.value_bound >= best[1] or reached(problem, result)[0] > best[0]


@calmly
@given(problems(), st.data())
def test_a_rule_from_prices_holds_for_every_timetable(problem: Problem, data: st.DataObject) -> None:
    assume_possible(problem)
    arena = Arena(problem)
    everything = range(len(arena.candidates))
    chosen = tuple(sorted(data.draw(st.sets(st.sampled_from(everything))))) if everything else ()
    cut = SlotLimits(arena).cut(chosen, watch())
    if cut is None:
        return
    assert cut.is_broken_by(chosen)
    position = {arena.pair_ids(candidate): at for at, candidate in enumerate(arena.candidates)}
    for met in timetables(problem):
        assert not cut.is_broken_by(tuple(position[pair] for pair in met))


@calmly
@given(problems(), st.permutations(["N", "O", "P", "Q", "R", "S"]))
def test_relabelling_the_leaders_changes_nothing_but_names(problem: Problem, letters: list[str]) -> None:
    assume_possible(problem)
    # Two leaders who always sit at different tables share the one of the first id: names decide there by contract.
    assume(all(one.table is None for one in problem.leaders))
    name = {one.id: letter for one, letter in zip(problem.leaders, letters, strict=False)}

    def renamed(pair: Pair) -> Pair:
        return name[pair[0]], name[pair[1]]

    other = replace(
        problem,
        leaders=tuple(replace(one, id=name[one.id]) for one in problem.leaders),
        requests=tuple(Request(name[r.asking], name.get(r.asked, r.asked), r.rank) for r in problem.requests),
        excluded=tuple(renamed(pair) for pair in problem.excluded),
        fixed=tuple(replace(item, pair=renamed(item.pair)) for item in problem.fixed),
    )
    assert reached(other, found(other)) == reached(problem, found(problem))


@calmly
@given(problems())
def test_one_more_table_never_costs(problem: Problem) -> None:
    assume_possible(problem)
    richer = replace(problem, tables=(*problem.tables, "T9"))
    (lacking, value), (before, worth) = reached(richer, found(richer)), reached(problem, found(problem))
    assert (-lacking, value) >= (-before, worth)


@cache
def scarce(seed: int) -> tuple[Problem, Timetable]:
    event = an_event(SCARCE, seed)
    return event, found(event, EFFORTS["normal"])


@pytest.mark.parametrize("seed", range(1, 4))
def test_scarce_events_come_within_half_a_percent_of_a_proven_bound(seed: int) -> None:
    event, result = scarce(seed)
    lacking, value = reached(event, result)
    assert lacking == result.shortfall_bound
    assert value >= 0.995 * result.value_bound


def test_scarce_events_are_scarce() -> None:
    event = an_event(Size(180, is_scarce=True))
    there = [len(event.slots) - len(one.unavailable) for one in event.leaders]
    assert 0.4 < sum(3 <= slots <= 6 for slots in there) / 180 < 0.65
    assert min(there) >= 3
    assert an_event(Size(180, is_scarce=True)) == event
    assert an_event(Size(180)).requests == event.requests


def test_the_same_search_gives_the_same_timetable() -> None:
    event, result = scarce(2)
    assert found(event, EFFORTS["normal"]) == result


def cliques(count: int) -> Problem:
    """Groups of four who all want to meet within two slots, and of whom only four pairs can."""
    leaders, requests = [], []
    for group in range(count):
        names = [f"L{group}{number}" for number in range(4)]
        leaders += [leader(name, unavailable=frozenset({"1440"})) for name in names]
        requests += [(one, other) for one in names for other in names if one < other]
    return a_problem(leaders, requests, tables=2 * count, limits=Limits(1, 3))


def crossing() -> Problem:
    """Cid takes one of the two slots in which Ana and Bob can meet, Dan the other: no rule of one leader alone."""
    first_two = frozenset({"1440"})
    leaders = [
        leader("Ana", unavailable=first_two),
        leader("Bob", unavailable=first_two),
        leader("Cid", unavailable=frozenset({"1420", "1440"})),
        leader("Dan", unavailable=frozenset({"1400", "1440"})),
        "Eve",
        "Fay",
    ]
    return a_problem(leaders, [("Ana", "Bob"), ("Ana", "Cid"), ("Bob", "Dan")])


def test_a_choice_that_the_clock_cut_does_not_replace_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    choose, clock = ChoiceModel.solve, watch()

    def cut_the_second_time(model: ChoiceModel, least: int = 0) -> Choice:
        first = choose(model, least)
        clock.was_cut = bool(heard)
        return replace(first, chosen=()) if heard else first

    heard: list[tuple[str, int, int]] = []
    monkeypatch.setattr(ChoiceModel, "solve", cut_the_second_time)
    lazy = replace(EFFORTS["quick"], neighbourhoods=0, exact_units=0.0)
    search = TimetableSearch(Arena(crossing()), 1, lazy, clock, lambda *news: heard.append(news))
    assert value_of(search.arena, search.run().slots) == 302  # the third pair of what was chosen first has no place
    assert [stage for stage, _, _ in heard] == ["select", "select", "slots"]


def test_reasons_are_carried_back_until_a_choice_can_be_placed() -> None:
    problem = crossing()
    model = ChoiceModel(Arena(problem), watch())
    assert model.solve().chosen == (0, 1, 2)
    cut = SlotLimits(Arena(problem)).cut((0, 1, 2), watch())
    assert cut == PriceCut((0, 1, 2), (1.0, 1.0, 1.0), 2.0)
    model.forbid(cut.positions, cut.weights, cut.most)
    again = model.solve()
    assert (again.chosen, again.value_bound) == ((1, 2), 312)
    heard: list[tuple[str, int, int]] = []
    result = TimetableSearch(Arena(problem), 1, EFFORTS["quick"], watch(), lambda *news: heard.append(news)).run()
    assert result == Timetable({1: 0, 2: 1}, 0, 312)
    assert heard == [("select", 462, 462), ("select", 312, 312), ("slots", 2, 2)]


def test_a_choice_that_fits_breaks_no_rule() -> None:
    problem = a_problem()
    assert SlotLimits(Arena(problem)).cut((0,), watch()) is None
    assert SlotLimits(Arena(a_problem([], []))).cut((), watch()) is None


def test_a_neighbourhood_of_all_slots_is_the_whole_problem() -> None:
    problem = cliques(2)
    arena = Arena(problem)
    best = Neighbourhood(arena, {}, 0b111).best(watch())
    assert_sound(arena, best)
    assert (shortfall_of(arena, best), value_of(arena, best)) == reached(problem, found(problem))


def test_neighbourhoods_lose_nothing_and_stop_at_the_goal() -> None:
    event, _ = scarce(3)
    arena = Arena(event)
    goal = Goal(0, ChoiceModel(arena, watch()).solve().value_bound)
    some = improved(arena, {}, goal, rounds=3, seed=1, watch=watch())
    more = improved(arena, some, goal, rounds=3, seed=2, watch=watch())
    assert_sound(arena, more)
    assert (-shortfall_of(arena, more), value_of(arena, more)) > (-shortfall_of(arena, some), value_of(arena, some))
    there = Goal(shortfall_of(arena, more), value_of(arena, more))
    assert improved(arena, more, there, rounds=9, seed=3, watch=watch()) is more
    over = watch(-1)
    assert improved(arena, more, goal, rounds=9, seed=3, watch=over) is more
    assert over.was_cut


def test_neighbourhoods_grow_until_none_is_left() -> None:
    """Nothing can be gained, and the goal is out of reach: the search ends by itself, not by its rounds."""
    arena = Arena(a_problem())
    assert improved(arena, {0: 0}, Goal(0, 10**9), rounds=10**9, seed=1, watch=watch()).keys() == {0}


def test_fixed_meetings_and_own_tables_stand_in_a_neighbourhood() -> None:
    leaders = [leader("Ana", table="T1"), leader("Bob", table="T1"), "Cid", "Dan"]
    fixed = [Fixed(("Cid", "Dan"), "1400")]
    problem = a_problem(leaders, [("Ana", "Cid"), ("Bob", "Dan"), ("Ana", "Bob")], fixed=fixed)
    arena = Arena(problem)
    best = Neighbourhood(arena, found(problem).slots, 0b111).best(watch())
    assert_sound(arena, best)
    assert len(best) == 4


def test_who_must_meet_takes_no_place_of_others_in_a_neighbourhood() -> None:
    """Ana and Bob must meet, now or later; Ana asked for Cid, who is there at 1400 only. So they meet later."""
    problem = a_problem(["Ana", "Bob", leader("Cid", unavailable=frozenset({"1420", "1440"}))], [("Ana", "Cid")])
    arena = ForcedArena(problem, (("Ana", "Bob"),))
    best = Neighbourhood(arena, {0: 0}, 0b011).best(watch())
    assert_sound(arena, best)
    assert best == {0: 1, 1: 0}
    assert Neighbourhood(arena, {0: 0}, 0b001).best(watch()) == {0: 0}


def test_a_neighbourhood_that_was_cut_short_leaves_all_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    arena = ForcedArena(a_problem(["Ana", "Bob"], []), (("Ana", "Bob"),))
    monkeypatch.setattr(Program, "in_whole", lambda *_, **__: Answer(None, 0.0))
    assert Neighbourhood(arena, {0: 0}, 0b111).best(watch()) == {0: 0}


def test_who_must_meet_at_one_table_is_not_placed_there_at_once() -> None:
    """The first slot, where fewer meet, draws both."""
    late = [leader(name, unavailable=frozenset({"1400"})) for name in ("Eve", "Fay", "Gus", "Hal")]
    leaders = [leader("Ana", table="T1"), "Bob", "Cid", leader("Dan", table="T1"), *late]
    pairs = ("Ana", "Bob"), ("Cid", "Dan"), ("Eve", "Fay"), ("Gus", "Hal")
    arena = ForcedArena(a_problem(leaders, [], slot_count=2, tables=3), pairs)
    placed = place(arena, (0, 1, 2, 3), 1, watch())
    assert placed.is_complete
    assert_sound(arena, placed.assigned())


def test_a_hint_that_is_the_best_is_kept_by_the_exact_search() -> None:
    problem = cliques(1)
    arena, best = Arena(problem), found(problem)
    again = TimetableModel(arena).solve(best.slots, Search(1, 4.0, watch()), least=best.shortfall_bound)
    assert (shortfall_of(arena, again.slots), value_of(arena, again.slots)) == reached(problem, best)
    assert again.value_bound == best.value_bound
