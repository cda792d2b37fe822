"""What one leader reads: their afternoon as plain values, and the hash that says whether it changed.

Nothing here knows a page, a mail or a calendar; all of them are made from an ``Agenda``.
"""

import base64
import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import ClassVar, Final, Literal, TypeAlias

from tasks.messages import Language

TOKEN_BYTES: Final = 10  # two sheets of one event bear the same mark once in 10^24 pairs
MomentKind: TypeAlias = Literal["programme", "meeting", "free", "away"]


@dataclass(frozen=True, slots=True)
class Occasion:
    """The event in the leader's language: what stands at the head and the foot of every document."""

    edition_id: str
    number: int
    title: str
    held_on: date
    timezone: str
    venue: str
    address: str
    organiser: str
    organiser_email: str
    organiser_phone: str


@dataclass(frozen=True, slots=True)
class ProgrammeMoment:
    """A moment around the meetings, for everybody."""

    kind: ClassVar[MomentKind] = "programme"

    starts_at: datetime
    ends_at: datetime
    title: str
    place: str


@dataclass(frozen=True, slots=True)
class OpenSpace:
    """One of the four spaces with its hours."""

    code: str
    name: str
    opens_at: datetime
    closes_at: datetime
    description: str


@dataclass(frozen=True, slots=True)
class Partner:
    """The person across the table. Neither address nor telephone."""

    leader_id: str
    name: str
    job_title: str
    company: str
    sells: tuple[str, ...]
    seeks: tuple[str, ...]
    presentation: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting seen from one side: ``own_rank`` is the leader's wish, None if they did not ask for it."""

    kind: ClassVar[MomentKind] = "meeting"

    starts_at: datetime
    ends_at: datetime
    table: str
    partner: Partner
    own_rank: int | None
    is_asked_by_partner: bool

    @property
    def seat(self) -> tuple[datetime, str]:
        """When and at which table, as the plan has it."""
        return self.starts_at, self.table


@dataclass(frozen=True, slots=True)
class FreeTime:
    """Neighbouring slots without a meeting; ``spaces`` names what is open throughout."""

    kind: ClassVar[MomentKind] = "free"

    starts_at: datetime
    ends_at: datetime
    spaces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Away:
    """Neighbouring slots in which the leader said they cannot be there."""

    kind: ClassVar[MomentKind] = "away"

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class UnmetWish:
    """A wish that could not be met; ``name`` and ``company`` are empty for somebody who is not registered."""

    name: str
    company: str
    rank: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a table of the leader's stands: row and place in it, both counted from 1 as somebody would who walks in."""

    table: str
    row: int
    place: int


@dataclass(frozen=True, slots=True)
class Room:
    """The room as rows of ``columns`` tables, ``table_count`` in all; ``row_names`` names the first table of each row.

    ``seats`` are the leader's own tables, in the order of the room.
    """

    columns: int
    table_count: int
    row_names: tuple[str, ...]
    seats: tuple[Seat, ...]


NO_ROOM: Final = Room(columns=1, table_count=0, row_names=(), seats=())


@dataclass(frozen=True, slots=True)
class Agenda:
    """One leader's afternoon, in their language. Meetings and times are in order; ``unmet`` in order of rank."""

    leader_id: str
    catalogue_number: int
    language: Language
    name: str
    company: str
    job_title: str
    occasion: Occasion
    programme: tuple[ProgrammeMoment, ...]
    spaces: tuple[OpenSpace, ...]
    meetings: tuple[Meeting, ...]
    free: tuple[FreeTime, ...]
    away: tuple[Away, ...]
    unmet: tuple[UnmetWish, ...]
    room: Room

    @property
    def moments(self) -> tuple[ProgrammeMoment | Meeting | FreeTime | Away, ...]:
        """Everything with a time, in order: the leader's way through the afternoon."""
        every: tuple[ProgrammeMoment | Meeting | FreeTime | Away, ...] = (
            *self.programme,
            *self.meetings,
            *self.free,
            *self.away,
        )
        return tuple(sorted(every, key=lambda moment: (moment.starts_at, moment.ends_at)))


def content_sha256(agenda: Agenda) -> str:
    """Return the hash of all that an agenda shows."""
    text = json.dumps(asdict(agenda), default=_iso, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def agenda_sha256(agenda: Agenda) -> str:
    """Return the hash of what a leader must know: whoever's changes gets a new message.

    Wishes that could not be met stay out of it. A repair on the day gives many of them another reason
    (a partner is full now, who was not), and nobody wants a mail about that in the middle of the afternoon.
    So does the plan of the room: a table has its name on it.
    """
    return content_sha256(replace(agenda, unmet=(), room=NO_ROOM))


def token(agenda: Agenda) -> str:
    """Return the mark that a sheet bears: 16 characters (RFC 4648, base32) that change whenever what it says does.

    They name nobody. Whoever has the database can say of a sheet whether it still holds.
    """
    return base64.b32encode(bytes.fromhex(content_sha256(agenda))[:TOKEN_BYTES]).decode("ascii")


def _iso(value: date) -> str:
    return value.isoformat()
