"""What the printed pieces show, as plain values: who comes, who sits where and when, who exhibits.

Neither address nor telephone of anybody: what hangs in a hall is read by all.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tasks.alphabet import french_key
from tasks.event import Event
from tasks.event_choices import Category
from tasks.messages import Language, either
from tasks.pages import in_name_case
from tasks.publish.agendas.afternoon import Afternoon, Person, PlannedMeeting


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody sits from ``starts_at`` on."""

    starts_at: datetime
    table: str


@dataclass(frozen=True, slots=True)
class Guest:
    """A leader who comes. ``seats`` has one entry for every meeting, in order of time."""

    leader_id: str
    family_name: str
    given_name: str
    company: str
    number: int
    seats: tuple[Seat, ...]

    @property
    def name(self) -> str:
        """The name as it is said."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def initial(self) -> str:
        """The letter under which the name stands: O for Œillet, # for what has none."""
        return french_key(self.family_name, self.given_name)[0][:1].upper() or "#"

    @property
    def moves(self) -> tuple[Seat, ...]:
        """The seats at another table than the one before: where to go, and when."""
        tables = (None, *(seat.table for seat in self.seats))
        return tuple(seat for seat, before in zip(self.seats, tables, strict=False) if seat.table != before)


@dataclass(frozen=True, slots=True)
class Round:
    """One slot at one table: the two who meet there, none where the table is free."""

    starts_at: datetime
    guests: tuple[Guest, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its afternoon, one round for every slot."""

    table_id: str
    rounds: tuple[Round, ...]


@dataclass(frozen=True, slots=True)
class Stand:
    """An exhibitor or a partner of the event."""

    name: str
    kind: str
    stand: str
    description: str


@dataclass(frozen=True, slots=True)
class Hall:
    """One of the spaces with its hours, as it is called in each language of the event."""

    names: tuple[str, ...]
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Roll:
    """Everything that is printed but the agendas: guests and stands in French alphabetical order, tables in theirs.

    ``titles`` and the names of a hall follow ``languages``, the organiser's own language first. ``categories`` are
    those of ``event.toml``; none stands for the house's.
    """

    version_id: str
    languages: tuple[Language, ...]
    titles: tuple[str, ...]
    number: int
    held_on: date
    venue: str
    organiser: str
    guests: tuple[Guest, ...]
    tables: tuple[Table, ...]
    stands: tuple[Stand, ...]
    halls: tuple[Hall, ...]
    categories: tuple[Category, ...] = ()


def roll_of(event: Event, afternoon: Afternoon, stands: Iterable[Stand]) -> Roll:
    """Gather what a plan version brings to the hall."""
    guests = {person.leader_id: _guest(person, afternoon) for person in afternoon.people.values()}
    return Roll(
        version_id=afternoon.version.version_id,
        languages=event.languages,
        titles=_in_each(event.title, event.title_en, event.languages),
        number=event.number,
        held_on=event.date,
        venue=event.venue,
        organiser=event.organiser.name,
        guests=tuple(sorted((guests[person.leader_id] for person in afternoon.registered), key=_place)),
        tables=_tables(event.tables.ids, afternoon, guests),
        stands=tuple(sorted(stands, key=lambda stand: french_key(stand.name))),
        halls=tuple(
            Hall(_in_each(space.name, space.name_en, event.languages), event.at(space.opens), event.at(space.closes))
            for space in event.spaces
        ),
        categories=event.categories,
    )


def _in_each(french: str, english: str, languages: Iterable[Language]) -> tuple[str, ...]:
    return tuple(either(french, english, language) for language in languages)


def _guest(person: Person, afternoon: Afternoon) -> Guest:
    return Guest(
        leader_id=person.leader_id,
        family_name=in_name_case(person.family_name),
        given_name=in_name_case(person.given_name),
        company=person.company,
        number=person.catalogue_number,
        seats=tuple(
            Seat(meeting.starts_at, meeting.table_id) for meeting in afternoon.meetings_by_leader[person.leader_id]
        ),
    )


def _place(guest: Guest) -> tuple[object, ...]:
    return (french_key(guest.family_name, guest.given_name), guest.number)


def _tables(ids: Iterable[str], afternoon: Afternoon, guests: Mapping[str, Guest]) -> tuple[Table, ...]:
    """Return the tables where somebody meets: those of the event file in its order, then what the plan has besides."""
    held: dict[str, dict[datetime, PlannedMeeting]] = defaultdict(dict)
    for meeting in afternoon.meetings:
        held[meeting.table_id][meeting.starts_at] = meeting
    order = [*(table for table in ids if table in held), *sorted(held.keys() - set(ids))]
    starts = [slot.starts_at for slot in afternoon.frame.slots]
    return tuple(
        Table(table, tuple(Round(start, _pair(held[table].get(start), guests)) for start in starts)) for table in order
    )


def _pair(meeting: PlannedMeeting | None, guests: Mapping[str, Guest]) -> tuple[Guest, ...]:
    return () if meeting is None else (guests[meeting.leader_a], guests[meeting.leader_b])
