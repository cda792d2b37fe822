"""The problem of the current edition, from the database and ``event.toml``."""

import difflib
from collections import defaultdict
from datetime import datetime, timedelta

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from tasks.errors import ConfigurationError, DataError
from tasks.event import Event
from tasks.event_file import EVENT_FILE
from tasks.messages import message
from tasks.schedule.problem import Leader, Limits, Pair, Problem, Request, Slot, Weights
from tasks.store import Database


@dataclass(frozen=True)
class LeaderRow:
    """A row of ``plan/select_problem_leaders``."""

    leader_id: str
    company_id: str
    max_meetings: int | None


@dataclass(frozen=True)
class RequestRow:
    """A row of ``plan/select_problem_requests``."""

    from_leader_id: str
    to_leader_id: str
    rank: int
    is_suggested: bool


@dataclass(frozen=True)
class ExclusionRow:
    """A row of ``plan/select_problem_exclusions``."""

    leader_a: str
    leader_b: str


@dataclass(frozen=True)
class AbsenceRow:
    """A row of ``plan/select_problem_unavailability``; aware instants."""

    leader_id: str
    starts_at: datetime
    ends_at: datetime


def problem_of_event(db: Database, event: Event, free_tables: int = 0) -> Problem:
    """Return the problem of an event with ``free_tables`` tables left free in every slot.

    Leaders who have withdrawn are left out; requests to them stay and end as unmet. Raises DataError when no table is
    left or the base contradicts itself, ConfigurationError when a fixed table is given to a company that is not there.
    """
    slots = slots_of(event)
    own_tables = _own_tables(db, event)
    return Problem(
        slots=slots,
        tables=_tables_in_use(event, free_tables, frozenset(own_tables.values())),
        limits=Limits(event.meetings.minimum, event.meetings.maximum),
        weights=_weights(event),
        leaders=_leaders(db, event, slots, own_tables),
        requests=_requests(db, event),
        excluded=_exclusions(db, event),
        idle=event.plan.idle,
    )


def slots_of(event: Event) -> tuple[Slot, ...]:
    """Return the slots of the afternoon; it is one session, since nobody waits in a pause."""
    return tuple(Slot(f"{start:%H%M}", start, event.meetings.minutes, 0) for start in event.slot_starts())


def _weights(event: Event) -> Weights:
    points = event.objective
    return Weights(points.rank_first, points.rank_step, points.rank_floor, points.mutual, points.gain)


def _tables_in_use(event: Event, free_tables: int, kept: frozenset[str]) -> tuple[str, ...]:
    """Return the tables without the last ``free_tables`` of those that are nobody's own."""
    loose = [table for table in event.tables.ids if table not in kept]
    left_free = set(loose[max(0, len(loose) - free_tables) :])
    tables = tuple(table for table in event.tables.ids if table not in left_free)
    if not tables or free_tables > len(loose):
        raise DataError(
            message("{free} tables cannot be left free: there are {count}.", free=free_tables, count=len(loose)),
            where=EVENT_FILE,
            remedy=message("Leave fewer tables free, or raise tables.count."),
        )
    return tables


def _leaders(db: Database, event: Event, slots: tuple[Slot, ...], own_tables: dict[str, str]) -> tuple[Leader, ...]:
    rows = TypeAdapter(list[LeaderRow]).validate_python(db.rows("plan/select_problem_leaders", edition_id=event.id))
    absences = db.rows("plan/select_problem_unavailability", edition_id=event.id)
    away: dict[str, set[str]] = defaultdict(set)
    for absence in TypeAdapter(list[AbsenceRow]).validate_python(absences):
        away[absence.leader_id] |= {slot.id for slot in slots if _touches(slot, absence)}
    return tuple(
        Leader(
            id=row.leader_id,
            company=row.company_id,
            unavailable=frozenset(away[row.leader_id]),
            # The house's maximum binds everyone; a leader may only ask for fewer.
            max_meetings=None if row.max_meetings is None else min(row.max_meetings, event.meetings.maximum),
            table=own_tables.get(row.company_id),
        )
        for row in rows
    )


def _touches(slot: Slot, absence: AbsenceRow) -> bool:
    return slot.start < absence.ends_at and absence.starts_at < slot.start + timedelta(minutes=slot.minutes)


def _requests(db: Database, event: Event) -> tuple[Request, ...]:
    """Return what leaders ask for, and what the organiser lets the plan suggest. Raises ConfigurationError."""
    unknown = db.rows("plan/select_unknown_leaders", edition_id=event.id, leader_ids=list(event.suggestions.leaders))
    if unknown:
        raise ConfigurationError(
            message("no leader of this edition has the id {leader}.", leader=str(unknown[0]["leader_id"])),
            where=f"{EVENT_FILE}, suggestions.leaders",
            remedy=message("Ids stand in the list of agendas: L001, L002 and so on."),
        )
    rows = db.rows("plan/select_problem_requests", edition_id=event.id)
    found = TypeAdapter(list[RequestRow]).validate_python(rows)
    return tuple(Request(row.from_leader_id, row.to_leader_id, row.rank, row.is_suggested) for row in found)


def _exclusions(db: Database, event: Event) -> tuple[Pair, ...]:
    rows = db.rows("plan/select_problem_exclusions", edition_id=event.id)
    return tuple((row.leader_a, row.leader_b) for row in TypeAdapter(list[ExclusionRow]).validate_python(rows))


def _own_tables(db: Database, event: Event) -> dict[str, str]:
    """Return the fixed table of each company id that has one."""
    found: dict[str, str] = {}
    for name, table in event.tables.fixed.items():
        companies = db.rows("plan/select_companies_named", edition_id=event.id, company=name)
        if not companies:
            raise _no_such_company(db, event, name)
        found |= {str(row["company_id"]): table for row in companies}
    return found


def _no_such_company(db: Database, event: Event, name: str) -> ConfigurationError:
    rows = db.rows("plan/select_company_names", edition_id=event.id)
    near = difflib.get_close_matches(name, [str(row["name"]) for row in rows], n=1)
    remedy = (
        message("Did you mean {near}?", near=near[0]) if near else message("Write the name as in the registrations.")
    )
    return ConfigurationError(
        message("no company of this edition is called {name}.", name=name),
        where=f"{EVENT_FILE}, tables.fixed",
        remedy=remedy,
    )
