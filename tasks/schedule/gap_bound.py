"""A proven lower bound on the gaps of a chosen set of meetings.

Every leader's afternoon is a path through a grid of (slot, meetings so far, phase of the session); leaders with the
same number of meetings and the same availability are interchangeable and form one integer flow. The flows share the
seats: two per table and slot. Who meets whom is forgotten, so the optimum of this program is a bound, never a plan.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, TypeAlias

from ortools.math_opt.python import mathopt

from tasks.schedule.budget import Stopwatch
from tasks.schedule.candidates import Arena

BEFORE, WITHIN, AFTER = range(3)
_ROUNDING: Final = 1e-6

State: TypeAlias = tuple[int, int, int]  # slot, meetings so far, phase of the session


@dataclass(frozen=True, slots=True)
class Arc:
    """One step of a leader from a slot to the next."""

    tail: State
    head: State
    is_busy: bool
    gaps: int


@dataclass
class _Seats:
    """For each slot the flows that take seats in it."""

    terms: dict[int, list[mathopt.Variable]] = field(default_factory=lambda: defaultdict(list))


def gap_bound(arena: Arena, chosen: tuple[int, ...], *, nodes: int, watch: Stopwatch) -> int:
    """Return a number of gaps that no placing of the chosen meetings can undercut."""
    model, seats, gaps = mathopt.Model(), _Seats(), []
    for (mask, degree), count in sorted(_groups(arena, chosen).items()):
        gaps += _add_flow(model, seats, list(arcs_of(arena, mask, degree)), count)
    for slot, terms in seats.terms.items():
        model.add_linear_constraint(mathopt.fast_sum(terms) <= 2 * len(arena.problem.tables), name=str(slot))
    model.minimize(mathopt.fast_sum(gaps))
    parameters = mathopt.SolveParameters(
        node_limit=nodes, absolute_gap_tolerance=0.9, relative_gap_tolerance=0.0,
        time_limit=timedelta(seconds=watch.left_seconds),
    )  # fmt: skip
    result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters)
    if result.termination.limit == mathopt.Limit.TIME:
        watch.was_cut = True
    bound = result.best_objective_bound()
    return max(0, math.ceil(bound - _ROUNDING)) if math.isfinite(bound) else 0


def arcs_of(arena: Arena, mask: int, degree: int) -> Iterator[Arc]:
    """Yield the steps that lie on a path of ``degree`` meetings within the available slots ``mask``."""
    slots = arena.problem.slots
    for at, slot in enumerate(slots):
        is_last = at + 1 == len(slots) or slots[at + 1].session != slot.session
        left, passed = (mask >> (at + 1)).bit_count(), (mask & ((1 << at) - 1)).bit_count()
        is_there = mask >> at & 1
        for done in range(max(0, degree - left - is_there), min(degree, passed) + 1):
            for phase in (BEFORE, WITHIN, AFTER):
                for is_busy, next_phase, gaps in _steps(phase, bool(is_there)):
                    if is_last and next_phase == WITHIN:
                        continue  # whoever is within a session must end it with a meeting
                    if degree - left <= done + is_busy <= degree:
                        head = (at + 1, done + is_busy, BEFORE if is_last else next_phase)
                        yield Arc((at, done, phase), head, is_busy, gaps)


def _steps(phase: int, is_there: bool) -> Iterator[tuple[bool, int, int]]:  # noqa: FBT001 -- a state of the grid
    """Yield (meets, next phase, gaps) for one slot; a meeting may or may not be the session's last."""
    if phase != WITHIN or not is_there:
        yield False, phase, 0
    else:
        yield False, WITHIN, 1
    if is_there and phase != AFTER:
        yield True, WITHIN, 0
        yield True, AFTER, 0


def _groups(arena: Arena, chosen: tuple[int, ...]) -> Counter[tuple[int, int]]:
    degrees = Counter[int]()
    for position in chosen:
        candidate = arena.candidates[position]
        degrees.update((candidate.one, candidate.other))
    return Counter((arena.available[leader], degree) for leader, degree in degrees.items())


def _add_flow(model: mathopt.Model, seats: _Seats, arcs: list[Arc], count: int) -> list[mathopt.LinearTerm]:
    """Send ``count`` leaders through the grid; return what their gaps cost."""
    balance: dict[State, list[mathopt.LinearTerm]] = defaultdict(list)
    gaps = []
    for arc in arcs:
        flow = model.add_integer_variable(lb=0, ub=count)
        balance[arc.tail].append(-1 * flow)
        balance[arc.head].append(1 * flow)
        if arc.is_busy:
            seats.terms[arc.tail[0]].append(flow)
        if arc.gaps:
            gaps.append(1 * flow)
    first, last = min(balance), max(slot for slot, _, _ in balance)
    for state, terms in balance.items():
        if state == first:
            model.add_linear_constraint(mathopt.fast_sum(terms) == -count)
        elif state[0] == last:
            model.add_linear_constraint(mathopt.fast_sum(terms) == count)
        else:
            model.add_linear_constraint(mathopt.fast_sum(terms) == 0)
    return gaps
