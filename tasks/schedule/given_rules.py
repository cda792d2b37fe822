"""The referee of given meetings: every rule, the breaks and what a schedule states of itself, from the values alone.

One function each, in the order of the problem's definition. It shares the value types with the model, and no code.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Final

from tasks.errors import DataError
from tasks.messages import message, plural
from tasks.schedule.given import GivenMeetings, GivenSchedule
from tasks.schedule.rules import Violation

_Found = Iterator[Violation]
_Slots = Sequence[int]


def require_valid_schedule(given: GivenMeetings, schedule: GivenSchedule) -> None:
    """Raise DataError with the first violation and how many there are; a schedule without slots has none to break."""
    found = schedule_violations(given, schedule)
    if found:
        text = plural(
            "{count} violation: {first}",
            "{count} violations, the first: {first}",
            count=len(found),
            first=found[0].sentence,
        )
        raise DataError(
            text, where=found[0].where, remedy=message("Solve the problem again; this plan must not be used.")
        )


def schedule_violations(given: GivenMeetings, schedule: GivenSchedule) -> tuple[Violation, ...]:
    """Return every violation; what is stated is only looked at once the rules hold."""
    if schedule.slots is None:
        return tuple(nothing_is_claimed(schedule))
    slots = schedule.slots
    found = tuple(every_meeting_has_a_slot(given, slots))
    found = found or tuple(violation for rule in RULES for violation in rule(given, slots))
    return found or tuple(statements_are_true(given, schedule))


def breaks_of(given: GivenMeetings, slots: _Slots) -> tuple[int, ...]:
    """Return the breaks of each participant: maximal groups of idle slots between two meetings of a half-day."""
    busy: list[set[int]] = [set() for _ in given.forbidden]
    for meeting, slot in zip(given.meetings, slots, strict=True):
        busy[meeting.one].add(slot)
        busy[meeting.other].add(slot)
    return tuple(
        sum(_groups(given, own, away, half_day) for half_day in set(given.half_days))
        for own, away in zip(busy, given.forbidden, strict=True)
    )


def _groups(given: GivenMeetings, busy: set[int], away: frozenset[int], half_day: int) -> int:
    mine = [slot for slot in sorted(busy) if given.half_days[slot] == half_day]
    between = range(mine[0], mine[-1]) if mine else range(0)
    is_idle = (slot not in busy and (given.absence_waits or slot not in away) for slot in between)
    return sum(1 for idle, _ in groupby(is_idle) if idle)


def every_meeting_has_a_slot(given: GivenMeetings, slots: _Slots) -> _Found:
    """There is a slot for each meeting, and it exists."""
    if len(slots) != len(given.meetings):
        text = message("{count} meetings have a slot, of {given}.", count=len(slots), given=len(given.meetings))
        yield Violation("every_meeting_has_a_slot", "slots", text)
    for number, slot in enumerate(slots, 1):
        if not 0 <= slot < given.slots:
            yield Violation("every_meeting_has_a_slot", f"meetings {number}", message("its slot does not exist."))


def one_meeting_at_a_time(given: GivenMeetings, slots: _Slots) -> _Found:
    """Participants have one meeting per slot."""
    pairs = zip(given.meetings, slots, strict=True)
    count = Counter((who, slot) for meeting, slot in pairs for who in (meeting.one, meeting.other))
    for who, slot in sorted(key for key, number in count.items() if number > 1):
        text = message("participant {number} has two meetings in slot {slot}.", number=who + 1, slot=slot + 1)
        yield Violation("one_meeting_at_a_time", f"slots {slot + 1}", text)


def nobody_is_away(given: GivenMeetings, slots: _Slots) -> _Found:
    """Meetings avoid the forbidden slots of both participants."""
    for number, (meeting, slot) in enumerate(zip(given.meetings, slots, strict=True), 1):
        if slot in given.forbidden[meeting.one] or slot in given.forbidden[meeting.other]:
            yield Violation("nobody_is_away", f"meetings {number}", message("a participant is away in its slot."))


def sessions_are_kept(given: GivenMeetings, slots: _Slots) -> _Found:
    """Meetings that must be in the morning or the afternoon are."""
    for number, (meeting, slot) in enumerate(zip(given.meetings, slots, strict=True), 1):
        if meeting.session is not None and slot not in meeting.session:
            yield Violation("sessions_are_kept", f"meetings {number}", message("its slot is in another session."))


def fixed_slots_stand(given: GivenMeetings, slots: _Slots) -> _Found:
    """Each fixed meeting has its slot."""
    for number, (meeting, slot) in enumerate(zip(given.meetings, slots, strict=True), 1):
        if meeting.fixed is not None and slot != meeting.fixed:
            yield Violation("fixed_slots_stand", f"meetings {number}", message("it was moved from its fixed slot."))


def precedences_hold(given: GivenMeetings, slots: _Slots) -> _Found:
    """No meeting comes before what must come earlier."""
    for number, (meeting, slot) in enumerate(zip(given.meetings, slots, strict=True), 1):
        for earlier in sorted(meeting.after):
            if slots[earlier] >= slot:
                text = message("meeting {number} must come earlier.", number=earlier + 1)
                yield Violation("precedences_hold", f"meetings {number}", text)


def enough_tables(given: GivenMeetings, slots: _Slots) -> _Found:
    """No slot holds more meetings than there are tables, and no table two meetings."""
    for slot, count in sorted(Counter(slots).items()):
        if count > given.tables:
            text = message("more meetings than tables: {count} and {tables}.", count=count, tables=given.tables)
            yield Violation("enough_tables", f"slots {slot + 1}", text)
    taken = Counter((meeting.table, slot) for meeting, slot in zip(given.meetings, slots, strict=True))
    for number, (meeting, slot) in enumerate(zip(given.meetings, slots, strict=True), 1):
        if meeting.table is not None and taken[meeting.table, slot] > 1:
            yield Violation("enough_tables", f"meetings {number}", message("its table is taken twice."))


def differences_are_fair(given: GivenMeetings, slots: _Slots) -> _Found:
    """No two participants differ by more breaks than the fairness."""
    breaks = breaks_of(given, slots)
    if given.fairness is not None and breaks and max(breaks) - min(breaks) > given.fairness:
        text = message("breaks run from {least} to {most}.", least=min(breaks), most=max(breaks))
        yield Violation("differences_are_fair", f"participants {breaks.index(max(breaks)) + 1}", text)


RULES: Final[tuple[Callable[[GivenMeetings, _Slots], _Found], ...]] = (
    one_meeting_at_a_time,
    nobody_is_away,
    sessions_are_kept,
    fixed_slots_stand,
    precedences_hold,
    enough_tables,
    differences_are_fair,
)


def statements_are_true(given: GivenMeetings, schedule: GivenSchedule) -> _Found:
    """No figure differs from the slots, no bound is beaten, and ``optimal`` is said exactly where both meet."""
    reached = sum(breaks_of(given, schedule.slots or ()))
    if schedule.breaks != reached:
        text = message("{stated} breaks are stated, and there are {reached}.", stated=schedule.breaks, reached=reached)
        yield Violation("statements_are_true", "breaks", text)
    if not 0 <= schedule.bound <= reached:
        text = message("the lower bound {bound} of {name} is beaten by the plan.", bound=schedule.bound, name="breaks")
        yield Violation("statements_are_true", "bound", text)
    if schedule.status != ("optimal" if schedule.bound == reached else "feasible"):
        text = message("the status {status} does not follow from the bounds.", status=schedule.status)
        yield Violation("statements_are_true", "status", text)


def nothing_is_claimed(schedule: GivenSchedule) -> _Found:
    """Where there is no schedule, there are no breaks, and it is not called optimal."""
    if schedule.breaks is not None or schedule.status == "optimal":
        text = message("the status {status} does not follow from the bounds.", status=schedule.status)
        yield Violation("nothing_is_claimed", "status", text)
