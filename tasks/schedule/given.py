"""Given meetings: who meets whom is settled, and what is asked for is when, with as few breaks as can be.

This is the B2B scheduling problem (Bofill and others, JAIR 2022), and what remains of an event once its meetings are
chosen. Everything is a position from 0: participants, slots, meetings, tables.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from tasks.messages import message
from tasks.schedule.interchange import refuse
from tasks.schedule.plan import Status


@dataclass(frozen=True, slots=True)
class GivenMeeting:
    """A meeting that must take place.

    ``session`` holds the slots that suit it (None: all), ``fixed`` the one it must have, ``after`` the meetings that
    must come earlier, ``table`` one that it must have for itself (None: any).
    """

    one: int
    other: int
    session: frozenset[int] | None = None
    fixed: int | None = None
    after: frozenset[int] = frozenset()
    table: int | None = None


@dataclass(frozen=True)
class GivenMeetings:
    """Meetings to be placed in ``slots`` slots with ``tables`` tables.

    ``forbidden`` holds for each participant the slots of absence; where ``absence_waits`` an absence between two
    meetings is idle time like any other, else it is none and parts two breaks. ``half_days`` numbers the half-day of
    each slot, and a break never spans two. ``fairness`` is the most by which the breaks of two participants may differ.
    Raises DataError naming the item that refers to nothing, or that makes no sense by itself.
    """

    slots: int
    tables: int
    meetings: tuple[GivenMeeting, ...]
    forbidden: tuple[frozenset[int], ...]
    half_days: tuple[int, ...]
    absence_waits: bool = True
    fairness: int | None = None

    def __post_init__(self) -> None:
        self._numbers_make_sense()
        for number, meeting in enumerate(self.meetings, 1):
            where = f"meetings {number}"
            if meeting.one == meeting.other:
                refuse(message("participant {number} meets oneself.", number=meeting.one + 1), where)
            _within((meeting.one, meeting.other), self.participants, where)
            _within(meeting.session or (), self.slots, where)
            _within(() if meeting.fixed is None else (meeting.fixed,), self.slots, where)
            _within(meeting.after, len(self.meetings), where)
        for number, forbidden in enumerate(self.forbidden, 1):
            _within(forbidden, self.slots, f"forbidden {number}")

    def _numbers_make_sense(self) -> None:
        if self.slots < 1:
            refuse(message("there is no slot."), "slots")
        if self.tables < 1:
            refuse(message("there is no table."), "tables")
        if len(self.half_days) != self.slots or any(later < earlier for earlier, later in pairwise(self.half_days)):
            refuse(message("every slot needs its half-day, in order."), "half_days")
        if self.fairness is not None and self.fairness < 0:
            refuse(message("the difference of breaks must not be negative."), "fairness")

    @property
    def participants(self) -> int:
        """How many participants there are."""
        return len(self.forbidden)

    def waits(self, participant: int, slot: int) -> bool:
        """Say whether a participant who is idle in a slot between two meetings waits."""
        return self.absence_waits or slot not in self.forbidden[participant]

    def open_slots(self, position: int) -> frozenset[int]:
        """Return the slots that a meeting may have by itself, or beside the fixed ones of its participants."""
        meeting = self.meetings[position]
        slots = frozenset(range(self.slots)) if meeting.session is None else meeting.session
        if meeting.fixed is None:
            slots -= self._taken[meeting.one] | self._taken[meeting.other]
        else:
            slots &= {meeting.fixed}
        return slots - self.forbidden[meeting.one] - self.forbidden[meeting.other]

    @cached_property
    def _taken(self) -> tuple[frozenset[int], ...]:
        """For each participant the slots of the fixed meetings."""
        return tuple(
            frozenset(slot for position in own if (slot := self.meetings[position].fixed) is not None)
            for own in self.meetings_of
        )

    @cached_property
    def days(self) -> tuple[range, ...]:
        """The slots of each half-day."""
        numbers = sorted(set(self.half_days))
        begins = [self.half_days.index(number) for number in numbers]
        return tuple(range(begin, begin + self.half_days.count(n)) for n, begin in zip(numbers, begins, strict=True))

    @cached_property
    def meetings_of(self) -> tuple[tuple[int, ...], ...]:
        """For each participant the positions of the meetings, in order."""
        found: list[list[int]] = [[] for _ in self.forbidden]
        for position, meeting in enumerate(self.meetings):
            found[meeting.one].append(position)
            found[meeting.other].append(position)
        return tuple(map(tuple, found))


@dataclass(frozen=True, slots=True)
class GivenSchedule:
    """The slot of each meeting, its breaks and how many are proven necessary.

    ``optimal``: the two are equal. ``infeasible``: proven that there is no schedule. ``feasible`` without ``slots``:
    neither a schedule nor a proof was found within the limit. ``seconds`` are wall-clock.
    """

    status: Status
    slots: tuple[int, ...] | None
    breaks: int | None
    bound: int
    seconds: float


def _within(positions: Iterable[int], count: int, where: str) -> None:
    for position in sorted(positions):
        if not 0 <= position < count:
            refuse(
                message("{number} is not known; they run from 1 to {count}.", number=position + 1, count=count), where
            )
