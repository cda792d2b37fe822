"""A plan in a few lines for whoever decides about it: ids and figures, no names."""

from collections import Counter
from typing import Final

from tasks.messages import Language, Message, message, plural
from tasks.schedule.objective import meeting_counts, most_meetings_of, possible_partners
from tasks.schedule.plan import Plan, Reason
from tasks.schedule.problem import Leader, Problem

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


def sentence_of_plan(plan: Plan) -> Message:
    """Say what a plan reaches, and whether more is possible."""
    meetings = plural("{count} meeting", "{count} meetings", count=len(plan.meetings))
    if plan.status == "optimal":
        return message("{meetings}, value proven to be the best possible", meetings=meetings)
    bound = plan.bounds.value
    return message(
        "{meetings}, value {value} of at most {bound}", meetings=meetings, value=plan.objective.value, bound=bound
    )


def markdown_of(
    version_id: str, problem: Problem, plan: Plan, reasons: list[dict[str, object]], language: Language
) -> str:
    """Return the figures of a version as Markdown: each objective beside its bound, and unmet requests by reason."""
    objective, bounds = plan.objective, plan.bounds
    figures: list[tuple[Message, int, int | None]] = [
        (message("meetings lacking to the minimum"), objective.shortfall, bounds.shortfall),
        (message("value"), objective.value, bounds.value),
        (message("idle slots between meetings"), objective.gaps, bounds.gaps),
        (message("waits between meetings"), objective.breaks, None),
        (message("changes of table"), objective.table_changes, bounds.table_changes),
    ]
    reached_head, bound_head, unmet_head = (
        text.translated(language) for text in (message("reached"), message("proven bound"), message("unmet requests"))
    )
    lines = [
        f"## {version_id}",
        f"{sentence_of_problem(problem).translated(language)}  ",
        sentence_of_plan(plan).translated(language),
        "",
        f"| | {reached_head} | {bound_head} |",
        "|---|---:|---:|",
        *(
            f"| {name.translated(language)} | {reached} | {'' if bound is None else bound} |"
            for name, reached, bound in figures
        ),
        "",
        f"| {unmet_head} | |",
        "|---|---:|",
        *(f"| {_in_words(str(row['reason']), language)} | {row['requests_count']} |" for row in reasons),
    ]
    return "\n".join(lines)


def below_minimum(problem: Problem, plan: Plan, language: Language) -> list[dict[str, object]]:
    """Return one row for each leader with fewer meetings than the minimum, and why."""
    counts, partners = meeting_counts(plan), possible_partners(problem)
    who, many, why = (text.translated(language) for text in (message("leader"), message("meetings"), message("reason")))
    return [
        {
            who: leader.id,
            many: counts.get(leader.id, 0),
            why: _why_few(problem, plan, leader, len(partners[leader.id])).translated(language),
        }
        for leader in problem.leaders
        if counts.get(leader.id, 0) < problem.limits.min_meetings
    ]


def _why_few(problem: Problem, plan: Plan, leader: Leader, partner_count: int) -> Message:
    minimum, most = problem.limits.min_meetings, most_meetings_of(problem, leader)
    if partner_count < minimum:
        return plural("{count} possible partner in all", "{count} possible partners in all", count=partner_count)
    if most < minimum:
        return plural("{count} meeting possible at most", "{count} meetings possible at most", count=most)
    own = Counter(item.reason for item in plan.unmet if leader.id in (item.asking, item.asked))
    if not own:
        return message("other meetings were worth more")
    return REASONS[own.most_common(1)[0][0]]


def _in_words(reason: str, language: Language) -> str:
    known = {str(name): text for name, text in REASONS.items()}
    return known[reason].translated(language)
