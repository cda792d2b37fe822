"""Everything that is derived from the raw rows, made anew in one transaction: it is all there, or all as it was."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from tasks.event import Event
from tasks.ingest.current import Records, read_current
from tasks.ingest.derivation import derive_edition
from tasks.ingest.editions import all_editions
from tasks.ingest.people.changes import Snapshot, changes_of_night
from tasks.ingest.people.memory import Memory
from tasks.ingest.records.rejection import Rejection
from tasks.ingest.rows.audit import Change, CorrectionRow, DecisionRow, RejectedRow, ReviewItem
from tasks.ingest.rows.core import (
    Company,
    Edition,
    Exclusion,
    Exhibitor,
    Leader,
    Merge,
    Offer,
    Registration,
    Request,
    Suggestion,
    Unavailability,
)
from tasks.ingest.rows.day import Attendance, Deal, Outcome, Rating, SurveyAnswerRow
from tasks.ingest.rows.tables import Row, TableRow, from_frame, replace_all, to_frame
from tasks.ingest.values.forgetting import forget
from tasks.memory import give_back
from tasks.store import Database

Tables: TypeAlias = dict[type[TableRow], list[TableRow]]

_DERIVED: Final[tuple[type[TableRow], ...]] = (
    Edition,
    Company,
    Leader,
    Registration,
    Merge,
    Request,
    Offer,
    Suggestion,
    Unavailability,
    Exclusion,
    Exhibitor,
    Attendance,
    Outcome,
    Rating,
    SurveyAnswerRow,
    Deal,
    ReviewItem,
    DecisionRow,
    CorrectionRow,
    RejectedRow,
)


@dataclass(frozen=True, slots=True)
class CoreReport:
    """What the current edition comes to; ``rejected_count`` counts refused rows and values of all editions.

    A leader who turned out to be another counts neither as registered nor as withdrawn.
    """

    leader_count: int
    withdrawn_count: int
    company_count: int
    registration_count: int
    request_count: int
    review_count: int
    rejected_count: int


def rebuild(db: Database, event: Event, at: datetime) -> CoreReport:
    """Derive every table of every edition from the current raw rows; ids that exist are kept.

    Call it inside a transaction. With nothing new in ``raw`` every table is as it was. What changed about the leaders
    of the current edition is recorded for the night of ``at``, by the event's calendar.
    """
    memories = {edition.id: recall(db, edition.id) for edition in all_editions(event)}
    before = _remembered(db, event, memories[event.id])
    tables = _derive(db, event, memories)
    _record_changes(db, event, at, before, _derived(tables, event))
    report = _report(tables, event.id)
    # Of 200,000 leaders there is not room for all that was and is, and for the frames of it: what is done is let go.
    del memories, before
    forget()
    give_back()
    for row_type in _DERIVED:
        replace_all(db, row_type, tables.pop(row_type, []))
    return report


def _derive(db: Database, event: Event, memories: Mapping[str, Memory]) -> Tables:
    """Return the rows of all tables; on return, before they are written, what was read of the exports is let go."""
    current = read_current(db, event)
    tables: Tables = defaultdict(list)
    rejections = set(current.rejections)
    for edition in all_editions(event):
        decisions = current.answers.decisions(edition.id)
        records = current.records.get(edition.id, Records())
        derived = derive_edition(edition, event, records, memories[edition.id], decisions)
        rejections.update(derived.rejections)
        for row in derived.rows:
            tables[type(row)].append(row)
    tables[CorrectionRow] += current.answers.correction_rows()
    tables[RejectedRow] = [_row(rejection) for rejection in sorted(rejections)]
    return tables


def recall(db: Database, edition_id: str) -> Memory:
    """Return the leaders, companies and registrations that an edition has so far, and former names of companies."""
    return Memory(
        leaders=from_frame(Leader, db.frame("core/select_leaders_of_edition", edition_id=edition_id)),
        companies=from_frame(Company, db.frame("core/select_companies_of_edition", edition_id=edition_id)),
        registrations=from_frame(Registration, db.frame("core/select_registrations_of_edition", edition_id=edition_id)),
        former_names=tuple(db.frame("audit/select_former_companies", edition_id=edition_id).iter_rows()),
    )


def _remembered(db: Database, event: Event, memory: Memory) -> Snapshot:
    """Return how the current edition was when it was last rebuilt."""
    return Snapshot.of(
        memory.leaders,
        memory.companies,
        from_frame(Request, db.frame("core/select_requests_of_edition", edition_id=event.id)),
        from_frame(Unavailability, db.frame("core/select_unavailabilities_of_edition", edition_id=event.id)),
        event.zone,
    )


def _derived(tables: Tables, event: Event) -> Snapshot:
    """Return how the current edition is now."""
    return Snapshot.of(
        _of_edition(tables, Leader, event.id),
        _of_edition(tables, Company, event.id),
        _of_edition(tables, Request, event.id),
        _of_edition(tables, Unavailability, event.id),
        event.zone,
    )


def _of_edition(tables: Tables, row_type: type[Row], edition_id: str) -> list[Row]:
    rows = (row for row in tables[row_type] if isinstance(row, row_type))
    return [row for row in rows if getattr(row, "edition_id", None) == edition_id]


def _record_changes(db: Database, event: Event, at: datetime, before: Snapshot, after: Snapshot) -> None:
    """Put what the night has come to by now in the place of what an earlier run of it said."""
    night = at.astimezone(event.zone).date()
    told = from_frame(Change, db.frame("audit/select_changes_of_night", edition_id=event.id, night=night))
    changes = changes_of_night(event.id, night, before, after, told)
    if changes != told:
        db.run("audit/delete_changes_of_night", edition_id=event.id, night=night)
        db.run("audit/insert_change", frame=to_frame(Change, changes))


def _row(rejection: Rejection) -> RejectedRow:
    place = rejection.place
    return RejectedRow(
        place.file_sha256, place.sheet, place.row_number, rejection.column_name, rejection.rule, rejection.value_class
    )


def _report(tables: Tables, edition_id: str) -> CoreReport:
    leaders = [leader for leader in _of_edition(tables, Leader, edition_id) if leader.merged_into is None]
    statuses = Counter(leader.status for leader in leaders)
    return CoreReport(
        leader_count=statuses["registered"],
        withdrawn_count=statuses["withdrawn"],
        company_count=len(_of_edition(tables, Company, edition_id)),
        registration_count=len(_of_edition(tables, Registration, edition_id)),
        request_count=len(_of_edition(tables, Request, edition_id)),
        review_count=len(_of_edition(tables, ReviewItem, edition_id)),
        rejected_count=len(tables[RejectedRow]),
    )
