"""A plan version as it lies in the database, read once into frozen values: who, when, at which table, and what not."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from tasks.alphabet import french_key
from tasks.errors import DataError
from tasks.messages import Language, message
from tasks.pages import in_name_case
from tasks.publish.agendas.frame import Frame, read_frame
from tasks.store import Database


@dataclass(frozen=True, slots=True)
class Person:
    """A leader as others may see them: no address and no telephone. Lists are in alphabetical order."""

    leader_id: str
    catalogue_number: int
    given_name: str
    family_name: str
    job_title: str | None
    company_id: str
    company: str
    sells: tuple[str, ...]
    seeks: tuple[str, ...]
    presentation: str | None
    language: Language
    is_registered: bool

    @property
    def name(self) -> str:
        """The name as it is said: given name first, in the case of names."""
        return f"{in_name_case(self.given_name)} {in_name_case(self.family_name)}".strip()

    @property
    def place_in_alphabet(self) -> tuple[tuple[str, ...], str]:
        """What lists of people are sorted by; two of one name stand by their numbers."""
        return french_key(self.family_name, self.given_name), self.leader_id


@dataclass(frozen=True, slots=True)
class PlannedMeeting:
    """A meeting of two leaders; ``rank_a`` is the rank at which ``leader_a`` asked for it, None if not."""

    leader_a: str
    leader_b: str
    starts_at: datetime
    ends_at: datetime
    table_id: str
    rank_a: int | None = None
    rank_b: int | None = None

    @property
    def seat(self) -> tuple[datetime, str]:
        """When and at which table: a meeting has moved when one of the two is another."""
        return self.starts_at, self.table_id

    def partner_of(self, leader_id: str) -> str:
        """Return the other of the two."""
        return self.leader_b if leader_id == self.leader_a else self.leader_a

    def rank_of(self, leader_id: str) -> int | None:
        """Return the rank at which one of the two asked for the meeting, None if not."""
        return self.rank_a if leader_id == self.leader_a else self.rank_b


@dataclass(frozen=True, slots=True)
class UnmetRequest:
    """A request that the plan does not fulfil, with a reason of the contract's closed list."""

    from_leader_id: str
    to_leader_id: str
    reason: str
    rank: int | None


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """What is known of a plan version as a whole; every bound is proven."""

    version_id: str
    number: int
    kind: str
    parent_version_id: str | None
    status: str
    shortfall: int
    shortfall_bound: int
    value: int
    value_bound: int
    gaps: int
    gaps_bound: int
    breaks: int
    table_changes: int
    table_changes_bound: int
    created_at: datetime
    is_approved: bool


@dataclass(frozen=True)
class Afternoon:
    """Everything that a plan version brings to paper. Meetings are in order of time and table."""

    edition_id: str
    version: PlanVersion
    frame: Frame
    people: dict[str, Person]
    meetings: tuple[PlannedMeeting, ...]
    former_meetings: tuple[PlannedMeeting, ...]
    unmet: tuple[UnmetRequest, ...]

    @cached_property
    def registered(self) -> tuple[Person, ...]:
        """Those who get an agenda, in order of their id."""
        return tuple(person for person in self.people.values() if person.is_registered)

    @cached_property
    def meetings_by_leader(self) -> dict[str, tuple[PlannedMeeting, ...]]:
        """The meetings of every leader, in order of time."""
        found: dict[str, list[PlannedMeeting]] = {leader_id: [] for leader_id in self.people}
        for meeting in self.meetings:
            found[meeting.leader_a].append(meeting)
            found[meeting.leader_b].append(meeting)
        return {leader_id: tuple(meetings) for leader_id, meetings in found.items()}

    def former_meetings_of(self, leader_id: str) -> tuple[PlannedMeeting, ...]:
        """Return what an earlier approved version held for a leader and this one does not."""
        return _of(leader_id, self.former_meetings)

    def unmet_of(self, leader_id: str) -> tuple[UnmetRequest, ...]:
        """Return the requests of a leader that are not fulfilled, in order of rank."""
        return tuple(request for request in self.unmet if request.from_leader_id == leader_id)


def _of(leader_id: str, meetings: tuple[PlannedMeeting, ...]) -> tuple[PlannedMeeting, ...]:
    return tuple(meeting for meeting in meetings if leader_id in {meeting.leader_a, meeting.leader_b})


def approved_version(db: Database, edition_id: str) -> str:
    """Return the id of the newest approved plan version. Raises DataError when a person has approved none."""
    version_id = db.value("outbox/select_approved_version", edition_id=edition_id)
    if version_id is None:
        raise DataError(
            message("no plan version is approved, so nothing may be sent."),
            remedy=message("Look at the plan, then call: rencontres approve VERSION"),
        )
    return str(version_id)


# The rows of a statement become values, and a row that is none is refused here rather than on paper.
_PEOPLE: Final = TypeAdapter(list[Person])
_MEETINGS: Final = TypeAdapter(tuple[PlannedMeeting, ...])
_UNMET: Final = TypeAdapter(tuple[UnmetRequest, ...])
_VERSION: Final = TypeAdapter(PlanVersion)


def read_people(db: Database, edition_id: str) -> dict[str, Person]:
    """Return every leader of the edition under their id, withdrawn ones too, in order of their id."""
    rows = db.rows("outbox/select_people", edition_id=edition_id)
    return {person.leader_id: person for person in _PEOPLE.validate_python(rows)}


def read_meetings(db: Database, version_id: str) -> tuple[PlannedMeeting, ...]:
    """Return the meetings of a plan version, in order of time and table."""
    return _MEETINGS.validate_python(db.rows("outbox/select_meetings", version_id=version_id))


def read_afternoon(db: Database, edition_id: str, version_id: str, zone: ZoneInfo) -> Afternoon:
    """Read a plan version; instants come back in ``zone``, which is the one the database was opened with.

    Raises DataError when the edition has no such version, or when it plans a leader who is no longer known.
    """
    found = db.rows("outbox/select_version", edition_id=edition_id, version_id=version_id)
    if not found:
        raise DataError(
            message("there is no plan version {version}.", version=version_id),
            remedy=message("List the versions with: rencontres plans"),
        )
    people = read_people(db, edition_id)
    values = {"edition_id": edition_id, "version_id": version_id}
    meetings = read_meetings(db, version_id)
    _require_known(meetings, people, version_id)
    former = _MEETINGS.validate_python(db.rows("outbox/select_former_meetings", **values))
    return Afternoon(
        edition_id=edition_id,
        version=_VERSION.validate_python(found[0]),
        frame=read_frame(str(found[0]["problem"]), zone),
        people=people,
        meetings=meetings,
        former_meetings=tuple(meeting for meeting in former if {meeting.leader_a, meeting.leader_b} <= people.keys()),
        unmet=_UNMET.validate_python(db.rows("outbox/select_unmet", **values)),
    )


def _require_known(meetings: tuple[PlannedMeeting, ...], people: dict[str, Person], version_id: str) -> None:
    unknown = {leader for meeting in meetings for leader in (meeting.leader_a, meeting.leader_b)} - people.keys()
    if unknown:
        raise DataError(
            message("leaders of the plan are no longer in the base: {leaders}.", leaders=", ".join(sorted(unknown))),
            where=version_id,
            remedy=message("Plan without them: rencontres same-day --absent LEADER"),
        )
