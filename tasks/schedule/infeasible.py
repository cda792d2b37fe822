"""What an infeasible plan says of itself, recomputed by the referee: nothing but a conflict, which is a true one."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from tasks.messages import message
from tasks.schedule.plan import Bounds, Meeting, Objective, Plan
from tasks.schedule.problem import Fixed, Problem
from tasks.schedule.rules import HARD_RULES, Found, Rule, Violation


def nothing_is_stated(_problem: Problem, plan: Plan) -> Found:
    """Meetings, figures, reasons and a cut mean nothing where there is no plan: they are empty."""
    if plan.meetings:
        yield Violation("nothing_is_stated", "meetings", message("an infeasible plan has no meetings."))
    stated = {
        "objective": plan.objective != Objective(),
        "bounds": plan.bounds != Bounds(),
        "unmet": plan.unmet != (),
        "stopped_by": plan.stopped_by is not None,
    }
    for name in (name for name, is_stated in stated.items() if is_stated):
        text = message("{name} must be empty in an infeasible plan.", name=name)
        yield Violation("nothing_is_stated", name, text)


def conflict_is_true(problem: Problem, plan: Plan) -> Found:
    """Meetings named by the conflict break its rule, whatever else is planned."""
    if plan.conflict is None:
        text = message("an infeasible plan must name what cannot hold together.")
        yield Violation("conflict_is_true", "conflict", text)
        return
    named = tuple(item for item in problem.fixed if item.name in plan.conflict.items)
    if plan.conflict.rule not in _rules_broken_by(replace(problem, fixed=named), plan):
        text = message("the meetings named do not break the rule {rule}.", rule=plan.conflict.rule)
        yield Violation("conflict_is_true", "conflict", text)


def _rules_broken_by(problem: Problem, plan: Plan) -> set[str]:
    """Return the rules that the fixed meetings break by themselves."""
    crowds = Counter(item.slot for item in problem.fixed)
    crowded = {"enough_tables"} if max(crowds.values(), default=0) > len(problem.tables) else set()
    alone = replace(plan, meetings=tuple(_seated(problem)))
    return crowded | {violation.rule for rule in HARD_RULES for violation in rule(problem, alone)}


def _seated(problem: Problem) -> Iterator[Meeting]:
    """Yield the fixed meetings, each at the table that it must have, else at one of its own."""
    for number, item in enumerate(problem.fixed):
        yield Meeting(item.pair, item.slot, item.table or _own_table(problem, item) or f"free table {number}")


def _own_table(problem: Problem, item: Fixed) -> str | None:
    return next((table for name in item.pair if (table := problem.leader_by_id[name].table)), None)


INFEASIBLE: Final[tuple[Rule, ...]] = (nothing_is_stated, conflict_is_true)
