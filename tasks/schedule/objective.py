"""The objective of a plan, recomputed from the problem alone for the referee. The solver does not use this module."""

from collections import defaultdict
from itertools import pairwise

from tasks.schedule.plan import Objective, Plan
from tasks.schedule.problem import Leader, Problem


def objective_of(problem: Problem, plan: Plan) -> Objective:
    """Return what a plan reaches. Needs a plan that keeps the hard rules."""
    gaps, breaks = waiting_of(problem, plan)
    return Objective(
        shortfall_of(problem, plan), value_of(problem, plan), gaps, breaks, table_changes_of(problem, plan)
    )


def possible_partners(problem: Problem) -> dict[str, set[str]]:
    """Return whom each leader could meet: asked in either direction, allowed, with a slot in common."""
    partners: dict[str, set[str]] = {leader.id: set() for leader in problem.leaders}
    banned = set(problem.excluded)
    for request in problem.requests:
        asking, asked = problem.leader_by_id[request.asking], problem.leader_by_id.get(request.asked)
        if asked is None or request.pair in banned or asking.company == asked.company:
            continue
        if common_slots(problem, asking, asked):
            partners[asking.id].add(asked.id)
            partners[asked.id].add(asking.id)
    return partners


def common_slots(problem: Problem, one: Leader, other: Leader) -> list[str]:
    """Return the slots in which both are there."""
    return [slot.id for slot in problem.slots if slot.id not in one.unavailable | other.unavailable]


def most_meetings_of(problem: Problem, leader: Leader) -> int:
    """Return how many meetings a leader can have at most."""
    return min(problem.maximum_of(leader), len(problem.slots) - len(leader.unavailable))


def meeting_counts(plan: Plan) -> dict[str, int]:
    """Return how many meetings each leader has."""
    counts: dict[str, int] = defaultdict(int)
    for meeting in plan.meetings:
        for name in meeting.pair:
            counts[name] += 1
    return counts


def shortfall_of(problem: Problem, plan: Plan) -> int:
    """Sum what leaders lack below their target."""
    counts, partners, lacking = meeting_counts(plan), possible_partners(problem), 0
    for leader in problem.leaders:
        most = min(problem.limits.min_meetings, most_meetings_of(problem, leader))
        target = min(most, len(partners[leader.id]))
        lacking += max(0, target - counts.get(leader.id, 0))
    return lacking


def value_of(problem: Problem, plan: Plan) -> int:
    """Sum ranks, mutuality and gains of the fulfilled requests."""
    met = {meeting.pair for meeting in plan.meetings}
    fulfilled = [request for request in problem.requests if request.pair in met]
    asked = {(request.asking, request.asked) for request in fulfilled}
    mutual = sum(1 for asking, other in asked if asking < other and (other, asking) in asked)
    own: dict[str, int] = defaultdict(int)
    for request in fulfilled:
        own[request.asking] += 1
    gains = sum(sum(problem.weights.gain[:count]) for count in own.values())
    return sum(problem.weights.of_rank(r.rank) for r in fulfilled) + problem.weights.mutual * mutual + gains


def waiting_of(problem: Problem, plan: Plan) -> tuple[int, int]:
    """Return gaps and breaks over all leaders and sessions."""
    busy: dict[str, set[str]] = defaultdict(set)
    for meeting in plan.meetings:
        for name in meeting.pair:
            busy[name].add(meeting.slot)
    gaps = breaks = 0
    for leader in problem.leaders:
        for session in sorted({slot.session for slot in problem.slots}):
            slots = [slot.id for slot in problem.slots if slot.session == session]
            mine = [at for at, slot in enumerate(slots) if slot in busy[leader.id]]
            between = slots[mine[0] : mine[-1]] if mine else []
            waits = [slot not in busy[leader.id] and slot not in leader.unavailable for slot in between]
            gaps += waits.count(True)
            breaks += sum(1 for before, now in zip([False, *waits], waits, strict=False) if now and not before)
    return gaps, breaks


def table_changes_of(problem: Problem, plan: Plan) -> int:
    """Count consecutive meetings of a leader and session at different tables."""
    order = {slot.id: at for at, slot in enumerate(problem.slots)}
    by_session: dict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
    for meeting in plan.meetings:
        for name in meeting.pair:
            session = problem.slot_by_id[meeting.slot].session
            by_session[name, session].append((order[meeting.slot], meeting.table))
    changes = 0
    for seats in by_session.values():
        seats.sort()
        changes += sum(before[1] != after[1] for before, after in pairwise(seats))
    return changes
