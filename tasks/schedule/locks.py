"""Locked pairs: they must meet, at whatever slot suits the whole plan.

The contract knows no meeting without a slot. So the event is planned once, without tables, with every locked pair
forced at any slot; the slots that they get there become fixed meetings of the problem. What was found here is a plan of
that problem too.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from tasks.errors import InfeasibleError
from tasks.messages import Message, message
from tasks.schedule.anchor import anchor_of
from tasks.schedule.budget import EFFORTS, Search, Stopwatch
from tasks.schedule.exact import TimetableModel
from tasks.schedule.forced import ForcedArena, free_slots
from tasks.schedule.objective import most_meetings_of
from tasks.schedule.plan import Plan
from tasks.schedule.problem import Fixed, Pair, Problem
from tasks.schedule.solver import Stages
from tasks.settings import Effort

# Deterministic seconds; a handful of meetings takes a hundredth of one.
_UNITS: Final = 2.0


def with_locked(
    problem: Problem,
    locked: tuple[Pair, ...],
    *,
    seed: int,
    effort: Effort,
    time_limit_seconds: float,
    earlier: Plan | None = None,
) -> Problem:
    """Return the problem with a fixed meeting for each locked pair, at a slot that suits the ``earlier`` plan, if any.

    Raises InfeasibleError, which names the pair, where two may not or cannot meet.
    """
    for pair in locked:
        _require_possible(problem, pair)
    _require_room(problem, locked)
    if earlier is not None:
        problem = _with_standing(problem, locked, earlier)
        locked = tuple(pair for pair in locked if all(pair != item.pair for item in problem.fixed))
    if not locked:
        return problem
    watch = Stopwatch(time_limit_seconds)
    alone = _slots_of_locked_alone(problem, locked, Search(seed, _UNITS, watch))
    arena = ForcedArena(problem, locked)
    stages = Stages(arena, seed, EFFORTS[effort], watch, _unheard, anchor_of(arena, earlier))
    found, _least_gaps = stages.with_fewer_gaps(stages.who_and_when())
    slots = {arena.pair_ids(arena.candidates[position]): slot for position, slot in found.slots.items()}
    if not set(locked) <= slots.keys():  # cut short by the time limit
        slots = alone
    fixed = (Fixed(pair, problem.slots[slots[pair]].id) for pair in locked)
    return replace(problem, fixed=(*problem.fixed, *fixed))


def _with_standing(problem: Problem, locked: tuple[Pair, ...], earlier: Plan) -> Problem:
    """Return the problem with the locked pairs that met already fixed where they stood, as far as they still can."""
    for pair in locked:
        meeting = earlier.meeting_by_pair.get(pair)
        if meeting is not None and meeting.slot in free_slots(problem, pair):
            problem = replace(problem, fixed=(*problem.fixed, Fixed(pair, meeting.slot)))
    return problem


def _slots_of_locked_alone(problem: Problem, locked: tuple[Pair, ...], search: Search) -> dict[Pair, int]:
    """Return a slot for each locked pair as if nobody else met. The choice has no answer where there is none."""
    arena = ForcedArena(replace(problem, requests=()), locked)
    slots = TimetableModel(arena).prefer(range(len(arena.candidates)), {}, search)
    found = {arena.pair_ids(arena.candidates[position]): slot for position, slot in slots.items()}
    if not set(locked) <= found.keys():
        raise _impossible(locked, message("there is no room for all of them"))
    return found


def _require_possible(problem: Problem, pair: Pair) -> None:
    one, other = (problem.leader_by_id[name] for name in pair)
    if one.company == other.company:
        raise _impossible([pair], message("both are of the same company"))
    if pair in problem.excluded:
        raise _impossible([pair], message("the two must not meet"))
    if not free_slots(problem, pair):
        raise _impossible([pair], message("they are never there at the same time"))


def _require_room(problem: Problem, locked: tuple[Pair, ...]) -> None:
    """Nobody can be locked into more meetings than fit: the choice would have no answer at all."""
    counts = Counter(name for pair in locked for name in pair)
    for leader in problem.leaders:
        if counts[leader.id] > most_meetings_of(problem, leader):
            mine = [pair for pair in locked if leader.id in pair]
            raise _impossible(mine, message("{leader} can have no more meetings than that", leader=leader.id))


def _impossible(pairs: Iterable[Pair], why: Message) -> InfeasibleError:
    return InfeasibleError(
        message("these locked meetings cannot be held: {why}.", why=why),
        where=", ".join("-".join(pair) for pair in pairs),
        remedy=message("Lift a lock with: rencontres rulings --lift PAIR"),
    )


def _unheard(_stage: str, _reached: int, _bound: int) -> None:
    """Report to nobody: the plan itself is still to come."""
