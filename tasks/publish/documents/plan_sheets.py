"""The plan as sheets of values: by leader, who is where and when, by slot, by table, what is lacking, for Eventmaker.

Names stand in French order. Neither address nor telephone appears: nobody has agreed to that.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, Literal, TypeAlias

from tasks.event import Event
from tasks.messages import Language, Message, message
from tasks.pages import in_name_case, with_capital
from tasks.publish.agendas.afternoon import Afternoon, Person, PlannedMeeting
from tasks.publish.agendas.wording import AWAY, SHORT_REASONS, UNMET_LABELS

Kind: TypeAlias = Literal["text", "number", "time", "date", "slot"]
Cell: TypeAlias = str | int | time | date | Message | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title (a moment of the day for a slot), its width in characters, and what stands in it."""

    title: Message | time
    width: int
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """One sheet. ``fixed`` counts the columns that stay in sight, ``lines`` the lines that a row takes."""

    name: Message
    about: Message
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    fixed: int = 0
    lines: int = 1


_NUMBER: Final = Column(message("No."), 6, "number")
_FAMILY: Final = Column(message("Family name"), 24)
_GIVEN: Final = Column(message("Given name"), 18)
_COMPANY: Final = Column(message("Company"), 32)
_LEADER: Final = Column(message("Leader"), 30)
_TABLE: Final = Column(message("Table"), 9)
_TIME: Final = Column(message("Time"), 9, "time")
_RANK: Final = Column(message("Wish no."), 9, "number")
_WHO: Final = (_NUMBER, _FAMILY, _GIVEN, _COMPANY)


