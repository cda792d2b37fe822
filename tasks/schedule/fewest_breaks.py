"""Given meetings with the fewest breaks, and the proof.

First the breaks that each participant cannot avoid are counted; then a schedule with these and no other is looked for,
where presolve sees through most of the model; only where there is none, core-guided search says what must be added, and
a schedule with so many more is looked for.
One worker, so that the answer depends on seed and work and not on the machine.
"""

import math
import time
from dataclasses import dataclass
from typing import Final

from ortools.sat.python import cp_model

from tasks.schedule.breaks import BreaksModel
from tasks.schedule.given import GivenMeetings, GivenSchedule
from tasks.schedule.given_rules import breaks_of
from tasks.schedule.unavoidable import least_breaks, unavoidable_breaks

# Chosen on published instances. Linear relaxations only slow these clauses down, and their symmetries cost more to find
# than they save; a twentieth of the work for tidying up the clauses, instead of a fifth, learns as much in less time.
# Where the number of breaks is settled, one round of presolve sees what there is to see, and Luby's restarts find a
# schedule in two thirds of the time that restarts by what was learnt lately take: most of this is finding.
_ALWAYS: Final = "num_workers: 1, linearization_level: 0, symmetry_level: 0, inprocessing_dtime_ratio: 0.05"
_DECIDED: Final = "max_presolve_iterations: 1, restart_algorithms: [LUBY_RESTART]"
_GUIDED: Final = "optimize_with_core: true, core_minimization_level: 0"
# Core-guided search reaches the bound in seconds; where it then does not find the schedule, a decision sooner does.
_GUIDED_UNITS: Final = 5.0
# Share of the work for a schedule with the unavoidable breaks alone: found or refuted, it mostly is at once.
_TIGHT_SHARE: Final = 0.5


def fewest_breaks(
    given: GivenMeetings, *, seed: int, time_limit_seconds: float, units: float = math.inf
) -> GivenSchedule:
    """Place the meetings with as few breaks as can be.

    ``units`` are CP-SAT's deterministic seconds, ``time_limit_seconds`` is the ceiling of the clock. The same meetings,
    seed and units give the same schedule, unless the ceiling was reached.
    """
    search = _Search(seed, time_limit_seconds, units)
    alone = unavoidable_breaks(given)
    if alone is None:
        return GivenSchedule("infeasible", None, None, 0, search.seconds)
    model, least = BreaksModel(given, alone), sum(least_breaks(given, alone))
    tight = search.run(model.with_more_breaks(0), _DECIDED, most=_TIGHT_SHARE * units)
    if tight.is_found:
        return _schedule(given, model.slots_of(tight.solver), least, search)
    guided = search.run(model.with_fewest_breaks(), _GUIDED, most=_GUIDED_UNITS)
    if guided.is_refuted:
        return GivenSchedule("infeasible", None, None, 0, search.seconds)
    bound = max(least + tight.is_refuted, guided.bound)
    slots = model.slots_of(guided.solver) if guided.is_found else None
    while search.is_left and (slots is None or sum(breaks_of(given, slots)) > bound):
        decided = search.run(model.with_more_breaks(bound - least), _DECIDED)
        if decided.is_found:
            slots = model.slots_of(decided.solver)
        elif not decided.is_refuted:
            break
        elif bound - least >= model.most_more:
            return GivenSchedule("infeasible", None, None, 0, search.seconds)
        else:
            bound += 1
    return _schedule(given, slots, bound, search)


def _schedule(given: GivenMeetings, slots: tuple[int, ...] | None, bound: int, search: "_Search") -> GivenSchedule:
    if slots is None:
        return GivenSchedule("feasible", None, None, bound, search.seconds)
    breaks = sum(breaks_of(given, slots))
    return GivenSchedule("optimal" if breaks == bound else "feasible", slots, breaks, bound, search.seconds)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What one run of CP-SAT ended with."""

    solver: cp_model.CpSolver
    status: cp_model.CpSolverStatus

    @property
    def is_found(self) -> bool:
        return self.status in (cp_model.OPTIMAL, cp_model.FEASIBLE)

    @property
    def is_refuted(self) -> bool:
        return self.status == cp_model.INFEASIBLE

    @property
    def bound(self) -> int:
        return math.ceil(self.solver.best_objective_bound - 1e-6)


class _Search:
    """Runs of CP-SAT that share clock and work."""

    def __init__(self, seed: int, time_limit_seconds: float, units: float) -> None:
        self._seed = seed
        self._began = time.monotonic()
        self._limit = time_limit_seconds
        self._units = units

    @property
    def seconds(self) -> float:
        """What has passed on the clock."""
        return round(time.monotonic() - self._began, 3)

    @property
    def is_left(self) -> bool:
        """Whether there is work and time left."""
        return self._units > 0 and self.seconds < self._limit

    def run(self, model: cp_model.CpModel, settings: str, most: float = math.inf) -> _Outcome:
        """Solve within the work that is left, and at most so many units of it."""
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.merge_text_format(f"{_ALWAYS}, {settings}")
        parameters.random_seed = self._seed
        parameters.max_time_in_seconds = max(0.1, self._limit - self.seconds)
        parameters.max_deterministic_time = max(0.0, min(self._units, most))
        status = solver.solve(model)
        self._units -= solver.deterministic_time
        return _Outcome(solver, status)
