"""What changed for one leader since the plan they were told of: new, moved and cancelled meetings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final, Literal, TypeAlias

from tasks.messages import Language, Message, message
from tasks.pages import clock
from tasks.publish.agendas.afternoon import Person, PlannedMeeting
from tasks.publish.agendas.agenda import Agenda, Meeting

ChangeKind: TypeAlias = Literal["new", "moved", "cancelled"]


@dataclass(frozen=True, slots=True)
class New:
    """A meeting that the leader has not been told of."""

    kind: ClassVar[ChangeKind] = "new"

    name: str
    company: str
    starts_at: datetime
    table: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A meeting at another time or table than the leader was told; one of the two may be the same."""

    kind: ClassVar[ChangeKind] = "moved"

    name: str
    company: str
    starts_at: datetime
    table: str
    former_starts_at: datetime
    former_table: str


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A meeting that the leader was told of and that is off; ``name`` is empty for somebody unknown by now."""

    kind: ClassVar[ChangeKind] = "cancelled"

    name: str
    company: str
    starts_at: datetime
    table: str


Change: TypeAlias = New | Moved | Cancelled


def changes(agenda: Agenda, told: Iterable[PlannedMeeting], people: dict[str, Person]) -> tuple[Change, ...]:
    """Return what changed for a leader, in the order of the afternoon; ``told`` are their meetings as they know them.

    Nothing where only a detail changed: the name of a company, a table for exhibitors, a moment of the programme.
    """
    before = {meeting.partner_of(agenda.leader_id): meeting for meeting in told}
    after = {meeting.partner.leader_id: meeting for meeting in agenda.meetings}
    found: list[Change] = [change for meeting in agenda.meetings if (change := _of(meeting, before))]
    found += [_cancelled(meeting, people.get(partner)) for partner, meeting in before.items() if partner not in after]
    return tuple(sorted(found, key=lambda change: (change.starts_at, change.kind, change.name)))


def _of(meeting: Meeting, before: dict[str, PlannedMeeting]) -> Change | None:
    partner = meeting.partner
    former = before.get(partner.leader_id)
    if former is None:
        return New(partner.name, partner.company, meeting.starts_at, meeting.table)
    if former.seat == meeting.seat:
        return None
    now = (partner.name, partner.company, meeting.starts_at, meeting.table)
    return Moved(*now, former_starts_at=former.starts_at, former_table=former.table_id)


def _cancelled(meeting: PlannedMeeting, partner: Person | None) -> Cancelled:
    name, company = (partner.name, partner.company) if partner else ("", "")
    return Cancelled(name, company, meeting.starts_at, meeting.table_id)


LABELS: Final[Mapping[ChangeKind, Message]] = {
    "new": message("New meeting"),
    "moved": message("Moved meeting"),
    "cancelled": message("Cancelled meeting"),
}


def in_words(change: Change, language: Language) -> Message:
    """Say when and where a meeting is now, and when and where it was; the partner is named beside it."""
    now = {"time": clock(change.starts_at, language), "table": change.table}
    if isinstance(change, New):
        return message("at {time}, table {table}", **now)
    if isinstance(change, Cancelled):
        return message("was planned at {time}, table {table}; it does not take place", **now)
    was = {"former_time": clock(change.former_starts_at, language), "former_table": change.former_table}
    if change.former_starts_at == change.starts_at:
        return message("still at {time}, now table {table} instead of {former_table}", **now, **was)
    if change.former_table == change.table:
        return message("now at {time} instead of {former_time}, still table {table}", **now, **was)
    return message("now at {time}, table {table}, instead of {former_time}, table {former_table}", **now, **was)
