"""Who meets: the least shortfall first, then the most value, both with proven bounds.

A b-matching with lower bounds and concave gains as an integer program. Times are left out, except that each leader's
meetings must be able to stand in different slots (Hall's condition, added where violated) and what ``forbid`` adds:
what finds a slot afterwards is therefore optimal for the whole problem.
"""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from tasks.schedule.budget import Stopwatch
from tasks.schedule.candidates import Arena
from tasks.schedule.figures import shortfall_of, value_of
from tasks.schedule.hall import Cut, violated_cuts
from tasks.schedule.program import Ints, Program, Reals
from tasks.schedule.wanted import add_gain_levels, add_shortfalls

_ROUNDING: Final = 1e-6
_MOST_ROUNDS: Final = 30


@dataclass(frozen=True, slots=True)
class Choice:
    """Positions of the chosen candidates, and the proven bounds on shortfall and value of any plan."""

    chosen: tuple[int, ...]
    shortfall_bound: int
    value_bound: int


class ChoiceModel:
    """The integer program; each method adds one rule."""

    def __init__(self, arena: Arena, watch: Stopwatch, wanted: Collection[int] = ()) -> None:
        """Take an arena, and the positions of candidates that are preferred among choices of the same value."""
        self._arena = arena
        self._watch = watch
        self._wanted = sorted(wanted)
        self._program = Program()
        candidates = arena.candidates
        is_fixed = np.array([candidate.is_fixed for candidate in candidates], np.bool_)
        self._meets = self._program.add_columns(len(candidates), lower=is_fixed, is_whole=True)
        # One entry for each side of each candidate: who, and which candidate.
        self._who = np.array([who for c in candidates for who in (c.one, c.other)], np.int64)
        self._of = np.repeat(self._meets, 2)
        self._lacks = add_shortfalls(self._program, self._who, self._of, np.array(arena.targets, np.int64))
        self._gains, self._levels = self._gain_levels()
        self._within_maximum()
        self._within_seats()
        self._one_meeting_per_table()
        self._lack_row = int(self._program.add_rows(1, (0, self._lacks, 1))[0])

    def solve(self, least: int = 0) -> Choice:
        """Return the best choice: the least shortfall, known to be no less than ``least``, and then the most value."""
        # Most events need leave nobody short. Trying that first is its own proof and saves a search.
        best = self.most_value(least)
        if best is None:
            _, bound = self._with_cuts(self._shortfall, is_maximum=False)
            least = max(least, math.ceil(max(bound, 0.0) - _ROUNDING))
            while (best := self.most_value(least)) is None:
                least += 1
        return replace(best, shortfall_bound=least)

    def most_value(self, shortfall_limit: int) -> Choice | None:
        """Return the choice of most value with no more shortfall than the limit, None when there is none."""
        self._program.limit(self._lack_row, shortfall_limit)
        chosen, bound = self._with_cuts(self._value, is_maximum=True)
        self._program.limit(self._lack_row, math.inf)
        if chosen is None:
            return None
        if shortfall_of(self._arena, chosen) > shortfall_limit:
            # Cut short without a solution: what was learnt below the limit says nothing about plans above it.
            bound = self._everything
        elif self._wanted:
            chosen = self._with_most_wanted(chosen, shortfall_limit)
        return Choice(tuple(chosen), 0, math.floor(min(bound, self._everything) + _ROUNDING))

    def _with_most_wanted(self, chosen: list[int], shortfall_limit: int) -> list[int]:
        """Return a choice as good as the one given, with as many of the wanted candidates as any has."""
        self._program.limit(self._lack_row, shortfall_limit)
        self._program.limit(self._worth_row, -value_of(self._arena, chosen))
        objective = np.zeros(self._program.column_count)
        objective[self._meets[self._wanted]] = 1
        found, _ = self._with_cuts(objective, is_maximum=True)
        self._program.limit(self._worth_row, math.inf)
        self._program.limit(self._lack_row, math.inf)
        is_as_good = found is not None and _rank(self._arena, found) >= _rank(self._arena, chosen)
        return found if found is not None and is_as_good else chosen

    def value_bound(self, shortfall_limit: int) -> int:
        """Return a value that no plan with no more shortfall than the limit exceeds."""
        best = self.most_value(shortfall_limit)
        return self._everything if best is None else best.value_bound

    def forbid(self, positions: Iterable[int], weights: Iterable[float], most: float) -> None:
        """Add a rule that every plan keeps: the chosen among ``positions`` weigh no more than ``most`` together."""
        self._program.add_rows(1, (0, list(positions), list(weights)), upper=most)

    @cached_property
    def _worth_row(self) -> int:
        """The row by which a choice can be told to be worth no less than another one."""
        columns = np.flatnonzero(self._value)
        return int(self._program.add_rows(1, (0, columns, -self._value[columns]))[0])

    @cached_property
    def _everything(self) -> int:
        """The value if everybody met: a bound where no search has found a better one."""
        return value_of(self._arena, range(len(self._arena.candidates)))

    @cached_property
    def _shortfall(self) -> Reals:
        objective = np.zeros(self._program.column_count)
        objective[self._lacks] = 1
        return objective

    @cached_property
    def _value(self) -> Reals:
        """Weights of the meetings, and what fulfilled requests add. Gains never rise, so levels fill in order."""
        objective = np.zeros(self._program.column_count)
        objective[self._meets] = [candidate.weight for candidate in self._arena.candidates]
        objective[self._levels] = self._gains
        return objective

    def _gain_levels(self) -> tuple[Reals, Ints]:
        """Return what each level of fulfilled own requests is worth, and its column."""
        gains = [gain for gain in self._arena.problem.weights.gain if gain > 0]
        asked = [(asker, p) for p, candidate in enumerate(self._arena.candidates) for asker in candidate.askers]
        return add_gain_levels(self._program, asked, lambda _, count: gains[:count])

    def _within_maximum(self) -> None:
        """Nobody has more meetings than the maximum or the available slots allow."""
        caps = np.array(self._arena.caps, np.int64)
        tight = np.flatnonzero(np.bincount(self._who, minlength=len(caps)) > caps)
        row_of = np.full(len(caps), -1)
        row_of[tight] = np.arange(len(tight))
        mine = row_of[self._who] >= 0
        self._program.add_rows(len(tight), (row_of[self._who[mine]], self._of[mine], 1), upper=caps[tight])

    def _within_seats(self) -> None:
        """All slots together hold so many meetings: tables, or half of the leaders who are there."""
        tables, seats = len(self._arena.problem.tables), 0
        for slot in range(self._arena.slot_count):
            present = sum(mask >> slot & 1 for mask in self._arena.available)
            seats += min(tables, present // 2)
        self._program.add_rows(1, (0, self._meets, 1), upper=seats)

    def _one_meeting_per_table(self) -> None:
        """Let no more meetings need one and the same table than there are slots in which they can be."""
        by_table: dict[int, list[int]] = {}
        for position, candidate in enumerate(self._arena.candidates):
            if candidate.table >= 0:
                by_table.setdefault(candidate.table, []).append(position)
        for mine in by_table.values():
            slots = 0
            for position in mine:
                slots |= self._arena.candidates[position].slots
            if len(mine) > slots.bit_count():
                self.forbid(mine, [1] * len(mine), slots.bit_count())

    def _with_cuts(self, objective: Reals, *, is_maximum: bool) -> tuple[list[int] | None, float]:
        """Solve, forbid what no leader's own slots can hold, and solve again until nothing is to be forbidden."""
        chosen, bound = self._optimum(objective, is_maximum=is_maximum)
        for _ in range(_MOST_ROUNDS):
            cuts = violated_cuts(self._arena, chosen or ())
            if not cuts or self._watch.is_over():
                break
            for cut in cuts:
                self._confine(cut)
            chosen, bound = self._optimum(objective, is_maximum=is_maximum)
        return chosen, bound

    def _confine(self, cut: Cut) -> None:
        mine = self._of[self._who == cut.leader]
        confined = [position for position in mine if self._arena.candidates[position].slots & ~cut.slots == 0]
        self.forbid(confined, [1] * len(confined), cut.slots.bit_count())

    def _optimum(self, objective: Reals, *, is_maximum: bool) -> tuple[list[int] | None, float]:
        """Solve as it stands; None when nothing is possible. Cut short, the fixed meetings alone are the choice."""
        answer = self._program.solve(objective, self._watch, is_maximum=is_maximum)
        if not answer.is_possible:
            return None, math.inf
        if answer.values is None:
            return [p for p, candidate in enumerate(self._arena.candidates) if candidate.is_fixed], answer.bound
        return np.flatnonzero(answer.values[self._meets] > 1 / 2).tolist(), answer.bound


def _rank(arena: Arena, chosen: list[int]) -> tuple[int, int]:
    return -shortfall_of(arena, chosen), value_of(arena, chosen)
