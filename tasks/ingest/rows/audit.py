"""The rows of ``audit`` that ingestion writes, with the tables' own column names."""

from datetime import date
from typing import ClassVar

from tasks.frozen import frozen
from tasks.ingest.rows.tables import TableRow


@frozen(order=True)
class RejectedRow(TableRow):
    """A row of audit.rejected_row."""

    table: ClassVar[str] = "audit/rejected_row"
    file_sha256: str
    sheet: str
    row_number: int
    column_name: str
    rule: str
    value_class: str


@frozen(order=True)
class ReviewItem(TableRow):
    """A row of audit.review_item; ``candidates`` is JSON: ``[{"leader_id": ..., "score": ...}]``."""

    table: ClassVar[str] = "audit/review_item"
    edition_id: str
    kind: str
    leader_id: str
    typed: str
    reason: str
    candidates: str
    file_sha256: str
    sheet: str
    row_number: int


@frozen(order=True)
class CorrectionRow(TableRow):
    """A row of audit.correction."""

    table: ClassVar[str] = "audit/correction"
    edition_id: str
    source: str
    row_key: str
    column_name: str
    state: str
    file_sha256: str
    sheet: str
    row_number: int


@frozen(order=True)
class DecisionRow(TableRow):
    """A row of audit.decision; ``choice`` is a JSON list of leader ids, or of codes."""

    table: ClassVar[str] = "audit/decision"
    edition_id: str
    kind: str
    leader_id: str
    typed: str
    verdict: str
    choice: str
    is_used: bool
    file_sha256: str
    sheet: str
    row_number: int


@frozen(order=True)
class Change(TableRow):
    """A row of audit.change; ``before`` and ``after`` are as people would read them."""

    table: ClassVar[str] = "audit/change"
    edition_id: str
    night: date
    leader_id: str
    kind: str
    field: str
    before: str
    after: str
