"""The exact model of given meetings: fewest breaks, and everything that is counted is counted by clauses.

After Bofill, Coll, Garcia, Giraldez-Cru, Pesant, Suy and Villaret (JAIR 2022): sorted literals instead of sums, two
implied constraints (how many slots each participant is busy, how many participants a slot can hold, and an even number
of them), and clusters of meetings.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import TypeAlias

from ortools.sat.python import cp_model

from tasks.schedule.clauses import all_but, any_of, at_most, forbid, hold, implied_by_any
from tasks.schedule.given import GivenMeetings
from tasks.schedule.sorters import sorted_literals
from tasks.schedule.unavoidable import Unavoidable, least_breaks

_Literal: TypeAlias = cp_model.IntVar


class BreaksModel:
    """Given meetings in slots; each method adds one rule.

    ``alone`` states for each participant which breaks are known to be unavoidable.
    """

    def __init__(self, given: GivenMeetings, alone: tuple[Unavoidable, ...]) -> None:
        self._model = cp_model.CpModel()
        self._given = given
        self._at = [{slot: self._new() for slot in sorted(given.open_slots(at))} for at in range(len(given.meetings))]
        self._every_meeting_has_a_slot()
        self._one_meeting_at_a_time()
        self._precedences_hold()
        self._busy = [self._busy_slots(own) for own in given.meetings_of]
        self._busy_as_often_as_they_meet()
        self._enough_seats()
        self._enough_tables()
        self._breaks = [self._sorted_breaks(participant) for participant in range(given.participants)]
        self._differences_are_fair()
        self._what_is_busy_or_idle_costs_breaks(alone)
        least = least_breaks(given, alone)
        for own, unavoidable in zip(self._breaks, least, strict=True):
            hold(self._model, own[:unavoidable])
        self._avoidable = [literal for own, count in zip(self._breaks, least, strict=True) for literal in own[count:]]
        self._unavoidable = sum(least)

    @property
    def most_more(self) -> int:
        """How many breaks there may be beyond the unavoidable ones."""
        return len(self._avoidable)

    def with_more_breaks(self, most: int) -> cp_model.CpModel:
        """Return a model, with no objective, of a schedule with the unavoidable breaks and at most so many more."""
        decided = self._model.clone()
        forbid(decided, sorted_literals(decided, self._avoidable, most + 1)[most:] if most else self._avoidable)
        return decided

    def with_fewest_breaks(self) -> cp_model.CpModel:
        """Return the model that asks for the fewest breaks; the unavoidable ones are counted too."""
        guided = self._model.clone()
        guided.minimize(sum(self._avoidable) + self._unavoidable)
        return guided

    def slots_of(self, solver: cp_model.CpSolver) -> tuple[int, ...]:
        """Return the slot of each meeting in what the solver found."""
        return tuple(next(slot for slot, meets in at.items() if solver.boolean_value(meets)) for at in self._at)

    def _every_meeting_has_a_slot(self) -> None:
        for at in self._at:
            self._model.add_exactly_one(at.values())

    def _one_meeting_at_a_time(self) -> None:
        """Let participants, and tables that meetings must have, hold one meeting per slot."""
        tables: dict[int, list[int]] = {}
        for position, meeting in enumerate(self._given.meetings):
            if meeting.table is not None:
                tables.setdefault(meeting.table, []).append(position)
        for own in (*self._given.meetings_of, *tables.values()):
            for slot in range(self._given.slots):
                self._model.add_at_most_one(self._meets(own, slot))

    def _precedences_hold(self) -> None:
        """Let a meeting have a slot only if what must come earlier has one before it."""
        for at, meeting in zip(self._at, self._given.meetings, strict=True):
            for earlier in sorted(meeting.after):
                for slot, meets in at.items():
                    before = (literal for where, literal in self._at[earlier].items() if where < slot)
                    self._model.add_bool_or([~meets, *before])

    def _busy_slots(self, own: tuple[int, ...]) -> dict[int, _Literal]:
        """Return for each slot in which a participant may be busy whether that is so."""
        found = {slot: self._meets(own, slot) for slot in range(self._given.slots)}
        return {slot: any_of(self._model, meets) for slot, meets in found.items() if meets}

    def _busy_as_often_as_they_meet(self) -> None:
        for own, busy in zip(self._given.meetings_of, self._busy, strict=True):
            count = sorted_literals(self._model, list(busy.values()), len(own) + 1)
            hold(self._model, count[: len(own)])
            forbid(self._model, count[len(own) :])

    def _enough_seats(self) -> None:
        """Let no more be busy than there are seats; as meetings are of two, the number is even."""
        seats = 2 * self._given.tables
        for slot in range(self._given.slots):
            there = [busy[slot] for busy in self._busy if slot in busy]
            if len(there) <= seats:
                continue
            count = sorted_literals(self._model, there, seats + 1)
            forbid(self._model, count[seats:])
            for odd, even in zip(count[0:seats:2], count[1:seats:2], strict=False):
                self._model.add_implication(odd, even)

    def _enough_tables(self) -> None:
        """Let no more clusters be active than there are tables: meetings of one participant never coincide."""
        clusters = self._clusters()
        for slot in range(self._given.slots):
            active = [implied_by_any(self._model, meets) for own in clusters if (meets := self._meets(own, slot))]
            at_most(self._model, self._given.tables, active)

    def _clusters(self) -> list[list[int]]:
        """Part the meetings: whoever has most that are in no cluster yet has these as the next one."""
        left, clusters = set(range(len(self._given.meetings))), []
        while left:
            own = max(self._given.meetings_of, key=lambda meetings: len(left.intersection(meetings)))
            clusters.append([position for position in own if position in left])
            left.difference_update(own)
        return clusters

    def _sorted_breaks(self, participant: int) -> list[_Literal]:
        """Return literals of which the i-th (from 0) says that there are more than i breaks."""
        given, own = self._given, self._given.meetings_of[participant]
        if len(own) <= 1:
            return []
        ends = [end for day in given.days for end in self._ends_of_breaks(participant, day)]
        # A break ends at any meeting but the first, or where an absence begins; two have something between them.
        absences = 0 if given.absence_waits else len(given.forbidden[participant])
        most = min((given.slots - 1) // 2, len(own) - 1 + absences)
        count = sorted_literals(self._model, ends, most + 1)
        forbid(self._model, count[most:])
        for fewer, more in pairwise(count[:most]):
            self._model.add_implication(more, fewer)
        return count[:most]

    def _ends_of_breaks(self, participant: int, day: range) -> list[_Literal]:
        """Return a literal for each slot of a half-day that can be the first one after a break."""
        given, busy = self._given, self._busy[participant]
        ends: list[_Literal] = []
        begun: _Literal | None = None
        for before, slot in pairwise(day):
            if before in busy:
                begun = busy[before] if begun is None else any_of(self._model, [begun, busy[before]])
            if begun is None or begun is busy.get(before) or not given.waits(participant, before):
                continue
            resumed = [busy[slot]] if slot in busy else []
            if not given.waits(participant, slot):
                resumed = [busy[later] for later in range(slot, day.stop) if later in busy]
            if resumed:
                was_busy = [busy[before]] if before in busy else []
                ends.append(all_but(self._model, [any_of(self._model, resumed), begun], was_busy))
        return ends

    def _what_is_busy_or_idle_costs_breaks(self, alone: tuple[Unavoidable, ...]) -> None:
        """Let a slot be busy or idle only with the breaks that this means for the participant: it is implied.

        Who must be busy in the crowded slots of noon is seen at once, and not only after a search.
        """
        for breaks, busy, own in zip(self._breaks, self._busy, alone, strict=True):
            for slot, is_busy in busy.items():
                for level in _more_than(own.breaks, own.if_busy[slot], breaks):
                    self._model.add_implication(is_busy, level)
                for level in _more_than(own.breaks, own.if_idle[slot], breaks):
                    self._model.add_bool_or([is_busy, level])

    def _differences_are_fair(self) -> None:
        """Let nobody have more breaks than the fairness allows beyond what everybody has."""
        fairness = self._given.fairness
        if fairness is None:
            return
        for level in range(max(map(len, self._breaks), default=0) - fairness):
            everybody = self._new()
            for own in self._breaks:
                for literal in own[level + fairness : level + fairness + 1]:
                    self._model.add_implication(literal, everybody)
                self._model.add_bool_or([~everybody, *own[level : level + 1]])

    def _new(self) -> _Literal:
        return self._model.new_bool_var("")

    def _meets(self, positions: Iterable[int], slot: int) -> list[_Literal]:
        return [self._at[position][slot] for position in positions if slot in self._at[position]]


def _more_than(least: int, breaks: int | None, levels: list[_Literal]) -> list[_Literal]:
    """Return the literal that says that there are so many breaks, unless that goes without saying."""
    if breaks is None or breaks <= least:
        return []
    return levels[breaks - 1 : breaks]
