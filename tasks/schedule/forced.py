"""Pairs that must meet, at any slot: what the organiser locks, and what a question asks about."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from tasks.errors import DataError
from tasks.messages import message
from tasks.schedule.candidates import Arena, Candidate
from tasks.schedule.plan import Plan
from tasks.schedule.problem import Fixed, Pair, Problem


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


def holding(problem: Problem, forced: Iterable[Pair], plan: Plan) -> Problem:
    """Return the problem that a plan answers in which the forced pairs meet: these meetings fixed at their slots.

    The contract knows no meeting that must be without a slot. Any plan of this problem is one in which the forced pairs
    meet, so what was proven for every slot holds for it too. Raises DataError where the clock cut the search so early
    that a forced pair has no meeting.
    """
    known = {item.pair for item in problem.fixed}
    new = [pair for pair in forced if pair not in known]
    if missing := plan.without(new):
        raise DataError(
            message("time was over before these pairs had a slot."),
            where=", ".join("-".join(pair) for pair in missing),
            remedy=message("Call again with a longer time limit."),
        )
    fixed = (Fixed(pair, plan.meeting_by_pair[pair].slot) for pair in new)
    return replace(problem, fixed=(*problem.fixed, *fixed)) if new else problem


def loosened(problem: Problem, locked: Iterable[Pair]) -> Problem:
    """Return the problem in which the meetings of locked pairs are not fixed: ``holding`` the other way round."""
    return replace(problem, fixed=tuple(item for item in problem.fixed if item.pair not in locked))


def is_answered(problem: Problem, forced: Iterable[Pair], plan: Plan) -> bool:
    """Say whether a plan, perhaps of another problem, was made for this one with the forced pairs."""
    meetings = [plan.meeting_by_pair.get(pair) for pair in forced]
    is_known = all(meeting is not None and meeting.slot in problem.slot_by_id for meeting in meetings)
    return is_known and plan.problem_sha256 == holding(problem, forced, plan).sha256
