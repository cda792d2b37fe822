"""A linear program with whole columns, in arrays: built in bulk, solved by HiGHS through MathOpt.

MathOpt's own modelling layer makes one Python object per term, which at 180 leaders costs more than the search.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from tasks.schedule.budget import Stopwatch

# Objectives are whole numbers: a proven distance below one is a proof of the optimum.
_ABSOLUTE_GAP: Final = 0.9
_PRECISION: Final = 1e-6
# Shares of the whole columns that are left free, one after the other, before all are.
_SHARES: Final = (0.3, 0.7)

Ints = NDArray[np.int64]
Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: ``values[column]`` (None: nothing possible or nothing found in time) and the proven bound.

    ``is_possible`` is False only where it is proven that nothing keeps all rows. In fractions, ``prices[row]`` and
    ``changes[column]`` (what leaving its bound costs) are those of the optimum, else they are empty.
    """

    values: Reals | None
    bound: float
    is_possible: bool = True
    prices: Reals = field(default_factory=lambda: np.zeros(0))
    changes: Reals = field(default_factory=lambda: np.zeros(0))


@dataclass
class Program:
    """Columns with bounds, and rows ``lower <= coefficients . columns <= upper``, both numbered from 0."""

    _columns: list[tuple[Reals, Reals, NDArray[np.bool_]]] = field(default_factory=list)
    _rows: list[tuple[Reals, Reals]] = field(default_factory=list)
    _terms: list[tuple[Ints, Ints, Reals]] = field(default_factory=list)
    _limits: dict[int, float] = field(default_factory=dict)
    column_count: int = 0
    row_count: int = 0

    def add_columns(self, count: int, *, lower: ArrayLike = 0, upper: ArrayLike = 1, is_whole: bool = False) -> Ints:
        """Add columns; bounds are one for all or one for each. Return their numbers."""
        shape = (count,)
        self._columns.append((_spread(lower, shape), _spread(upper, shape), np.full(shape, is_whole)))
        self.column_count += count
        return np.arange(self.column_count - count, self.column_count)

    def add_rows(
        self,
        count: int,
        *terms: tuple[ArrayLike, ArrayLike, ArrayLike],
        lower: ArrayLike = -math.inf,
        upper: ArrayLike = math.inf,
    ) -> Ints:
        """Add rows; ``terms`` are (row within these, column, coefficient), no place twice. Return their numbers."""
        for row, column, coefficient in terms:
            columns = np.atleast_1d(np.asarray(column, np.int64))
            rows = _spread(row, columns.shape).astype(np.int64) + self.row_count
            self._terms.append((rows, columns, _spread(coefficient, columns.shape)))
        self._rows.append((_spread(lower, (count,)), _spread(upper, (count,))))
        self.row_count += count
        return np.arange(self.row_count - count, self.row_count)

    def limit(self, row: int, upper: float) -> None:
        """Change how much a row may be at most."""
        self._limits[row] = upper

    def solve(self, objective: Reals, watch: Stopwatch, *, is_maximum: bool) -> Answer:
        """Return the best values of the columns for ``objective[column]``; ``watch`` remembers a cut by the clock.

        In fractions first: often that is whole already. Else columns that would cost more than a width to move are
        held; what is then found is the best of all when it is no farther than the width from the best in fractions,
        since whatever moves a held column is worse (Dantzig, Fulkerson, Johnson 1954).
        """
        loose = self.in_fractions(objective, watch, is_maximum=is_maximum)
        whole = _joined(self._columns, 2) > 0
        if not loose.is_possible or (loose.values is not None and _is_whole(loose.values[whole])):
            return loose
        if loose.values is None or not len(loose.changes):  # cut by the clock: what is left of it goes to the search
            return self.in_whole(objective, watch, is_maximum=is_maximum)
        cost = np.abs(loose.changes)
        for share in _SHARES:
            width = float(np.quantile(cost[whole], share))
            held = whole & (cost > max(width, _PRECISION)) & (np.abs(loose.values - loose.values.round()) < _PRECISION)
            found = self.in_whole(objective, watch, is_maximum=is_maximum, held=held, at=loose.values)
            least = float(cost[held].min(initial=math.inf))
            if found.values is not None and abs(loose.bound - float(objective @ found.values)) <= least:
                return found
        return self.in_whole(objective, watch, is_maximum=is_maximum)

    def in_whole(
        self,
        objective: Reals,
        watch: Stopwatch,
        *,
        is_maximum: bool,
        nodes: int | None = None,
        held: NDArray[np.bool_] | None = None,
        at: Reals | None = None,
    ) -> Answer:
        """Solve by branch and bound, within so many ``nodes``, with the columns that are ``held`` staying ``at``."""
        proto = self._as_proto(objective, is_maximum=is_maximum)
        if held is not None and at is not None:
            for column in np.flatnonzero(held).tolist():
                proto.variables.lower_bounds[column] = proto.variables.upper_bounds[column] = round(at[column])
        return self._answer(proto, watch, nodes=nodes)

    def in_fractions(
        self,
        objective: Reals,
        watch: Stopwatch,
        *,
        is_maximum: bool,
        solver: mathopt.SolverType = mathopt.SolverType.HIGHS,
    ) -> Answer:
        """Solve with no column whole."""
        proto = self._as_proto(objective, is_maximum=is_maximum)
        proto.variables.integers[:] = [False] * self.column_count
        return self._answer(proto, watch, solver=solver)

    def _answer(
        self,
        proto: model_pb2.ModelProto,
        watch: Stopwatch,
        *,
        nodes: int | None = None,
        solver: mathopt.SolverType = mathopt.SolverType.HIGHS,
    ) -> Answer:
        model = mathopt.Model.from_model_proto(proto)
        parameters = mathopt.SolveParameters(
            relative_gap_tolerance=0.0,
            absolute_gap_tolerance=_ABSOLUTE_GAP,
            node_limit=nodes,
            time_limit=timedelta(seconds=watch.left_seconds),
        )
        result = _solved(model, solver, parameters)
        reason = result.termination.reason
        if reason in (mathopt.TerminationReason.INFEASIBLE, mathopt.TerminationReason.INFEASIBLE_OR_UNBOUNDED):
            return Answer(None, math.nan, is_possible=False)
        watch.was_cut = watch.was_cut or not (reason == mathopt.TerminationReason.OPTIMAL or nodes)
        values, prices, changes = None, np.zeros(0), np.zeros(0)
        if result.has_primal_feasible_solution():
            values = np.fromiter(result.variable_values().values(), np.float64, self.column_count)
        if result.has_dual_feasible_solution():
            prices = np.fromiter(result.dual_values().values(), np.float64, self.row_count)
            changes = np.fromiter(result.reduced_costs().values(), np.float64, self.column_count)
        return Answer(values, result.best_objective_bound(), prices=prices, changes=changes)

    def _as_proto(self, objective: Reals, *, is_maximum: bool) -> model_pb2.ModelProto:
        proto = model_pb2.ModelProto()
        lower, upper, whole = (_joined(self._columns, part) for part in range(3))
        proto.variables.ids.extend(range(self.column_count))
        proto.variables.lower_bounds.extend(lower.tolist())
        proto.variables.upper_bounds.extend(upper.tolist())
        proto.variables.integers.extend(whole.astype(bool).tolist())
        worth = np.flatnonzero(objective)
        proto.objective.maximize = is_maximum
        proto.objective.linear_coefficients.ids.extend(worth.tolist())
        proto.objective.linear_coefficients.values.extend(objective[worth].tolist())
        proto.linear_constraints.ids.extend(range(self.row_count))
        proto.linear_constraints.lower_bounds.extend(_joined(self._rows, 0).tolist())
        most = _joined(self._rows, 1)
        most[list(self._limits)] = list(self._limits.values())
        proto.linear_constraints.upper_bounds.extend(most.tolist())
        rows, columns, coefficients = (_joined(self._terms, part) for part in range(3))
        order = np.lexsort((columns, rows))
        matrix = proto.linear_constraint_matrix
        matrix.row_ids.extend(rows[order].astype(np.int64).tolist())
        matrix.column_ids.extend(columns[order].astype(np.int64).tolist())
        matrix.coefficients.extend(coefficients[order].tolist())
        return proto


def _solved(
    model: mathopt.Model, solver: mathopt.SolverType, parameters: mathopt.SolveParameters
) -> mathopt.SolveResult:
    """Solve; where HiGHS gives up on a program with an error of its own, which is rare, SCIP solves it."""
    try:
        return mathopt.solve(model, solver, params=parameters)
    except (
        AttributeError,
        mathopt.InternalMathOptError,
    ):  # OR-Tools 9.15 fails to make the second and raises the first
        return mathopt.solve(model, mathopt.SolverType.GSCIP, params=parameters)


def _spread(given: ArrayLike, shape: tuple[int, ...]) -> Reals:
    return np.broadcast_to(np.asarray(given, np.float64), shape)


def _joined(blocks: Sequence[tuple[NDArray[Any], ...]], part: int) -> Reals:
    return np.concatenate([np.zeros(0), *(block[part] for block in blocks)])


def _is_whole(values: Reals) -> bool:
    return bool((np.abs(values - values.round()) < _PRECISION).all())
