"""The referee: recomputes every rule, the objective and the reasons of a plan from the problem alone.

It shares the value types of problem and plan with the solver, and none of the code that chooses, places or counts. The
rules stand in ``rules``, what a plan states of itself is looked at in ``statements`` and ``infeasible``.
"""

from tasks.errors import DataError
from tasks.messages import message, plural
from tasks.schedule.infeasible import INFEASIBLE
from tasks.schedule.plan import Plan
from tasks.schedule.problem import Problem
from tasks.schedule.rules import HARD_RULES, NAMES, Violation
from tasks.schedule.statements import DETAILS, STATEMENTS


def violations(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """Return every violation. Sums and reasons are only looked at once those before hold: they lean on them."""
    stages = (NAMES, INFEASIBLE) if plan.status == "infeasible" else (NAMES, HARD_RULES, STATEMENTS, DETAILS)
    for rules in stages:
        found = tuple(violation for rule in rules for violation in rule(problem, plan))
        if found:
            return found
    return ()


def require_valid(problem: Problem, plan: Plan) -> None:
    """Raise DataError with the first violation and how many there are."""
    found = violations(problem, plan)
    if found:
        raise DataError(
            plural(
                "{count} violation: {first}",
                "{count} violations, the first: {first}",
                count=len(found),
                first=found[0].sentence,
            ),
            where=found[0].where,
            remedy=message("Solve the problem again; this plan must not be used."),
        )
