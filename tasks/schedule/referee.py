"""The referee: recomputes every rule, the objective and the reasons of a plan from the problem alone.

Imports no solver and shares no code with the model. One function per rule, in the order of the contract, each
yielding the violations it finds.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from tasks.errors import DataError
from tasks.messages import Message, message, plural
from tasks.schedule.objective import common_slots, meeting_counts, most_meetings_of, objective_of
from tasks.schedule.plan import Meeting, Plan, Unmet
from tasks.schedule.problem import Problem


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule: its name, where (ids), and a sentence for people."""

    rule: str
    where: str
    sentence: Message


Found = Iterator[Violation]


def violations(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """Return every violation. Sums and reasons are only looked at once the hard rules hold: they lean on them."""
    if plan.status == "infeasible":
        return tuple(infeasible_is_true(problem, plan))
    for rules in (NAMES, HARD_RULES, STATEMENTS):
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


def plan_belongs_to_problem(problem: Problem, plan: Plan) -> Found:
    """Plans name the hash of their problem."""
    if plan.problem_sha256 != problem.sha256:
        yield Violation("plan_belongs_to_problem", "problem_sha256", message("the plan was made for another problem."))


def names_are_known(problem: Problem, plan: Plan) -> Found:
    """Leaders, slots and tables of the meetings exist, and a meeting joins two."""
    for meeting in plan.meetings:
        known = [
            *((name, name in problem.leader_by_id) for name in meeting.pair),
            (meeting.slot, meeting.slot in problem.slot_by_id),
            (meeting.table, meeting.table in problem.tables),
        ]
        for name, is_known in known:
            if not is_known:
                yield Violation("names_are_known", _at(meeting), message("{name} is not known.", name=name))
        if meeting.pair[0] == meeting.pair[1]:
            text = message("leader {leader} is paired with oneself.", leader=meeting.pair[0])
            yield Violation("names_are_known", _at(meeting), text)


def pair_meets_once(_problem: Problem, plan: Plan) -> Found:
    """Pairs meet at most once."""
    for meeting in _repeated((m.pair, m) for m in plan.meetings):
        yield Violation("pair_meets_once", _at(meeting), message("this pair meets more than once."))


def only_requested_or_fixed(problem: Problem, plan: Plan) -> Found:
    """Only requested or fixed pairs meet."""
    wanted = {request.pair for request in problem.requests} | {item.pair for item in problem.fixed}
    for meeting in plan.meetings:
        if meeting.pair not in wanted:
            yield Violation("only_requested_or_fixed", _at(meeting), message("nobody asked for this meeting."))


def not_of_one_company(problem: Problem, plan: Plan) -> Found:
    """Leaders of one company do not meet."""
    for meeting in plan.meetings:
        one, other = (problem.leader_by_id[name] for name in meeting.pair)
        if one.company == other.company:
            yield Violation(
                "not_of_one_company", _at(meeting), message("both are of company {company}.", company=one.company)
            )


def not_excluded(problem: Problem, plan: Plan) -> Found:
    """Excluded pairs do not meet."""
    banned = set(problem.excluded)
    for meeting in plan.meetings:
        if meeting.pair in banned:
            yield Violation("not_excluded", _at(meeting), message("this pair must not meet."))


def one_meeting_per_slot(_problem: Problem, plan: Plan) -> Found:
    """Leaders have one meeting per slot."""
    for meeting in _repeated(((name, m.slot), m) for m in plan.meetings for name in m.pair):
        yield Violation("one_meeting_per_slot", _at(meeting), message("a leader has two meetings in this slot."))


def both_available(problem: Problem, plan: Plan) -> Found:
    """Both leaders are there."""
    for meeting in plan.meetings:
        for name in meeting.pair:
            if meeting.slot in problem.leader_by_id[name].unavailable:
                yield Violation("both_available", _at(meeting), message("leader {leader} is away.", leader=name))


def within_maximum(problem: Problem, plan: Plan) -> Found:
    """Nobody has more meetings than the maximum."""
    for name, count in sorted(meeting_counts(plan).items()):
        most = problem.maximum_of(problem.leader_by_id[name])
        if count > most:
            text = message("{count} meetings, and at most {most} are allowed.", count=count, most=most)
            yield Violation("within_maximum", name, text)


def one_meeting_per_table(_problem: Problem, plan: Plan) -> Found:
    """Each meeting of a slot has its own table."""
    for meeting in _repeated(((m.table, m.slot), m) for m in plan.meetings):
        yield Violation("one_meeting_per_table", _at(meeting), message("the table is taken twice in this slot."))


def own_table_is_kept(problem: Problem, plan: Plan) -> Found:
    """Leaders with a table sit there; of two such leaders the one whose id sorts first decides."""
    for meeting in plan.meetings:
        own = next((t for name in sorted(meeting.pair) if (t := problem.leader_by_id[name].table)), None)
        if own is not None and meeting.table != own:
            yield Violation(
                "own_table_is_kept", _at(meeting), message("this meeting must be at table {table}.", table=own)
            )


def fixed_meetings_stand(problem: Problem, plan: Plan) -> Found:
    """Every fixed meeting is in the plan at its slot, and at its table where one is given."""
    for item in problem.fixed:
        meeting = plan.meeting_by_pair.get(item.pair)
        where = f"{item.pair[0]}-{item.pair[1]} {item.slot}"
        if meeting is None:
            yield Violation("fixed_meetings_stand", where, message("this fixed meeting is missing."))
        elif meeting.slot != item.slot or item.table not in (None, meeting.table):
            text = message("this fixed meeting was moved to {slot}, {table}.", slot=meeting.slot, table=meeting.table)
            yield Violation("fixed_meetings_stand", where, text)


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
    for item in plan.unmet:
        if not hall.is_true(item):
            text = message("the reason {reason} does not hold.", reason=item.reason)
            yield Violation("reasons_are_true", f"{item.asking}-{item.asked}", text)


def infeasible_is_true(problem: Problem, plan: Plan) -> Found:
    """Infeasible plans have no meeting, and the fixed meetings by themselves break a rule."""
    if plan.meetings:
        yield Violation("infeasible_is_true", "meetings", message("an infeasible plan has no meetings."))
    owners = {leader.id: leader.table for leader in problem.leaders}
    alone = []
    for number, item in enumerate(problem.fixed):
        own = next((owners[name] for name in item.pair if owners[name]), None)
        alone.append(Meeting(item.pair, item.slot, item.table or own or f"free seat {number}"))
    fixed_only = replace(plan, meetings=tuple(alone))
    crowds = Counter(item.slot for item in problem.fixed)
    is_crowded = max(crowds.values(), default=0) > len(problem.tables)
    if not is_crowded and not any(violation for rule in HARD_RULES for violation in rule(problem, fixed_only)):
        yield Violation("infeasible_is_true", "status", message("the fixed meetings can stand: there is a plan."))


Rule = Callable[[Problem, Plan], Found]
NAMES: Final[tuple[Rule, ...]] = (plan_belongs_to_problem, names_are_known)
HARD_RULES: Final[tuple[Rule, ...]] = (
    pair_meets_once,
    only_requested_or_fixed,
    not_of_one_company,
    not_excluded,
    one_meeting_per_slot,
    both_available,
    within_maximum,
    one_meeting_per_table,
    own_table_is_kept,
    fixed_meetings_stand,
)
STATEMENTS: Final[tuple[Rule, ...]] = (objective_is_true, bounds_hold, unmet_is_complete, reasons_are_true)


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
        common = common_slots(problem, one, other)
        free = [slot for slot in common if slot not in self._busy[one.id] | self._busy[other.id]]
        truths = {
            "same_company": one.company == other.company,
            "excluded": tuple(sorted((one.id, other.id))) in problem.excluded,
            "no_common_slot": not common,
            "own_full": self._is_full(one.id),
            "partner_full": self._is_full(other.id),
            "no_table": bool(free) and not any(self._has_table(slot, item) for slot in free),
        }
        if item.reason == "lower_value":
            is_addable = any(self._has_table(slot, item) for slot in free)
            return not any(truths.values()) and not (is_addable and self._adds_value(item))
        return truths.get(item.reason, False)

    def _is_full(self, name: str) -> bool:
        return self._counts.get(name, 0) >= most_meetings_of(self._problem, self._problem.leader_by_id[name])

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


def _at(meeting: Meeting) -> str:
    return f"{meeting.pair[0]}-{meeting.pair[1]} {meeting.slot} {meeting.table}"


def _repeated(keyed: Iterable[tuple[Hashable, Meeting]]) -> Iterator[Meeting]:
    seen: set[Hashable] = set()
    for key, meeting in keyed:
        if key in seen:
            yield meeting
        seen.add(key)
