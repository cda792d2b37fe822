"""Less waiting: move the placed meetings between slots until the gaps are few, by ``sweeps``."""

from typing import Final

import numpy as np

from tasks.schedule import sweeps
from tasks.schedule.budget import Stopwatch
from tasks.schedule.candidates import Arena
from tasks.schedule.slots import Placement, placement_of
from tasks.schedule.sweeps import Hours

# Annealing from T 0.45 to 0.15 gap was best on realistic events, loose and tight; then a short hard finish.
_HOT: Final = 0.45
_COLD: Final = 0.15
_FROZEN: Final = 0.02
_FINISH_SHARE: Final = 0.02
# The clock is looked at between parts; the parts do not change the result.
_PARTS: Final = 20


def hours_of(arena: Arena) -> Hours:
    """Return who is there when, and how the slots make up sessions."""
    sessions = [slot.session for slot in arena.problem.slots]
    begins = [sessions.index(session) for session in sessions]
    ends_at = [begin + sessions.count(session) for begin, session in zip(begins, sessions, strict=True)]
    available = [[mask >> at & 1 for at in range(arena.slot_count)] for mask in arena.available]
    shape = (len(arena.available), arena.slot_count)
    return Hours(np.array(available, np.bool_).reshape(shape), np.array(begins, np.int64), np.array(ends_at, np.int64))


def gaps_on(arena: Arena, placed: Placement) -> int:
    """Count the gaps of placed meetings."""
    return int(sweeps.all_gaps(placed.board, hours_of(arena)))


def fewer_gaps(arena: Arena, placed: Placement, *, seed: int, rounds: int, least: int, watch: Stopwatch) -> Placement:
    """Return the placement with the fewest gaps found in ``rounds`` sweeps; stops early at the proven ``least``.

    Needs a placement of every meeting without overload.
    """
    hours, rng = hours_of(arena), np.random.default_rng(seed)
    current, best = placed.copy(), placed.board.slot.copy()
    fewest = gaps_on(arena, placed)
    finish = max(1, round(rounds * _FINISH_SHARE))
    cooling = np.geomspace(_HOT, _COLD, max(1, rounds - finish))
    for temperatures in [*np.array_split(cooling, _PARTS), np.full(finish, _FROZEN)]:
        if fewest <= least or watch.is_over():
            break
        fewest = sweeps.sweep(rng, temperatures, least, current.board, hours, best, fewest)
    return placement_of(arena, placed.chosen, {c: int(at) for c, at in zip(placed.chosen, best, strict=True)})
