"""A proven lower bound on the table changes of a timetable: the links less the most stays of the linear program.

PDLP (Applegate et al. 2021, through MathOpt) finds multipliers to a modest accuracy, which takes a second for two
thousand leaders where a simplex takes ten. Any multipliers prove a bound, which is computed from them here: neither
the solver's accuracy nor its word is relied on.
"""

import math
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.pdlp import solvers_pb2

from tasks.schedule.budget import Stopwatch
from tasks.schedule.candidates import Arena
from tasks.schedule.kempe import Reals
from tasks.schedule.relaxation import Relaxation
from tasks.schedule.stays import StayProgram
from tasks.schedule.ways import Link

_ACCURACY: Final = 3e-4
_MOST_ITERATIONS: Final = 20_000
_ROUNDING: Final = 1e-6


def change_bound(arena: Arena, slots: dict[int, int], links: Sequence[Link], watch: Stopwatch) -> int:
    """Return a number of table changes that no seating of the placed candidates undercuts."""
    program = StayProgram(arena, slots, links).program
    most = math.floor(program.most(_multipliers(program, watch)) + _ROUNDING)
    return max(0, len(links) - most)


def _multipliers(program: Relaxation, watch: Stopwatch) -> Reals:
    """Return good multipliers of the rows, from 0; all 0 where the time is over before any are found."""
    nothing = np.zeros(len(program.upper))
    if not program.upper:
        return nothing
    model = mathopt.Model.from_model_proto(_in_words_of_mathopt(program))
    settings = solvers_pb2.PrimalDualHybridGradientParams()
    accuracy = settings.termination_criteria.simple_optimality_criteria
    accuracy.eps_optimal_relative = accuracy.eps_optimal_absolute = _ACCURACY
    settings.termination_criteria.iteration_limit = _MOST_ITERATIONS
    parameters = mathopt.SolveParameters(pdlp=settings, time_limit=timedelta(seconds=watch.left_seconds))
    result = mathopt.solve(model, mathopt.SolverType.PDLP, params=parameters)
    if result.termination.limit == mathopt.Limit.TIME:
        watch.was_cut = True
    for solution in result.solutions:
        if solution.dual_solution is not None:
            of_rows = solution.dual_solution.dual_values
            return np.array([max(0.0, of_rows[row]) for row in model.linear_constraints()])
    return nothing


def _in_words_of_mathopt(program: Relaxation) -> model_pb2.ModelProto:
    """Return the program as MathOpt's own message: built variable by variable it would take longer than to solve."""
    model = model_pb2.ModelProto()
    columns, rows = range(len(program.gain)), range(len(program.upper))
    model.variables.ids.extend(columns)
    model.variables.lower_bounds.extend(0.0 for _ in columns)
    model.variables.upper_bounds.extend(1.0 for _ in columns)
    model.variables.integers.extend(False for _ in columns)
    model.objective.maximize = True
    gaining = [column for column in columns if program.gain[column]]
    model.objective.linear_coefficients.ids.extend(gaining)
    model.objective.linear_coefficients.values.extend(program.gain[column] for column in gaining)
    model.linear_constraints.ids.extend(rows)
    model.linear_constraints.lower_bounds.extend(-math.inf for _ in rows)
    model.linear_constraints.upper_bounds.extend(program.upper)
    order = np.lexsort((program.column, program.row))
    model.linear_constraint_matrix.row_ids.extend(np.array(program.row)[order].tolist())
    model.linear_constraint_matrix.column_ids.extend(np.array(program.column)[order].tolist())
    model.linear_constraint_matrix.coefficients.extend(np.array(program.sign)[order].tolist())
    return model
