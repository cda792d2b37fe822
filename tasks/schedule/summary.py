"""A plan in a few lines for whoever decides about it: ids and figures, no names."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from tasks.messages import Message, message, plural
from tasks.schedule.plan import Plan, Reason
from tasks.schedule.problem import Pair, Problem

REASONS: Final[dict[Reason, Message]] = {
    "own_full": message("the asker's own agenda is full"),
    "partner_full": message("the other's agenda is full"),
    "no_common_slot": message("the two are never there at the same time"),
    "excluded": message("the two must not meet"),
    "same_company": message("the two are of one company"),
    "no_table": message("no table was free when both were"),
    "unknown_partner": message("the other is not registered"),
    "withdrawn": message("the other has withdrawn"),
    "lower_value": message("other meetings were worth more"),
}

# Gaps and table changes are reached from above, their bounds from below.
_STAGES: Final[dict[str, Message]] = {
    "select": message("Who meets whom: {reached} points of at most {bound}"),
    "slots": message("Slots: {reached} meetings of {bound} placed"),
    "gaps": message("Gaps: {reached}, at least {bound}"),
    "tables": message("Changes of table: {reached}, at least {bound}"),
}


def sentence_of_stage(stage: str, reached: int, bound: int) -> Message:
    """Say what a stage of the solver has reached, and its bound."""
    return replace(_STAGES[stage], values={"reached": reached, "bound": bound})


def sentence_of_problem(problem: Problem) -> Message:
    """Say how large a problem is."""
    suggested = sum(request.is_suggested for request in problem.requests)
    requests = plural("{count} request", "{count} requests", count=len(problem.requests) - suggested)
    suggestions = plural("{count} suggestion", "{count} suggestions", count=suggested)
    return message(
        "{leaders}, {requests}, {slots} slots, {tables} tables",
        leaders=plural("{count} leader", "{count} leaders", count=len(problem.leaders)),
        requests=message("{one}, {other}", one=requests, other=suggestions) if suggested else requests,
        slots=len(problem.slots),
        tables=len(problem.tables),
    )


def sentence_of_kept(plan: Plan, earlier: Plan, version_id: str) -> Message:
    """Say what a plan reaches, and how much of the version that it changes stays as it was."""
    return message(
        "{plan}; of {version}, {kept} of {count} meetings stay at their time and table",
        plan=sentence_of_plan(plan),
        version=version_id,
        kept=len(set(plan.meetings) & set(earlier.meetings)),
        count=len(earlier.meetings),
    )


def sentence_of_plan(plan: Plan) -> Message:
    """Say what a plan reaches, and whether more is possible."""
    if plan.status == "infeasible":
        return message("no plan is possible")
    meetings = plural("{count} meeting", "{count} meetings", count=len(plan.meetings))
    if plan.status == "optimal":
        return message("{meetings}, value proven to be the best possible", meetings=meetings)
    bound = plan.bounds.value
    return message(
        "{meetings}, value {value} of at most {bound}", meetings=meetings, value=plan.objective.value, bound=bound
    )


def sentences_of_unplaced(plan: Plan, added: tuple[Pair, ...], named: Mapping[str, Message]) -> list[Message]:
    """Say which meetings that were asked for at the desk could not be given, and why."""
    reasons = {(item.asking, item.asked): item.reason for item in plan.unmet}
    told = []
    for one, other in plan.without(added):
        reason = reasons.get((one, other)) or reasons.get((other, one))
        why = REASONS[reason] if reason else message("other meetings were worth more")
        told.append(
            message(
                "{one} and {other} could not be given a meeting: {why}.", one=named[one], other=named[other], why=why
            )
        )
    return told
