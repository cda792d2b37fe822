"""Better timetables by choosing anew who meets in a few slots, exactly, while the other slots stand as they are."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tasks.schedule.budget import Stopwatch
from tasks.schedule.candidates import Arena
from tasks.schedule.figures import shortfall_of, value_of
from tasks.schedule.program import Ints, Program, Reals
from tasks.schedule.wanted import add_gain_levels, add_shortfalls

# Few slots first, since these searches are short; when so many have brought nothing, one slot more.
_FEWEST_SLOTS: Final = 3
_MOST_SLOTS: Final = 5
_PATIENCE: Final = 10
# Most searches end at the root; those that do not are worth no more than this.
_NODES: Final = 20


@dataclass(frozen=True, slots=True)
class Goal:
    """The proven bounds: what reaches both needs no more search."""

    shortfall: int
    value: int


def improved(
    arena: Arena, slots: dict[int, int], goal: Goal, *, rounds: int, seed: int, watch: Stopwatch
) -> dict[int, int]:
    """Return slots with less shortfall, or as much and more value, as far as ``rounds`` neighbourhoods lead."""
    rng = np.random.default_rng(seed)
    best, reached = slots, _reached(arena, slots)
    width, idle = _FEWEST_SLOTS, 0
    for _ in range(rounds):
        if reached == (-goal.shortfall, goal.value) or width > _MOST_SLOTS or watch.is_over():
            break
        chosen = rng.choice(arena.slot_count, min(width, arena.slot_count), replace=False)
        trial = Neighbourhood(arena, best, sum(1 << int(at) for at in chosen)).best(watch)
        found = _reached(arena, trial)
        idle = 0 if found > reached else idle + 1
        if found >= reached:
            best, reached = trial, found
        if idle == _PATIENCE:
            width, idle = width + 1, 0
    return best


def _reached(arena: Arena, slots: dict[int, int]) -> tuple[int, int]:
    return -shortfall_of(arena, slots), value_of(arena, slots)


class Neighbourhood:
    """The integer program of who meets in the ``open_slots`` (bit mask) of a timetable; each method adds one rule."""

    def __init__(self, arena: Arena, slots: dict[int, int], open_slots: int) -> None:
        self._arena = arena
        self._before = slots
        # Who must meet may do so at another open slot: what is kept takes no place in one.
        self._kept = {p: at for p, at in slots.items() if not open_slots >> at & 1}
        found = [
            (p, at, c.one, c.other, c.table)
            for p, c in enumerate(arena.candidates)
            if p not in self._kept
            for at in range(arena.slot_count)
            if (c.slots & open_slots) >> at & 1
        ]
        self._candidate, self._slot, self._one, self._other, self._table = np.array(found, np.int64).reshape(-1, 5).T
        self._program = Program()
        self._meets = self._program.add_columns(len(found), is_whole=True)
        self._who = np.concatenate([self._one, self._other])
        self._of = np.tile(self._meets, 2)
        self._degree = np.zeros(len(arena.available), np.int64)
        for position in self._kept:
            self._degree[[arena.candidates[position].one, arena.candidates[position].other]] += 1
        self._meets_once()
        self._one_meeting_per_place_and_slot()
        self._within_maximum()
        self._enough_tables()
        self._lacks = add_shortfalls(
            self._program, self._who, self._of, np.array(arena.targets, np.int64) - self._degree
        )
        self._gains, self._levels = self._gain_levels()

    def best(self, watch: Stopwatch) -> dict[int, int]:
        """Return the best timetable of the neighbourhood, the one there was when the search was cut too soon."""
        objective = np.zeros(self._program.column_count)
        objective[self._meets] = [self._arena.candidates[p].weight for p in self._candidate]
        objective[self._levels] = self._gains
        # Weighed rather than decided first: what is returned is compared in the right order by the caller.
        objective[self._lacks] = -4 * objective.max(initial=1)
        values = self._program.in_whole(objective, watch, is_maximum=True, nodes=_NODES).values
        if values is None:
            return self._before
        meet = np.flatnonzero(values[self._meets] > 1 / 2)
        return self._kept | dict(zip(self._candidate[meet].tolist(), self._slot[meet].tolist(), strict=True))

    def _at_most(self, groups: Ints, columns: Ints, most: Ints | int) -> None:
        """Let the columns of each group hold at most one, or ``most[group]``."""
        names, row = np.unique(groups, return_inverse=True)
        upper = most if isinstance(most, int) else most[names]
        self._program.add_rows(len(names), (row, columns, 1), upper=upper)

    def _meets_once(self) -> None:
        """Let a candidate meet at most once, and one that must meet exactly once."""
        names, row = np.unique(self._candidate, return_inverse=True)
        least = [self._arena.candidates[p].is_fixed for p in names]
        self._program.add_rows(len(names), (row, self._meets, 1), lower=np.array(least, np.float64), upper=1)

    def _one_meeting_per_place_and_slot(self) -> None:
        """Let leaders, and tables that meetings need, hold one meeting per slot."""
        count = self._arena.slot_count
        self._at_most(self._who * count + np.tile(self._slot, 2), self._of, 1)
        own = self._table >= 0
        self._at_most(self._table[own] * count + self._slot[own], self._meets[own], 1)

    def _within_maximum(self) -> None:
        """Nobody has more meetings than the maximum allows."""
        self._at_most(self._who, self._of, np.array(self._arena.caps, np.int64) - self._degree)

    def _enough_tables(self) -> None:
        """No slot holds more meetings than there are tables."""
        self._at_most(self._slot, self._meets, len(self._arena.problem.tables))

    def _gain_levels(self) -> tuple[Reals, Ints]:
        """Return what each further fulfilled request of a leader is worth, and its column."""
        candidates, gain = self._arena.candidates, self._arena.problem.weights.gain
        done = np.zeros(len(self._arena.available), np.int64)
        for position in self._kept:
            done[list(candidates[position].askers)] += 1
        asked = [(who, column) for column, p in enumerate(self._candidate) for who in candidates[p].askers]
        return add_gain_levels(self._program, asked, lambda who, _: gain[done[who] : done[who] + _MOST_SLOTS])
