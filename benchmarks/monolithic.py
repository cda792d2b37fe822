"""The baselines that do everything in one model: who and when together, by CP-SAT and as a mixed-integer program.

The same model for both: a 0/1 column for each pair and slot, one meeting per leader and slot, tables per slot,
shortfall and value in one objective whose weights keep their order. Gaps and tables are left as they fall: with
columns for these too, neither finds anything in the time given.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, TypeAlias

from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model

from tasks.schedule.objective import objective_of
from tasks.schedule.plan import Bounds, Meeting, Objective, Plan
from tasks.schedule.problem import Pair, Problem

SECONDS: Final = 90
_BOTH: Final = 2

Column: TypeAlias = int


@dataclass
class Whole:
    """Whole columns from 0 to ``most`` with what they are worth, and rows: plus columns less minus columns, at most."""

    most: list[int] = field(default_factory=list)
    worth: list[int] = field(default_factory=list)
    rows: list[tuple[list[Column], list[Column], int]] = field(default_factory=list)

    def add(self, most: int, worth: int) -> Column:
        """Add a column."""
        self.most.append(most)
        self.worth.append(worth)
        return len(self.most) - 1


def model_of(problem: Problem) -> tuple[Whole, dict[tuple[Pair, str], Column]]:
    """Return the model of a problem without fixed meetings and own tables, and the column of each pair and slot."""
    ranks: dict[Pair, dict[str, int]] = defaultdict(dict)
    for request in problem.requests:
        ranks[request.pair][request.asking] = request.rank
    model, meets = Whole(), {}
    weights = problem.weights
    for pair, asked in ranks.items():
        one, other = (problem.leader_by_id[name] for name in pair)
        points = sum(map(weights.of_rank, asked.values())) + weights.mutual * (len(asked) == _BOTH)
        for slot in problem.slots:
            if slot.id not in one.unavailable | other.unavailable and one.company != other.company:
                meets[pair, slot.id] = model.add(1, points)
    at: dict[tuple[str, ...], list[Column]] = defaultdict(list)
    for (pair, start), column in meets.items():
        at[start,].append(column)
        at["pair", *pair].append(column)
        for name in pair:
            at[name, start].append(column)
    model.rows += [(columns, [], len(problem.tables) if len(place) == 1 else 1) for place, columns in at.items()]
    _add_leaders(model, problem, ranks, meets)
    return model, meets


def _add_leaders(
    model: Whole, problem: Problem, ranks: dict[Pair, dict[str, int]], meets: dict[tuple[Pair, str], Column]
) -> None:
    """Add what concerns each leader: the maximum, what lacks to the minimum, and the gains by levels."""
    everything = sum(model.worth) + sum(problem.weights.gain) * len(problem.leaders) + 1
    mine: dict[str, list[tuple[Pair, Column]]] = defaultdict(list)
    for (pair, _), column in meets.items():
        for name in pair:
            mine[name].append((pair, column))
    for leader in problem.leaders:
        columns = [column for _, column in mine[leader.id]]
        most = min(problem.maximum_of(leader), len(problem.slots) - len(leader.unavailable))
        target = min(problem.limits.min_meetings, most, len({pair for pair, _ in mine[leader.id]}))
        lack = model.add(target, -everything)
        model.rows += [(columns, [], most), ([], [lack, *columns], -target)]
        own = [column for pair, column in mine[leader.id] if leader.id in ranks[pair]]
        model.rows.append(([model.add(1, gain) for gain in problem.weights.gain], own, 0))


def by_cp_sat(problem: Problem, seconds: float = SECONDS) -> Plan:
    """Return what CP-SAT finds in the time given, with two workers."""
    whole, meets = model_of(problem)
    model = cp_model.CpModel()
    columns = [model.new_int_var(0, most, "") for most in whole.most]
    for plus, minus, upper in whole.rows:
        model.add(sum(columns[c] for c in plus) - sum(columns[c] for c in minus) <= upper)
    model.maximize(sum(worth * column for worth, column in zip(whole.worth, columns, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = seconds
    is_found = solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    met = (key for key, column in meets.items() if is_found and solver.value(columns[column]))
    return _plan(problem, met, "one CP-SAT model")


def by_mip(problem: Problem, seconds: float = SECONDS) -> Plan:
    """Return what HiGHS finds in the time given, with as many threads as it takes."""
    whole, meets = model_of(problem)
    model = mathopt.Model()
    columns = [model.add_integer_variable(lb=0, ub=most) for most in whole.most]
    for plus, minus, upper in whole.rows:
        terms = [*(columns[c] for c in plus), *(-1 * columns[c] for c in minus)]
        model.add_linear_constraint(mathopt.fast_sum(terms) <= upper)
    model.maximize(mathopt.fast_sum([worth * column for worth, column in zip(whole.worth, columns, strict=True)]))
    parameters = mathopt.SolveParameters(time_limit=timedelta(seconds=seconds))
    result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters)
    values = result.variable_values(columns) if result.has_primal_feasible_solution() else [0.0] * len(columns)
    return _plan(problem, (key for key, column in meets.items() if values[column] > 1 / 2), "one MIP")


def _plan(problem: Problem, met: Iterable[tuple[Pair, str]], solver: str) -> Plan:
    """Return the plan of what meets, at the first free table of each slot."""
    taken: dict[str, int] = defaultdict(int)
    meetings = []
    for pair, slot in met:
        meetings.append(Meeting(pair, slot, problem.tables[taken[slot]]))
        taken[slot] += 1
    bare = Plan(problem.sha256, "feasible", tuple(meetings), Objective(), Bounds(), (), 0, solver)
    return Plan(problem.sha256, "feasible", bare.meetings, objective_of(problem, bare), Bounds(), (), 0, solver)
