"""Why two leaders do not meet, in a sentence, and what it would cost if they had to."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Final

from tasks.errors import DataError, UsageError
from tasks.messages import Message, message, plural
from tasks.schedule.budget import Stopwatch
from tasks.schedule.objective import common_slots, meeting_counts, most_meetings_of
from tasks.schedule.plan import Meeting, Plan
from tasks.schedule.price import Price, price_of
from tasks.schedule.problem import Pair, Problem, pair_of

WHY: Final[dict[str, Message]] = {
    "no_common_slot": message("they are never there at the same time"),
    "excluded": message("one of them asked not to meet the other, or the organiser ruled so"),
    "same_company": message("both are of the same company"),
    "no_table": message("no table was free when both were"),
    "lower_value": message("the other meetings of the plan are together worth at least as much"),
    "not_asked": message("neither of them asked for it"),
}
_PRICED: Final = ("own_full", "partner_full", "no_table", "lower_value", "not_asked")


@dataclass(frozen=True, slots=True)
class Person:
    """A leader as the asker sees one: id, and the company where it is known."""

    id: str
    company: str = ""
    is_withdrawn: bool = False

    @property
    def label(self) -> Message:
        """The id, and the company in brackets."""
        return (
            message("{id} ({company})", id=self.id, company=self.company)
            if self.company
            else message("{id}", id=self.id)
        )


@dataclass(frozen=True, slots=True)
class Explanation:
    """``reason`` is one of the plan's reasons, or met, not_asked, not_in_plan; ``price`` where there is one."""

    reason: str
    sentences: tuple[Message, ...]
    meeting: Meeting | None = None
    price: Price | None = None

    @property
    def row(self) -> dict[str, object]:
        """The same for machines."""
        return {
            "reason": self.reason,
            "meeting": None if self.meeting is None else asdict(self.meeting),
            "price": None if self.price is None else asdict(self.price),
            "sentences": [str(sentence) for sentence in self.sentences],
        }


def explain(
    problem: Problem, plan: Plan, one: Person, other: Person, watch: Stopwatch, locked: tuple[Pair, ...] = ()
) -> Explanation:
    """Say where two leaders meet, or why they do not and what it would cost; ``locked`` pairs meet whenever they can.

    Raises UsageError for one and the same leader, DataError where the plan is of another problem or has no meetings.
    """
    if one.id == other.id:
        raise UsageError(
            message("both names mean {leader}.", leader=one.id), remedy=message("Name two different leaders.")
        )
    if plan.problem_sha256 != problem.sha256:
        raise DataError(
            message("the plan was made for another problem."), remedy=message("Solve the problem, then ask again.")
        )
    if plan.status == "infeasible":
        raise DataError(
            message("nobody meets: this problem has no plan."), remedy=message("See why with: rencontres solve")
        )
    pair = pair_of(one.id, other.id)
    meeting = plan.meeting_by_pair.get(pair)
    if meeting is not None:
        start = f"{problem.slot_by_id[meeting.slot].start:%H:%M}"
        where = message(
            "{one} and {other} meet at {start}, table {table}.",
            one=one.label, other=other.label, start=start, table=meeting.table,
        )  # fmt: skip
        return Explanation("met", (where,), meeting)
    reason, why = _why(problem, plan, one, other)
    sentence = message("{one} and {other} do not meet: {why}.", one=one.label, other=other.label, why=why)
    if reason not in _PRICED:
        return Explanation(reason, (sentence,))
    price = price_of(problem, plan, pair, watch, locked)
    return Explanation(reason, (sentence, *_in_words(price)), price=price)


def _why(problem: Problem, plan: Plan, one: Person, other: Person) -> tuple[str, Message]:
    """Return the reason and its half sentence: who is not there, then what the plan says, then what forbids it."""
    for person in (one, other):
        if person.is_withdrawn:
            return "withdrawn", message("{leader} has withdrawn", leader=person.label)
    for person in (one, other):
        if person.id not in problem.leader_by_id:
            is_asked = any(request.asked == person.id for request in problem.requests)
            reason = "unknown_partner" if is_asked else "not_in_plan"
            return reason, message("{leader} was not registered when the plan was made", leader=person.label)
    stated = {(item.asking, item.asked): item.reason for item in plan.unmet}
    reason = stated.get((one.id, other.id)) or stated.get((other.id, one.id)) or _unasked(problem, one, other)
    if reason in ("own_full", "partner_full"):
        return reason, _full(problem, plan, one, other)
    return reason, WHY[reason]


def _unasked(problem: Problem, one: Person, other: Person) -> str:
    """Return why a pair that nobody asked for could not meet anyway, else that nobody asked."""
    first, second = problem.leader_by_id[one.id], problem.leader_by_id[other.id]
    if first.company == second.company:
        return "same_company"
    if pair_of(one.id, other.id) in problem.excluded:
        return "excluded"
    return "not_asked" if common_slots(problem, first, second) else "no_common_slot"


def _full(problem: Problem, plan: Plan, one: Person, other: Person) -> Message:
    counts = meeting_counts(plan)
    most = {person.id: most_meetings_of(problem, problem.leader_by_id[person.id]) for person in (one, other)}
    full = [person for person in (one, other) if counts.get(person.id, 0) >= most[person.id]]
    if len(full) > 1:
        return message("both agendas are full")
    return plural(
        "the agenda of {leader} is full, with {count} meeting",
        "the agenda of {leader} is full, with {count} meetings",
        count=most[full[0].id],
        leader=full[0].label,
    )


def _in_words(price: Price | None) -> Iterator[Message]:
    """Say what a meeting would cost: shortfall first, then value, and how sure that is."""
    if price is None:
        yield message("The fixed meetings leave no place for it.")
        return
    if price.shortfall < 0:  # the plan itself is not the best
        yield message("What it would cost if they had to meet could not be proven.")
        return
    if price.shortfall > 0 and price.is_exact:
        yield plural(
            "If they had to meet, leaders would lack {count} meeting more to their minimum.",
            "If they had to meet, leaders would lack {count} meetings more to their minimum.",
            count=price.shortfall,
        )
    elif price.shortfall > 0:
        yield plural(
            "If they had to meet, leaders would lack at least {count} meeting more to their minimum.",
            "If they had to meet, leaders would lack at least {count} meetings more to their minimum.",
            count=price.shortfall,
        )
    if price.value > 0 and price.is_exact:
        yield plural(
            "If they had to meet, the best plan would lose {count} point.",
            "If they had to meet, the best plan would lose {count} points.",
            count=price.value,
        )
    elif price.value > 0:
        yield plural(
            "If they had to meet, the plan would lose at least {count} point.",
            "If they had to meet, the plan would lose at least {count} points.",
            count=price.value,
        )
    elif price.shortfall > 0 and price.is_exact:
        yield message("The value would not be lower.")
    elif price.shortfall > 0:
        yield message("How many points it would cost could not be proven.")
    elif price.is_exact:
        yield message("If they had to meet, it would cost nothing: another plan is worth as much.")
    else:
        yield message("What it would cost if they had to meet could not be proven.")
