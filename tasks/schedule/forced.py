"""Pairs that must meet, at any slot, and what that would cost: the choice made again with their meetings fixed."""

from dataclasses import dataclass, replace
from functools import cached_property

from tasks.schedule.budget import EFFORTS, Stopwatch
from tasks.schedule.candidates import Arena, Candidate
from tasks.schedule.figures import shortfall_of, value_of
from tasks.schedule.plan import Plan
from tasks.schedule.problem import Fixed, Pair, Problem
from tasks.schedule.solver import Stages


@dataclass(frozen=True, slots=True)
class Price:
    """How many meetings more leaders would lack and how many points fewer the plan would have.

    ``is_exact`` says that a plan at this price was found and none is cheaper; else it costs at least this much.
    """

    shortfall: int
    value: int
    is_exact: bool


@dataclass(frozen=True)
class ForcedArena(Arena):
    """A problem in positions in which some pairs more must meet, whoever asked for it, at any slot where both can."""

    forced: tuple[Pair, ...]

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """Every pair that may meet, with the forced ones as meetings that must be."""
        plain = Arena(self.problem)
        wanted = {plain.pair_ids(candidate): candidate for candidate in plain.candidates}
        forced = {pair: self._forced(pair, wanted.get(pair)) for pair in self.forced}
        return tuple((wanted | forced)[pair] for pair in sorted(wanted | forced))

    def _forced(self, pair: Pair, wanted: Candidate | None) -> Candidate:
        if wanted is not None:
            return replace(wanted, is_fixed=True)
        one, other = (self.leader_position[name] for name in pair)
        slots = sum(1 << self.slot_position[slot] for slot in free_slots(self.problem, pair))
        return Candidate(one, other, (), 0, slots, self.own_table(pair), is_fixed=True)


def free_slots(problem: Problem, pair: Pair) -> list[str]:
    """Return the slots in which fixed meetings leave room for a pair; none where they fill a leader's maximum."""
    one, other = (problem.leader_by_id[name] for name in pair)
    for leader in (one, other):
        if sum(leader.id in item.pair for item in problem.fixed) >= problem.maximum_of(leader):
            return []
    arena = Arena(problem)
    own = arena.own_table(pair)
    free = []
    for slot in problem.slots:
        here = [item for item in problem.fixed if item.slot == slot.id]
        is_there = slot.id not in one.unavailable | other.unavailable
        is_idle = not any(set(pair) & set(item.pair) for item in here)
        has_table = len(here) < len(problem.tables) and (own < 0 or own not in {_table(arena, item) for item in here})
        if is_there and is_idle and has_table:
            free.append(slot.id)
    return free


def _table(arena: Arena, item: Fixed) -> int:
    return arena.own_table(item.pair) if item.table is None else arena.table_position[item.table]


def price_of(problem: Problem, plan: Plan, pair: Pair, watch: Stopwatch) -> Price | None:
    """Return what a pair that may meet would cost against a plan, None where fixed meetings leave no place for it."""
    if not free_slots(problem, pair):
        return None
    arena = ForcedArena(problem, (pair,))
    found = Stages(arena, plan.seed, EFFORTS["normal"], watch, lambda _stage, _reached, _bound: None).who_and_when()
    reached = shortfall_of(arena, found.slots), value_of(arena, found.slots)
    is_met = any(arena.pair_ids(arena.candidates[position]) == pair for position in found.slots)
    is_exact = is_met and reached == (found.shortfall_bound, found.value_bound)
    return Price(
        found.shortfall_bound - plan.objective.shortfall, plan.objective.value - found.value_bound, is_exact=is_exact
    )
