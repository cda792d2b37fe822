"""The rows of ``day`` that ingestion writes, with the tables' own column names."""

from datetime import datetime
from typing import ClassVar

from tasks.frozen import frozen
from tasks.ingest.rows.tables import TableRow


@frozen(order=True)
class Attendance(TableRow):
    """A row of day.attendance."""

    table: ClassVar[str] = "day/attendance"
    edition_id: str
    leader_id: str
    is_present: bool
    checked_in_at: datetime | None


@frozen(order=True)
class Outcome(TableRow):
    """A row of day.outcome."""

    table: ClassVar[str] = "day/outcome"
    edition_id: str
    leader_a: str
    leader_b: str
    outcome: str
    is_same_day: bool


@frozen(order=True)
class Rating(TableRow):
    """A row of day.rating."""

    table: ClassVar[str] = "day/rating"
    edition_id: str
    leader_id: str
    partner_id: str
    rating: str


@frozen(order=True)
class SurveyAnswerRow(TableRow):
    """A row of day.survey_answer."""

    table: ClassVar[str] = "day/survey_answer"
    edition_id: str
    leader_id: str
    satisfaction: int | None
    recommendation: int | None
    answered_at: datetime | None


@frozen(order=True)
class Deal(TableRow):
    """A row of day.deal."""

    table: ClassVar[str] = "day/deal"
    edition_id: str
    leader_id: str
    partner_id: str
    amount_cents: int
    attribution_share: float
    confidence_share: float
