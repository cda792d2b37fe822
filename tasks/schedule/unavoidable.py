"""The breaks that one participant cannot avoid, whatever the others do: bounds in milliseconds, often the optimum.

Own absences, fixed meetings, and the earliest and latest slots of the meetings say how many must be over by when; the
fewest breaks within that are found by walking through the slots, for the whole and for each slot kept busy or idle. Who
cannot even place the own meetings so proves that nobody's schedule exists.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from tasks.schedule.given import GivenMeetings


class _Phase(IntEnum):
    """Where a participant stands in a half-day."""

    NOT_BEGUN = 0
    BUSY = 1
    WAITING = 2


_State: TypeAlias = tuple[int, _Phase]
_Walk: TypeAlias = dict[_State, int]


@dataclass(frozen=True, slots=True)
class _Step:
    """One slot passed: how many meetings are held and the phase, before and after; ``breaks`` end with it."""

    before: _State
    after: _State
    breaks: int
    is_busy: bool


@dataclass(frozen=True, slots=True)
class Unavoidable:
    """The fewest breaks of a participant: in all, and for each slot if busy there, or idle (None: cannot be)."""

    breaks: int
    if_busy: tuple[int | None, ...]
    if_idle: tuple[int | None, ...]


def unavoidable_breaks(given: GivenMeetings) -> tuple[Unavoidable, ...] | None:
    """Return for each participant what cannot be avoided; None proves that there is no schedule."""
    found = []
    for participant in range(given.participants):
        alone = _alone(given, participant)
        if alone is None:
            return None
        found.append(alone)
    return tuple(found)


def least_breaks(given: GivenMeetings, alone: tuple[Unavoidable, ...]) -> tuple[int, ...]:
    """Return the fewest breaks of each participant; with fairness, who must have many makes the others have some."""
    floor = 0
    if given.fairness is not None:
        floor = max((own.breaks for own in alone), default=0) - given.fairness
    return tuple(max(floor, own.breaks) for own in alone)


def _alone(given: GivenMeetings, participant: int) -> Unavoidable | None:
    steps = _steps(given, participant)
    walks: list[_Walk] = [{(0, _Phase.NOT_BEGUN): 0}]
    for slot in steps:
        walks.append(_cheapest((step.after, walks[-1][step.before] + step.breaks) for step in slot))
    if not walks[-1]:
        return None
    rest: _Walk = dict.fromkeys(walks[-1], 0)
    busy: list[int | None] = []
    idle: list[int | None] = []
    for walk, slot in zip(walks[-2::-1], reversed(steps), strict=True):
        left = [(step, step.breaks + rest[step.after]) for step in slot if step.after in rest]
        busy.append(min((walk[step.before] + breaks for step, breaks in left if step.is_busy), default=None))
        idle.append(min((walk[step.before] + breaks for step, breaks in left if not step.is_busy), default=None))
        rest = _cheapest((step.before, breaks) for step, breaks in left)
    return Unavoidable(min(walks[-1].values()), tuple(reversed(busy)), tuple(reversed(idle)))


def _steps(given: GivenMeetings, participant: int) -> list[list[_Step]]:
    """Return for each slot every step that leads from a state that can be reached."""
    open_slots = [given.open_slots(position) for position in given.meetings_of[participant]]
    if not all(open_slots):
        return [[] for _ in range(given.slots)]
    steps: list[list[_Step]] = []
    may_be_busy = frozenset[int]().union(*open_slots)
    must_be_busy = {slot for slots in open_slots if len(slots) == 1 for slot in slots}
    reached: set[_State] = {(0, _Phase.NOT_BEGUN)}
    for day in given.days:
        for slot in day:
            over = sum(max(slots) <= slot for slots in open_slots)
            begun = sum(min(slots) <= slot for slots in open_slots)
            here = []
            for before in sorted(reached):
                met, phase = before[0], _Phase.NOT_BEGUN if slot == day.start else before[1]
                if slot in may_be_busy:
                    here.append(_Step(before, (met + 1, _Phase.BUSY), int(phase == _Phase.WAITING), is_busy=True))
                if slot not in must_be_busy:
                    waits = phase == _Phase.BUSY and given.waits(participant, slot)
                    here.append(_Step(before, (met, _Phase.WAITING if waits else phase), 0, is_busy=False))
            steps.append([step for step in here if over <= step.after[0] <= begun])
            reached = {step.after for step in steps[-1]}
    return steps


def _cheapest(found: Iterable[tuple[_State, int]]) -> _Walk:
    walk: _Walk = {}
    for state, breaks in found:
        walk[state] = min(breaks, walk.get(state, breaks))
    return walk
