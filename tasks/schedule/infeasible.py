"""What an infeasible plan says of itself, recomputed by the referee: nothing but a conflict, which is a true one."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from tasks.messages import message
from tasks.schedule.plan import Bounds, Conflict, Objective, Plan
from tasks.schedule.problem import Fixed, Problem
from tasks.schedule.rules import Found, Rule, Violation


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
    """Conflicts name what breaks their rule, whatever else is planned, and nothing that could be left out."""
    if plan.conflict is None:
        text = message("an infeasible plan must name what cannot hold together.")
        yield Violation("conflict_is_true", "conflict", text)
        return
    crowds = CROWDS.get(plan.conflict.rule, _no_crowd)(problem)
    if not any(crowd.is_told_by(plan.conflict) for crowd in crowds):
        text = message("what is named is no smallest set that breaks the rule {rule}.", rule=plan.conflict.rule)
        yield Violation("conflict_is_true", "conflict", text)


@dataclass(frozen=True, slots=True)
class _Crowd:
    """Fixed meetings (by name) of which ``too_many`` break a rule, together with the thing that sets the limit."""

    limit: str
    meetings: tuple[str, ...]
    too_many: int = 1

    def is_told_by(self, conflict: Conflict) -> bool:
        """Say whether a conflict names the limit and just too many of the meetings. Ids may make names alike."""
        named = Counter(conflict.items)
        is_smallest = len(conflict.items) == self.too_many + 1
        return is_smallest and self.limit in named and named - Counter([self.limit]) <= Counter(self.meetings)


Crowds = Iterator[_Crowd]


def _no_crowd(_problem: Problem) -> Crowds:
    """Yield nothing: the rule is not known, or fixed meetings cannot break it."""
    return iter(())


def _of_one_company(problem: Problem) -> Crowds:
    for item in problem.fixed:
        one, other = (problem.leader_by_id[name].company for name in item.pair)
        if one == other:
            yield _Crowd(one, (item.name,))


def _excluded(problem: Problem) -> Crowds:
    banned = set(problem.excluded)
    return (_Crowd("-".join(item.pair), (item.name,)) for item in problem.fixed if item.pair in banned)


def _away(problem: Problem) -> Crowds:
    for item in problem.fixed:
        for name in item.pair:
            if item.slot in problem.leader_by_id[name].unavailable:
                yield _Crowd(f"{name} {item.slot}", (item.name,))


def _beyond_the_maximum(problem: Problem) -> Crowds:
    for leader in problem.leaders:
        most = problem.maximum_of(leader)
        mine = tuple(item.name for item in problem.fixed if leader.id in item.pair)
        yield _Crowd(f"{leader.id} {most}", mine, most + 1)


def _away_from_the_own_table(problem: Problem) -> Crowds:
    for item in problem.fixed:
        own = _own_table(problem, item)
        if own is not None and item.table not in (None, own):
            yield _Crowd(own, (item.name,))


def _at_one_table(problem: Problem) -> Crowds:
    seated: dict[tuple[str, str], list[str]] = defaultdict(list)
    for item in problem.fixed:
        table = _own_table(problem, item) or item.table
        if table is not None:
            seated[item.slot, table].append(item.name)
    return (_Crowd(table, tuple(names), 2) for (_, table), names in seated.items())


def _beyond_the_tables(problem: Problem) -> Crowds:
    for slot in problem.slots:
        here = tuple(item.name for item in problem.fixed if item.slot == slot.id)
        yield _Crowd(f"{slot.id} {len(problem.tables)}", here, len(problem.tables) + 1)


def _own_table(problem: Problem, item: Fixed) -> str | None:
    return next((table for name in sorted(item.pair) if (table := problem.leader_by_id[name].table)), None)


CROWDS: Final[dict[str, Callable[[Problem], Crowds]]] = {
    "not_of_one_company": _of_one_company,
    "not_excluded": _excluded,
    "both_available": _away,
    "within_maximum": _beyond_the_maximum,
    "own_table_is_kept": _away_from_the_own_table,
    "one_meeting_per_table": _at_one_table,
    "enough_tables": _beyond_the_tables,
}

INFEASIBLE: Final[tuple[Rule, ...]] = (nothing_is_stated, conflict_is_true)
