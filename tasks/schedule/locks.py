"""Locked pairs: they must meet, at whatever slot suits the whole plan. Whether they can is known before it is made."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from tasks.errors import DataError, InfeasibleError
from tasks.messages import Message, message
from tasks.schedule.budget import Search, Stopwatch
from tasks.schedule.forced import ForcedArena
from tasks.schedule.objective import common_slots, most_meetings_of
from tasks.schedule.problem import Pair, Problem

# Deterministic seconds; a handful of meetings takes a hundredth of one.
UNITS: Final = 2.0


def require_room(problem: Problem, locked: tuple[Pair, ...], *, seed: int, time_limit_seconds: float) -> None:
    """Raise InfeasibleError where locked pairs may not meet or cannot all meet.

    It names pairs of which none may be left out: any of them lifted, the others can be held. Raises DataError where
    that could not be settled in time.
    """
    for pair in locked:
        _require_possible(problem, pair)
    search = Search(seed, UNITS, Stopwatch(time_limit_seconds))
    has_room = not locked or have_room(problem, locked, search)
    if has_room is None:
        raise DataError(
            message("whether the locked meetings can all be held could not be settled in time."),
            remedy=message("Call again with a longer time limit."),
        )
    if not has_room:
        clash = locked
        for pair in locked:
            rest = tuple(other for other in clash if other != pair)
            if have_room(problem, rest, search) is False:
                clash = rest
        raise _impossible(clash, _why(problem, clash))


def have_room(problem: Problem, locked: tuple[Pair, ...], search: Search) -> bool | None:
    """Say whether pairs can all meet as if nobody else did: whoever is not locked may be left out."""
    from tasks.schedule.exact import TimetableModel  # noqa: PLC0415 -- CP-SAT: 70 MB that plans without locks do not need

    return TimetableModel(ForcedArena(replace(problem, requests=()), locked)).is_possible(search)


def _require_possible(problem: Problem, pair: Pair) -> None:
    one, other = (problem.leader_by_id[name] for name in pair)
    if one.company == other.company:
        raise _impossible([pair], message("both are of the same company"))
    if pair in problem.excluded:
        raise _impossible([pair], message("the two must not meet"))
    if not common_slots(problem, one, other):
        raise _impossible([pair], message("they are never there at the same time"))


def _why(problem: Problem, clash: tuple[Pair, ...]) -> Message:
    counts = Counter(name for pair in clash for name in pair)
    for name, count in sorted(counts.items()):
        if count > most_meetings_of(problem, problem.leader_by_id[name]):
            return message("{leader} can have no more meetings than that", leader=name)
    return message("there is no room for all of them")


def _impossible(pairs: Iterable[Pair], why: Message) -> InfeasibleError:
    return InfeasibleError(
        message("these locked meetings cannot be held: {why}.", why=why),
        where=", ".join("-".join(pair) for pair in pairs),
        remedy=message("Lift a lock with: rencontres rulings --lift PAIR"),
    )
