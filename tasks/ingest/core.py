"""Everything that is derived from the raw rows, made anew in one transaction: it is all there, or all as it was."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Final

from tasks.event import Event
from tasks.ingest.audit_rows import RejectedRow, ReviewItem
from tasks.ingest.current import Records, read_current
from tasks.ingest.day_rows import Attendance, Deal, Outcome, Rating, SurveyAnswerRow
from tasks.ingest.derivation import derive_edition
from tasks.ingest.editions import all_editions
from tasks.ingest.people import Memory
from tasks.ingest.rejection import Rejection
from tasks.ingest.rows import (
    Company,
    Edition,
    Exclusion,
    Exhibitor,
    Leader,
    Offer,
    Registration,
    Request,
    Unavailability,
)
from tasks.ingest.tables import Row, TableRow, from_rows, replace_all
from tasks.store import Database

_DERIVED: Final[tuple[type[TableRow], ...]] = (
    Edition,
    Company,
    Leader,
    Registration,
    Request,
    Offer,
    Unavailability,
    Exclusion,
    Exhibitor,
    Attendance,
    Outcome,
    Rating,
    SurveyAnswerRow,
    Deal,
    ReviewItem,
    RejectedRow,
)


@dataclass(frozen=True, slots=True)
class CoreReport:
    """What the current edition comes to; ``rejected_count`` counts refused rows and values of all editions."""

    leader_count: int
    withdrawn_count: int
    company_count: int
    registration_count: int
    request_count: int
    review_count: int
    rejected_count: int


def rebuild(db: Database, event: Event) -> CoreReport:
    """Derive every table of every edition from the current raw rows; ids that exist are kept.

    Call it inside a transaction. With nothing new in ``raw`` every table is as it was.
    """
    records, refused = read_current(db, event)
    tables: dict[type[TableRow], list[TableRow]] = defaultdict(list)
    rejections = set(refused)
    for edition in all_editions(event):
        derived = derive_edition(edition, event, records.get(edition.id, Records()), recall(db, edition.id))
        rejections.update(derived.rejections)
        for row in derived.rows:
            tables[type(row)].append(row)
    tables[RejectedRow] = [_row(rejection) for rejection in sorted(rejections)]
    for row_type in _DERIVED:
        replace_all(db, row_type, tables[row_type])
    return _report(tables, event.id)


def recall(db: Database, edition_id: str) -> Memory:
    """Return the leaders and companies that an edition has so far."""
    return Memory(
        leaders=from_rows(Leader, db.rows("core/select_leaders_of_edition", edition_id=edition_id)),
        companies=from_rows(Company, db.rows("core/select_companies_of_edition", edition_id=edition_id)),
    )


def _row(rejection: Rejection) -> RejectedRow:
    place = rejection.place
    return RejectedRow(
        place.file_sha256, place.sheet, place.row_number, rejection.column_name, rejection.rule, rejection.value_class
    )


def _report(tables: dict[type[TableRow], list[TableRow]], edition_id: str) -> CoreReport:
    def current(row_type: type[Row]) -> list[Row]:
        rows = (row for row in tables[row_type] if isinstance(row, row_type))
        return [row for row in rows if getattr(row, "edition_id", None) == edition_id]

    statuses = Counter(leader.status for leader in current(Leader))
    return CoreReport(
        leader_count=statuses["registered"],
        withdrawn_count=statuses["withdrawn"],
        company_count=len(current(Company)),
        registration_count=len(current(Registration)),
        request_count=len(current(Request)),
        review_count=len(current(ReviewItem)),
        rejected_count=len(tables[RejectedRow]),
    )
