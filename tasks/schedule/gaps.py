"""Less waiting: move the placed meetings between slots until the gaps are few, by ``sweeps``.

Two searches with their own seeds run side by side, one on each core, and the better one counts. How long they run is
a matter of work and of what they find, never of the clock: the same event ends with the same plan.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from typing import Final, NamedTuple

import numpy as np

from tasks.schedule import agendas, sweeps
from tasks.schedule.agendas import Agendas
from tasks.schedule.budget import Rounds, Stopwatch
from tasks.schedule.candidates import Arena
from tasks.schedule.kempe import Ints, Reals
from tasks.schedule.slots import Placement, placement_of
from tasks.schedule.spare import Market
from tasks.schedule.sweeps import State
from tasks.schedule.trades import Deals

# Annealing from T 0.6 to 0.15 gap was best on realistic events, loose and tight; then a short hard finish.
_HOT: Final = 0.6
_COLD: Final = 0.15
_FROZEN: Final = 0.02
_FINISH_SHARE: Final = 0.02
# The clock is looked at, and the state reported, between parts; the parts do not change the result.
_PARTS: Final = 20
_SEARCHES: Final = 2
# A first result this close to the bound leaves little to gain; anything else gets the long search too.
_NEAR_ENOUGH: Final = 1.05


class Hours(NamedTuple):
    """For each slot where its session begins and where it ends (exclusive)."""

    begins: Ints
    ends_at: Ints


def hours_of(arena: Arena) -> Hours:
    """Return how the slots make up sessions."""
    sessions = [slot.session for slot in arena.problem.slots]
    begins = [sessions.index(session) for session in sessions]
    ends_at = [begin + sessions.count(session) for begin, session in zip(begins, sessions, strict=True)]
    return Hours(np.array(begins, np.int64), np.array(ends_at, np.int64))


def agendas_of(arena: Arena, placed: Placement) -> Agendas:
    """Return who is there and who is busy, as bit masks.

    A session of more slots than a mask has bits is searched as if it were several: correct, if not as sharp.
    """
    begins = hours_of(arena).begins
    place = np.arange(arena.slot_count) - begins
    _, session = np.unique(begins + place // agendas.MOST_BITS, return_inverse=True)
    bit = np.left_shift(1, place % agendas.MOST_BITS)
    shape = (len(arena.available), int(session.max(initial=-1)) + 1)
    there, held = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    for leader, mask in enumerate(arena.available):
        for at in range(arena.slot_count):
            there[leader, session[at]] |= bit[at] if mask >> at & 1 else 0
            held[leader, session[at]] |= bit[at] if placed.board.grid[leader, at] >= 0 else 0
    return Agendas(there, held, session.astype(np.int64), bit.astype(np.int64))


def gaps_on(arena: Arena, placed: Placement) -> int:
    """Count the gaps of placed meetings."""
    return int(agendas.all_gaps(agendas_of(arena, placed)))


@dataclass(frozen=True, slots=True)
class GapSearch:
    """How the gaps of an event are searched: how long, down to which proven least, and who hears of it meanwhile."""

    arena: Arena
    rounds: Rounds
    least: int
    watch: Stopwatch
    report: Callable[[int], None]

    def run(self, placed: Placement, seed: int) -> Placement:
        """Return the placement with the fewest gaps that was found.

        Needs a placement of every meeting without overload. Where another choice of meetings is worth the same, it
        may be the one that is returned: gaps come after value.
        """
        market = Market(self.arena, placed.chosen)
        meetings = (*placed.chosen, *market.spare)
        start, deals = placement_of(self.arena, meetings, placed.assigned()), market.deals(meetings)
        seeds = np.random.SeedSequence(seed).spawn(2 * _SEARCHES)
        best = self._best_of([Search(self.arena, start, deals, one) for one in seeds[:_SEARCHES]], self.rounds.first)
        if best.fewest > _NEAR_ENOUGH * self.least and self.rounds.longer > 0:
            longer = [Search(self.arena, start, deals, one) for one in seeds[_SEARCHES:]]
            best = min(best, self._best_of(longer, self.rounds.longer), key=_gaps)
        slots = {position: int(at) for position, at in zip(meetings, best.best, strict=True) if at >= 0}
        return placement_of(self.arena, tuple(sorted(slots)), slots)

    def _best_of(self, searches: list["Search"], rounds: int) -> "Search":
        """Anneal side by side in so many rounds; return the search that found the fewest gaps, the first of equals."""
        finish = max(1, round(rounds * _FINISH_SHARE))
        cooling = np.geomspace(_HOT, _COLD, max(1, rounds - finish))
        with ThreadPoolExecutor(_SEARCHES) as pool:
            for temperatures in [*np.array_split(cooling, _PARTS), np.full(finish, _FROZEN)]:
                best = min(searches, key=_gaps)
                if best.fewest <= self.least or self.watch.is_over():
                    break
                if self.watch.is_time_to_speak():
                    self.report(best.fewest)
                list(pool.map(Search.anneal, searches, repeat(temperatures), repeat(self.least)))
        return min(searches, key=_gaps)


class Search:
    """One annealing: its own generator, its own meetings in motion, the best that it has seen."""

    def __init__(self, arena: Arena, placed: Placement, deals: Deals, seed: np.random.SeedSequence) -> None:
        self._rng = np.random.default_rng(seed)
        now = agendas_of(arena, placed)
        own_deals = deals._replace(own=deals.own.copy(), degree=deals.degree.copy())
        self._state = State(placed.copy().board, now, own_deals)
        self.best = placed.board.slot.copy()
        self.fewest = int(agendas.all_gaps(now))

    def anneal(self, temperatures: Reals, least: int) -> None:
        """Sweep once per temperature, or until there are no more gaps than ``least``."""
        self.fewest = int(sweeps.sweep(self._rng, temperatures, least, self._state, self.best, self.fewest))


def _gaps(search: Search) -> int:
    return search.fewest
