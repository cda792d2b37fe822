"""What a plan says of itself, recomputed by the referee: objective, bounds, status, reasons for what is unmet."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from tasks.messages import message
from tasks.schedule.objective import common_slots, meeting_counts, most_meetings_of, objective_of
from tasks.schedule.plan import Plan, Unmet
from tasks.schedule.problem import Problem
from tasks.schedule.rules import Found, Rule, Violation


def objective_is_true(problem: Problem, plan: Plan) -> Found:
    """No figure of the objective differs from what the plan reaches."""
    true = objective_of(problem, plan)
    for name in type(true).__slots__:
        stated, reached = getattr(plan.objective, name), getattr(true, name)
        if stated != reached:
            text = message("{name} is stated as {stated} and is {reached}.", name=name, stated=stated, reached=reached)
            yield Violation("objective_is_true", name, text)


def bounds_hold(_problem: Problem, plan: Plan) -> Found:
    """No bound is beaten by the plan itself, and ``optimal`` is said exactly when shortfall and value reach theirs."""
    reached, bounds = plan.objective, plan.bounds
    for name in ("shortfall", "gaps", "table_changes"):
        if not 0 <= getattr(bounds, name) <= getattr(reached, name):
            text = message(
                "the lower bound {bound} of {name} is beaten by the plan.", bound=getattr(bounds, name), name=name
            )
            yield Violation("bounds_hold", name, text)
    if bounds.value < reached.value:
        text = message("the upper bound {bound} of the value is beaten by the plan.", bound=bounds.value)
        yield Violation("bounds_hold", "value", text)
    is_proven = (bounds.shortfall, bounds.value) == (reached.shortfall, reached.value)
    if (plan.status == "optimal") != is_proven:
        text = message("the status {status} does not follow from the bounds.", status=plan.status)
        yield Violation("bounds_hold", "status", text)


def no_conflict_is_named(_problem: Problem, plan: Plan) -> Found:
    """Nothing conflicts where there is a plan."""
    if plan.conflict is not None:
        text = message("only an infeasible plan names a conflict.")
        yield Violation("no_conflict_is_named", "conflict", text)


def unmet_is_complete(problem: Problem, plan: Plan) -> Found:
    """Every request that is not fulfilled stands once in ``unmet``, and nothing else does."""
    open_requests = {(r.asking, r.asked) for r in problem.requests if r.pair not in plan.meeting_by_pair}
    stated = [(item.asking, item.asked) for item in plan.unmet]
    for key in sorted(open_requests - set(stated)):
        yield Violation("unmet_is_complete", "-".join(key), message("this request has neither a meeting nor a reason."))
    for key in sorted({key for key in stated if key not in open_requests or stated.count(key) > 1}):
        yield Violation("unmet_is_complete", "-".join(key), message("this reason is one too many."))


def reasons_are_true(problem: Problem, plan: Plan) -> Found:
    """Every stated reason holds, as far as the plan can show it."""
    hall = _Hall(problem, plan)
    for item in _of_leaders(problem, plan):
        if not hall.is_true(item):
            text = message("the reason {reason} does not hold.", reason=item.reason)
            yield Violation("reasons_are_true", f"{item.asking}-{item.asked}", text)


def details_are_true(problem: Problem, plan: Plan) -> Found:
    """Details give the ids and numbers that the reason rests on."""
    hall = _Hall(problem, plan)
    for item in _of_leaders(problem, plan):
        true = hall.detail_of(item)
        if item.detail != true:
            text = message("the detail is stated as {stated} and is {reached}.", stated=item.detail, reached=true)
            yield Violation("details_are_true", f"{item.asking}-{item.asked}", text)


def _of_leaders(problem: Problem, plan: Plan) -> Iterator[Unmet]:
    """Yield what leaders of the problem are said to have asked for; the rest is ``unmet_is_complete``'s."""
    return (item for item in plan.unmet if item.asking in problem.leader_by_id)


class _Hall:
    """The hall as the plan fills it: who is busy when, and which tables are taken."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self._problem = problem
        self._counts = meeting_counts(plan)
        self._busy: dict[str, set[str]] = defaultdict(set)
        self._taken: dict[str, set[str]] = defaultdict(set)
        for meeting in plan.meetings:
            self._taken[meeting.slot].add(meeting.table)
            for name in meeting.pair:
                self._busy[name].add(meeting.slot)

    def is_true(self, item: Unmet) -> bool:
        """Say whether a stated reason holds."""
        problem = self._problem
        if item.asked not in problem.leader_by_id:
            return item.reason in ("unknown_partner", "withdrawn")
        one, other = problem.leader_by_id[item.asking], problem.leader_by_id[item.asked]
        free = self._free_slots(item)
        truths = {
            "same_company": one.company == other.company,
            "excluded": tuple(sorted((one.id, other.id))) in problem.excluded,
            "no_common_slot": not common_slots(problem, one, other),
            "own_full": self._is_full(one.id),
            "partner_full": self._is_full(other.id),
            "no_table": bool(free) and not any(self._has_table(slot, item) for slot in free),
        }
        if item.reason == "lower_value":
            is_addable = any(self._has_table(slot, item) for slot in free)
            return not any(truths.values()) and not (is_addable and self._adds_value(item))
        return truths.get(item.reason, False)

    def detail_of(self, item: Unmet) -> str:
        """Return the ids and numbers of a stated reason; the two ids where it has no other."""
        match item.reason:
            case "unknown_partner" | "withdrawn":
                return item.asked
            case "same_company":
                return self._problem.leader_by_id[item.asking].company
            case "excluded":
                return "-".join(sorted((item.asking, item.asked)))
            case "own_full" | "partner_full":
                name = item.asking if item.reason == "own_full" else item.asked
                return f"{name} {self._counts.get(name, 0)}/{self._most(name)}"
            case "no_table":
                return " ".join(self._free_slots(item))
            case _:
                return f"{item.asking} {item.asked}"

    def _free_slots(self, item: Unmet) -> list[str]:
        """Return the slots in which both are there and have no meeting."""
        one, other = self._problem.leader_by_id[item.asking], self._problem.leader_by_id[item.asked]
        busy = self._busy[one.id] | self._busy[other.id]
        return [slot for slot in common_slots(self._problem, one, other) if slot not in busy]

    def _most(self, name: str) -> int:
        return most_meetings_of(self._problem, self._problem.leader_by_id[name])

    def _is_full(self, name: str) -> bool:
        return self._counts.get(name, 0) >= self._most(name)

    def _has_table(self, slot: str, item: Unmet) -> bool:
        owners = (self._problem.leader_by_id[name].table for name in sorted((item.asking, item.asked)))
        own = next((table for table in owners if table), None)
        taken = self._taken[slot]
        return len(taken) < len(self._problem.tables) if own is None else own not in taken

    def _adds_value(self, item: Unmet) -> bool:
        """Say whether one more meeting of these two would be worth a point by its rank alone."""
        asked = {(item.asking, item.asked), (item.asked, item.asking)}
        ranks = (r.rank for r in self._problem.requests if (r.asking, r.asked) in asked)
        return any(self._problem.weights.of_rank(rank) > 0 for rank in ranks)


STATEMENTS: Final[tuple[Rule, ...]] = (
    objective_is_true,
    bounds_hold,
    no_conflict_is_named,
    unmet_is_complete,
    reasons_are_true,
)
# Looked at last: the detail of a reason that does not hold has nothing to rest on.
DETAILS: Final[tuple[Rule, ...]] = (details_are_true,)