@dataclass(frozen=True)
class PlanSheets:
    """The sheets of one plan version. ``guest_uids`` are Eventmaker's, by leader id, as far as they are known."""

    event: Event
    afternoon: Afternoon
    guest_uids: Mapping[str, str]

    def all(self) -> tuple[PlanSheet, ...]:
        """Return the sheets in the order of the workbook."""
        return (
            self.by_leader(),
            self.who_is_where(),
            self.by_slot(),
            self.by_table(),
            self.unmet(),
            self.few(),
            self.eventmaker(),
        )

    def by_leader(self) -> PlanSheet:
        """One row per leader and meeting; a leader without any has one row that says so."""
        return PlanSheet(
            message("By leader"),
            message("Every leader's meetings, in the order of names and times."),
            (*_WHO, _TIME, _TABLE, Column(message("Meets"), 30), _NUMBER, _COMPANY, Column(message("Why"), 26)),
            tuple(row for person in self._people for row in self._meetings_of(person)),
            fixed=3,
        )

    def _meetings_of(self, person: Person) -> list[tuple[Cell, ...]]:
        planned = self.afternoon.meetings_by_leader[person.leader_id]
        if not planned:
            return [(*_who(person), None, None, message("no meeting planned yet"), None, None, None)]
        rows: list[tuple[Cell, ...]] = []
        for meeting in planned:
            partner = self.afternoon.people[meeting.partner_of(person.leader_id)]
            starts_at = meeting.starts_at.time()
            told = (partner.name, partner.catalogue_number, partner.company, _why(meeting, person.leader_id))
            rows.append((*_who(person), starts_at, meeting.table_id, *told))
        return rows

    def who_is_where(self) -> PlanSheet:
        """One row per leader, one column per slot: the table, or that they cannot be there."""
        slots = self.afternoon.frame.slots
        rows = []
        for person in self._people:
            tables = {m.starts_at: m.table_id for m in self.afternoon.meetings_by_leader[person.leader_id]}
            away = (None if self.afternoon.frame.is_available(person.leader_id, slot) else AWAY for slot in slots)
            rows.append((*_who(person), *(tables.get(s.starts_at, gone) for s, gone in zip(slots, away, strict=True))))
        return PlanSheet(
            message("Who is where"),
            message("One row a leader, one column a slot: the table; empty: free; —: cannot be there."),
            (*_WHO, *self._slot_columns(8)),
            tuple(rows),
            fixed=3,
        )

    def by_slot(self) -> PlanSheet:
        """One row per meeting, in the order of times and tables."""
        people = self.afternoon.people
        side = (_NUMBER, _LEADER, _COMPANY, _RANK)
        rows = tuple(
            (
                *(m.starts_at.time(), m.ends_at.time(), m.table_id),
                *_side(people[m.leader_a], m.rank_a),
                *_side(people[m.leader_b], m.rank_b),
            )
            for m in self.afternoon.meetings
        )
        return PlanSheet(
            message("By slot"),
            message("Every meeting once, in the order of times and tables; beside each leader the rank of their wish."),
            (_TIME, Column(message("Until"), 9, "time"), _TABLE, *side, *side),
            rows,
            fixed=3,
        )

    def by_table(self) -> PlanSheet:
        """One row per table, one column per slot: who sits there."""
        slots = self.afternoon.frame.slots
        seated = {(m.table_id, m.starts_at): self._pair(m) for m in self.afternoon.meetings}
        tables = dict.fromkeys((*self.event.tables.ids, *sorted({table for table, _ in seated})))
        return PlanSheet(
            message("By table"),
            message("One row a table, one column a slot: number and family name of the two who meet."),
            (_TABLE, *self._slot_columns(17)),
            tuple((table, *(seated.get((table, slot.starts_at)) for slot in slots)) for table in tables),
            fixed=1,
            lines=2,
        )

    def unmet(self) -> PlanSheet:
        """One row per wish that the plan does not meet, with its reason."""
        wanted = (Column(message("Wanted to meet"), 30), Column(message("Company"), 32))
        wishes = sorted(
            self.afternoon.unmet,
            key=lambda wish: (
                self.afternoon.people[wish.from_leader_id].place_in_alphabet,
                wish.rank or math.inf,
                wish.to_leader_id,
            ),
        )
        rows = []
        for wish in wishes:
            partner = self.afternoon.people.get(wish.to_leader_id)
            name, company = (partner.name, partner.company) if partner else (wish.to_leader_id, None)
            asking = _who(self.afternoon.people[wish.from_leader_id])
            rows.append((*asking, wish.rank, name, company, UNMET_LABELS[wish.reason]))
        return PlanSheet(
            message("Wishes not met"),
            message("Every wish that the plan does not meet, and why."),
            (*_WHO, _RANK, *wanted, Column(message("Reason"), 36)),
            tuple(rows) or ((None, message("none"), *(None,) * 6),),
            fixed=3,
        )

    def few(self) -> PlanSheet:
        """One row per leader under the minimum, those with the fewest meetings first."""
        frame = self.afternoon.frame
        rows: list[tuple[int, tuple[Cell, ...]]] = []
        for person in self._people:
            count = len(self.afternoon.meetings_by_leader[person.leader_id])
            reason = frame.reason_for_few(person.leader_id, count)
            if reason is not None:
                partners = len(frame.partners.get(person.leader_id, ()))
                present = sum(frame.is_available(person.leader_id, slot) for slot in frame.slots)
                rows.append((count, (*_who(person), count, partners, present, SHORT_REASONS[reason])))
        counts = (message("Meetings"), message("Possible partners"), message("Slots present"))
        return PlanSheet(
            message("Under the minimum"),
            message("The leaders with fewer than {minimum} meetings, and why.", minimum=frame.minimum),
            (*_WHO, *(Column(title, 13, "number") for title in counts), Column(message("Why"), 46)),
            tuple(row for _, row in sorted(rows, key=lambda counted: counted[0]))
            or ((None, message("nobody"), *(None,) * 6),),
            fixed=3,
        )

    def eventmaker(self) -> PlanSheet:
        """One row per meeting in the columns that Eventmaker's import of meetings asks for, and no other."""

        def uid(leader_id: str) -> str:
            return self.guest_uids.get(leader_id, leader_id)

        return PlanSheet(
            message("Eventmaker"),
            message(
                "For Eventmaker's import of meetings: save this sheet alone as a file. Guests who registered elsewhere "
                "stand with our number, such as L012: put in its place the UID that Eventmaker gives them."
            ),
            (
                Column(message("Guest 1 UID"), 28),
                Column(message("Guest 2 UID"), 28),
                Column(message("Date"), 13, "date"),
                Column(message("Time"), 9, "time"),
                Column(message("Location"), 14),
            ),
            tuple(
                (uid(m.leader_a), uid(m.leader_b), m.starts_at.date(), m.starts_at.time(), m.table_id)
                for m in self.afternoon.meetings
            ),
        )

    @property
    def _people(self) -> list[Person]:
        return sorted(self.afternoon.registered, key=lambda person: person.place_in_alphabet)

    def _slot_columns(self, width: int) -> tuple[Column, ...]:
        return tuple(Column(slot.starts_at.time(), width, "slot") for slot in self.afternoon.frame.slots)

    def _pair(self, meeting: PlannedMeeting) -> str:
        both = (self.afternoon.people[leader_id] for leader_id in (meeting.leader_a, meeting.leader_b))
        return "\n".join(f"{one.catalogue_number} {in_name_case(one.family_name)}" for one in both)


def _who(person: Person) -> tuple[Cell, ...]:
    names = (in_name_case(person.family_name), in_name_case(person.given_name))
    return person.catalogue_number, *names, person.company


def _side(person: Person, rank: int | None) -> tuple[Cell, ...]:
    return person.catalogue_number, person.name, person.company, rank


def _why(meeting: PlannedMeeting, leader_id: str) -> Message:
    """Say whose wish a meeting is, of one of the two and to somebody else."""
    own = meeting.rank_of(leader_id)
    is_asked_by_partner = meeting.rank_of(meeting.partner_of(leader_id)) is not None
    if own is None:
        return message("the partner's wish") if is_asked_by_partner else message("Suggested by the organiser")
    if is_asked_by_partner:
        return message("wish of both (own no. {rank})", rank=own)
    return message("own wish no. {rank}", rank=own)


def in_words(cell: Message, language: Language) -> str:
    """Return a sentence of a cell; one that stands alone begins with a capital."""
    return with_capital(cell.translated(language))


def sheets_of(event: Event, afternoon: Afternoon, guest_uids: Mapping[str, str]) -> tuple[PlanSheet, ...]:
    """Return the sheets of a plan version, in the order of the workbook."""
    return PlanSheets(event, afternoon, guest_uids).all()


def made_at(afternoon: Afternoon) -> datetime:
    """Return when the version was made, in the time of the event."""
    zone = afternoon.frame.slots[0].starts_at.tzinfo if afternoon.frame.slots else None
    return afternoon.version.created_at.astimezone(zone)
