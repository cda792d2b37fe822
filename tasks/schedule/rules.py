"""The referee's hard rules: one function each, in the order of the contract, yielding the violations it finds.

They lean on what problem and plan say, never on the model or a solver.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tasks.messages import Message, message
from tasks.schedule.objective import meeting_counts
from tasks.schedule.plan import Meeting, Plan
from tasks.schedule.problem import Problem


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule: its name, where (ids), and a sentence for people."""

    rule: str
    where: str
    sentence: Message


Found = Iterator[Violation]


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
        if meeting is None:
            yield Violation("fixed_meetings_stand", item.name, message("this fixed meeting is missing."))
        elif meeting.slot != item.slot or item.table not in (None, meeting.table):
            text = message("this fixed meeting was moved to {slot}, {table}.", slot=meeting.slot, table=meeting.table)
            yield Violation("fixed_meetings_stand", item.name, text)


def _at(meeting: Meeting) -> str:
    return f"{meeting.pair[0]}-{meeting.pair[1]} {meeting.slot} {meeting.table}"


def _repeated(keyed: Iterable[tuple[Hashable, Meeting]]) -> Iterator[Meeting]:
    seen: set[Hashable] = set()
    for key, meeting in keyed:
        if key in seen:
            yield meeting
        seen.add(key)


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
