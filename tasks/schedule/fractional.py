"""Why a choice cannot be placed: the timetable in fractions, and the rule that its prices prove for every plan.

Let meetings be split over their slots, with every leader, shared table and slot holding no more than it can. If not
all of a choice fits even so, the prices of these limits weigh each pair by its cheapest slot, and no plan holds more
weight than the limits are worth: a cut in the sense of Benders (1962) that holds for all pairs, chosen or not.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from ortools.math_opt.python import mathopt

from tasks.schedule.budget import Stopwatch
from tasks.schedule.candidates import Arena
from tasks.schedule.program import Ints, Program, Reals

# Prices are rounded, and the rule is then computed from what is left: any prices from 0 prove a rule.
_DECIMALS: Final = 6


@dataclass(frozen=True, slots=True)
class PriceCut:
    """The chosen among ``positions`` weigh at most ``most`` in every plan, by ``weights`` from 0 to 1."""

    positions: tuple[int, ...]
    weights: tuple[float, ...]
    most: float

    def is_broken_by(self, chosen: tuple[int, ...]) -> bool:
        """Say whether a choice weighs clearly more than any plan can."""
        weight = dict(zip(self.positions, self.weights, strict=True))
        return sum(weight.get(position, 0.0) for position in chosen) > self.most + 1e-4


class SlotLimits:
    """What each candidate uses in each of its slots: the two leaders, the table it must have, a seat."""

    def __init__(self, arena: Arena) -> None:
        leaders, slots, tables = len(arena.available), arena.slot_count, len(arena.problem.tables)
        used = [
            (p, at, c.one, c.other, c.table)
            for p, c in enumerate(arena.candidates)
            for at in range(slots)
            if c.slots >> at & 1
        ]
        candidate, slot, one, other, table = np.array(used, np.int64).reshape(-1, 5).T
        self.candidate = candidate
        self._seat = (leaders + tables) * slots + slot
        own = np.where(table >= 0, (leaders + table) * slots + slot, -1)
        self._uses = np.stack([one * slots + slot, other * slots + slot, self._seat, own])
        # The last entry is what a candidate without a table of its own uses there: nothing.
        self._holds = np.ones((leaders + tables + 1) * slots + 1)
        self._holds[self._seat] = tables

    def cut(self, chosen: tuple[int, ...], watch: Stopwatch) -> PriceCut | None:
        """Return the rule that the choice breaks, None where it fits in fractions or the clock cut the search."""
        prices = self._prices(chosen, watch)
        if prices is None:
            return None
        by_slot = np.minimum(prices[self._uses].sum(axis=0), 1.0)
        weights = np.ones(int(self.candidate.max(initial=-1)) + 1)
        np.minimum.at(weights, self.candidate, by_slot)
        positions = np.flatnonzero(weights)
        cut = PriceCut(tuple(positions.tolist()), tuple(weights[positions].tolist()), float(prices @ self._holds))
        return cut if cut.is_broken_by(chosen) else None

    def _prices(self, chosen: tuple[int, ...], watch: Stopwatch) -> Reals | None:
        mine = np.flatnonzero(np.isin(self.candidate, chosen))
        uses = self._uses[:, mine]
        limits = np.unique(uses[uses >= 0])
        program = Program()
        columns = program.add_columns(len(mine))
        candidates, row = np.unique(self.candidate[mine], return_inverse=True)
        program.add_rows(len(candidates), (row, columns, 1), upper=1)
        rows = program.add_rows(
            len(limits),
            *((np.searchsorted(limits, use[use >= 0]), columns[use >= 0], 1) for use in uses),
            upper=self._holds[limits],
        )
        # Two to six times faster than HiGHS here, and slower on the choice.
        solver = mathopt.SolverType.GLOP
        answer = program.in_fractions(np.ones(len(mine)), watch, is_maximum=True, solver=solver)
        if not len(answer.prices):
            return None
        return self._spread(limits, answer.prices[rows])

    def _spread(self, limits: Ints, found: Reals) -> Reals:
        prices = np.zeros(len(self._holds))
        prices[limits] = np.round(np.maximum(found, 0.0), _DECIMALS)
        return prices
