"""Who meets: the least shortfall first, then the most value, both with proven bounds.

A b-matching with lower bounds and concave gains as an integer program (HiGHS through MathOpt). Times are left out,
except that each leader's meetings must be able to stand in different slots (Hall's condition, added where violated):
what finds a slot afterwards is therefore optimal for the whole problem.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import Final

from ortools.math_opt.python import mathopt

from tasks.schedule.budget import Stopwatch
from tasks.schedule.candidates import Arena
from tasks.schedule.figures import shortfall_of, value_of
from tasks.schedule.hall import Cut, violated_cuts

# Objectives are whole numbers: a proven distance below one is a proof of the optimum.
_ABSOLUTE_GAP: Final = 0.9
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

    def __init__(self, arena: Arena, watch: Stopwatch) -> None:
        self._arena = arena
        self._watch = watch
        self._model = mathopt.Model()
        self._meets = [
            self._model.add_binary_variable(name="") if not candidate.is_fixed else self._model.add_variable(lb=1, ub=1)
            for candidate in arena.candidates
        ]
        self._of_leader: list[list[int]] = [[] for _ in arena.available]
        for position, candidate in enumerate(arena.candidates):
            self._of_leader[candidate.one].append(position)
            self._of_leader[candidate.other].append(position)
        self._shortfall = self._shortfalls()
        self._value = mathopt.fast_sum([*self._weights(), *self._gains()])
        self._within_maximum()
        self._within_seats()
        self._one_meeting_per_table()

    def solve(self) -> Choice:
        """Return the best choice: the least shortfall and, with that, the most value."""
        # Most events need leave nobody short. Trying that first is its own proof and saves a search.
        best = self.most_value(0)
        if best is None:
            self._model.minimize(self._shortfall)
            _, bound = self._with_cuts()
            least = math.ceil(max(bound, 0.0) - _ROUNDING)
            while (best := self.most_value(least)) is None:
                least += 1
            best = replace(best, shortfall_bound=least)
        return best

    def most_value(self, shortfall_limit: int) -> Choice | None:
        """Return the choice of most value with no more shortfall than the limit, None when there is none."""
        limit = self._model.add_linear_constraint(self._shortfall <= shortfall_limit)
        self._model.maximize(self._value)
        chosen, bound = self._with_cuts()
        self._model.delete_linear_constraint(limit)
        if chosen is None:
            return None
        if shortfall_of(self._arena, chosen) > shortfall_limit:
            # Cut short without a solution: what was learnt below the limit says nothing about plans above it.
            bound = self._everything
        return Choice(tuple(chosen), 0, math.floor(min(bound, self._everything) + _ROUNDING))

    def value_bound(self, shortfall_limit: int) -> int:
        """Return a value that no plan with no more shortfall than the limit exceeds."""
        best = self.most_value(shortfall_limit)
        return self._everything if best is None else best.value_bound

    @cached_property
    def _everything(self) -> int:
        """The value if everybody met: a bound where no search has found a better one."""
        return value_of(self._arena, range(len(self._arena.candidates)))

    def _shortfalls(self) -> mathopt.LinearExpression:
        """Each leader lacks what the meetings leave below the target."""
        lacks = []
        for target, mine in zip(self._arena.targets, self._of_leader, strict=True):
            if target > 0:
                lack = self._model.add_variable(lb=0, ub=target)
                self._model.add_linear_constraint(lack + self._sum(mine) >= target)
                lacks.append(lack)
        return mathopt.fast_sum(lacks)

    def _weights(self) -> list[mathopt.LinearTerm]:
        """Return what each meeting is worth by the requests that it fulfils."""
        return [c.weight * meets for c, meets in zip(self._arena.candidates, self._meets, strict=True) if c.weight]

    def _gains(self) -> list[mathopt.LinearTerm]:
        """Return what fulfilled requests add. Gains never rise, so levels fill in order by themselves."""
        gains = [gain for gain in self._arena.problem.weights.gain if gain > 0]
        terms = []
        for leader, mine in enumerate(self._of_leader):
            own = [position for position in mine if leader in self._arena.candidates[position].askers]
            levels = [self._model.add_variable(lb=0, ub=1) for _ in own[: len(gains)]]
            if levels:
                self._model.add_linear_constraint(mathopt.fast_sum(levels) <= self._sum(own))
                terms += [gain * level for gain, level in zip(gains, levels, strict=False)]
        return terms

    def _within_maximum(self) -> None:
        """Nobody has more meetings than the maximum or the available slots allow."""
        for cap, mine in zip(self._arena.caps, self._of_leader, strict=True):
            if len(mine) > cap:
                self._model.add_linear_constraint(self._sum(mine) <= cap)

    def _within_seats(self) -> None:
        """All slots together hold so many meetings: tables, or half of the leaders who are there."""
        tables, seats = len(self._arena.problem.tables), 0
        for slot in range(self._arena.slot_count):
            present = sum(mask >> slot & 1 for mask in self._arena.available)
            seats += min(tables, present // 2)
        if len(self._meets) > seats:
            self._model.add_linear_constraint(mathopt.fast_sum(self._meets) <= seats)

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
                self._model.add_linear_constraint(self._sum(mine) <= slots.bit_count())

    def _sum(self, positions: Sequence[int]) -> mathopt.LinearSum:
        return mathopt.fast_sum([self._meets[position] for position in positions])

    def _with_cuts(self) -> tuple[list[int] | None, float]:
        """Solve, forbid what no leader's own slots can hold, and solve again until nothing is to be forbidden."""
        chosen, bound = self._optimum()
        for _ in range(_MOST_ROUNDS):
            cuts = violated_cuts(self._arena, chosen or ())
            if not cuts or self._watch.is_over():
                break
            for cut in cuts:
                self._forbid(cut)
            chosen, bound = self._optimum()
        return chosen, bound

    def _forbid(self, cut: Cut) -> None:
        mine = [p for p in self._of_leader[cut.leader] if self._arena.candidates[p].slots & ~cut.slots == 0]
        self._model.add_linear_constraint(self._sum(mine) <= cut.slots.bit_count())

    def _optimum(self) -> tuple[list[int] | None, float]:
        """Solve as it stands; None when nothing is possible. Cut short, the fixed meetings alone are the choice."""
        parameters = mathopt.SolveParameters(
            relative_gap_tolerance=0.0,
            absolute_gap_tolerance=_ABSOLUTE_GAP,
            time_limit=timedelta(seconds=self._watch.left_seconds),
        )
        result = mathopt.solve(self._model, mathopt.SolverType.HIGHS, params=parameters)
        reason = result.termination.reason
        if reason in (mathopt.TerminationReason.INFEASIBLE, mathopt.TerminationReason.INFEASIBLE_OR_UNBOUNDED):
            return None, math.inf
        if reason != mathopt.TerminationReason.OPTIMAL:
            self._watch.was_cut = True
        bound = result.best_objective_bound()
        if not result.has_primal_feasible_solution():
            return [p for p, candidate in enumerate(self._arena.candidates) if candidate.is_fixed], bound
        values = result.variable_values(self._meets)
        return [position for position, value in enumerate(values) if value > 1 / 2], bound
