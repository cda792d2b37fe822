"""What a same-day change does to the problem: absences, cancellations, wishes at the desk, and the past."""

from dataclasses import dataclass, replace

from tasks.messages import message
from tasks.schedule.interchange import refuse
from tasks.schedule.plan import Plan
from tasks.schedule.problem import Fixed, Pair, Problem, Request, pair_of


@dataclass(frozen=True, slots=True)
class Change:
    """Ids of leaders who are absent, pairs that are called off and pairs that were asked for.

    ``first_slot`` is the position of the first slot that may be touched: what lies before has happened.
    """

    absent: tuple[str, ...] = ()
    cancelled: tuple[Pair, ...] = ()
    added: tuple[Pair, ...] = ()
    first_slot: int = 0


def changed_problem(problem: Problem, plan: Plan, change: Change) -> Problem:
    """Return the problem of the rest of the event.

    Meetings of the past are fixed where they were, and nobody is free in the past; the absent are away from the first
    slot on; what is cancelled may not meet again today; what was added is a request of rank 1. Making the same change
    twice gives the same problem. Raises DataError naming the leader or the pair that cannot be changed so.
    """
    past = frozenset(slot.id for slot in problem.slots[: change.first_slot])
    held = {meeting.pair: meeting for meeting in plan.meetings if meeting.slot in past}
    cancelled = {pair_of(*pair) for pair in change.cancelled}
    _require_possible(problem, plan, change, frozenset(held))
    to_come = frozenset(slot.id for slot in problem.slots) - past
    busy: dict[str, set[str]] = {leader.id: set() for leader in problem.leaders}
    for meeting in held.values():
        for name in meeting.pair:
            busy[name].add(meeting.slot)
    leaders = (
        replace(
            leader,
            unavailable=leader.unavailable
            | (past - busy[leader.id])
            | (to_come if leader.id in change.absent else set()),
        )
        for leader in problem.leaders
    )
    standing = (
        item
        for item in problem.fixed
        if item.pair not in held and item.pair not in cancelled and not set(item.pair) & set(change.absent)
    )
    return replace(
        problem,
        leaders=tuple(leaders),
        requests=_requests(problem, change),
        excluded=(*problem.excluded, *cancelled),
        fixed=(*(Fixed(m.pair, m.slot, m.table) for m in held.values()), *standing),
    )


def _requests(problem: Problem, change: Change) -> tuple[Request, ...]:
    """Return the requests with those that were added; what was a suggestion until now is a wish from here on."""
    wanted = {pair_of(*pair): pair for pair in change.added}
    kept = [request for request in problem.requests if not (request.is_suggested and request.pair in wanted)]
    known = {request.pair for request in kept}
    added = (Request(asking, asked, 1) for pair, (asking, asked) in wanted.items() if pair not in known)
    return (*kept, *added)


def _require_possible(problem: Problem, plan: Plan, change: Change, held: frozenset[Pair]) -> None:
    for name in (*change.absent, *(name for pair in (*change.cancelled, *change.added) for name in pair)):
        if name not in problem.leader_by_id:
            refuse(message("{name} is no leader of this plan.", name=name), name)
    for one, other in change.cancelled:
        pair = pair_of(one, other)
        if pair in held:
            refuse(message("this meeting has already taken place."), "-".join(pair))
        if pair not in plan.meeting_by_pair and pair not in problem.excluded:
            refuse(message("there is no such meeting to cancel."), "-".join(pair))
    for one, other in change.added:
        _require_addable(problem, change, pair_of(one, other))


def _require_addable(problem: Problem, change: Change, pair: Pair) -> None:
    one, other = (problem.leader_by_id[name] for name in pair)
    if pair in {*problem.excluded, *(pair_of(*cancelled) for cancelled in change.cancelled)}:
        refuse(message("this pair must not meet."), "-".join(pair))
    if one.company == other.company:
        refuse(message("leaders of one company do not meet."), "-".join(pair))
    for name in pair:
        if name in change.absent:
            refuse(message("{name} is absent.", name=name), "-".join(pair))
