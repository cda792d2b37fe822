"""The rows of ``core`` that ingestion writes, with the tables' own column names."""

from datetime import date, datetime
from typing import ClassVar

from tasks.frozen import frozen
from tasks.ingest.rows.tables import TableRow


@frozen(order=True)
class Edition(TableRow):
    """A row of core.edition."""

    table: ClassVar[str] = "core/edition"
    edition_id: str
    number: int
    title: str
    held_on: date
    is_current: bool


@frozen(order=True)
class Company(TableRow):
    """A row of core.company."""

    table: ClassVar[str] = "core/company"
    edition_id: str
    company_id: str
    name: str
    name_key: str
    siren: str | None
    postcode: str | None
    town: str | None


@frozen(order=True)
class Leader(TableRow):
    """A row of core.leader."""

    table: ClassVar[str] = "core/leader"
    edition_id: str
    leader_id: str
    catalogue_number: int
    person_key: str
    company_id: str
    family_name: str
    given_name: str
    job_title: str | None
    email: str | None
    has_own_email: bool
    phone: str | None
    role: str
    presentation: str | None
    language: str
    max_meetings: int | None
    status: str
    registered_at: datetime | None
    is_vanished: bool = False
    merged_into: str | None = None
    payer_email: str | None = None


@frozen(order=True)
class Registration(TableRow):
    """A row of core.registration."""

    table: ClassVar[str] = "core/registration"
    edition_id: str
    registration_id: str
    leader_id: str | None
    status: str
    ordered_at: datetime | None
    amount_cents: int
    refunded_cents: int
    file_sha256: str
    sheet: str
    row_number: int
    is_vanished: bool = False


@frozen(order=True)
class Request(TableRow):
    """A row of core.request."""

    table: ClassVar[str] = "core/request"
    edition_id: str
    from_leader_id: str
    to_leader_id: str
    rank: int
    match_rule: str
    match_score: float
    file_sha256: str
    sheet: str
    row_number: int


@frozen(order=True)
class Offer(TableRow):
    """A row of core.offer."""

    table: ClassVar[str] = "core/offer"
    edition_id: str
    leader_id: str
    side: str
    category: str
    code: str | None = None


@frozen(order=True)
class Unavailability(TableRow):
    """A row of core.unavailability."""

    table: ClassVar[str] = "core/unavailability"
    edition_id: str
    leader_id: str
    starts_at: datetime
    ends_at: datetime


@frozen(order=True)
class Exclusion(TableRow):
    """A row of core.exclusion."""

    table: ClassVar[str] = "core/exclusion"
    edition_id: str
    leader_a: str
    leader_b: str


@frozen(order=True)
class Exhibitor(TableRow):
    """A row of core.exhibitor."""

    table: ClassVar[str] = "core/exhibitor"
    edition_id: str
    exhibitor_id: str
    name: str
    kind: str
    stand: str | None
    description: str | None


@frozen(order=True)
class IdentityLink(TableRow):
    """A row of core.identity_link."""

    table: ClassVar[str] = "core/identity_link"
    edition_id: str
    leader_id: str
    earlier_edition_id: str
    earlier_leader_id: str
    rule: str
    certainty: str
    probability: float


@frozen(order=True)
class Merge(TableRow):
    """A row of core.merge."""

    table: ClassVar[str] = "core/merge"
    edition_id: str
    registration_id: str
    leader_id: str
    into_registration_id: str
    rule: str
    evidence: str


@frozen(order=True)
class Suggestion(TableRow):
    """A row of core.suggestion."""

    table: ClassVar[str] = "core/suggestion"
    edition_id: str
    from_leader_id: str
    to_leader_id: str
    rank: int
    score: float
    sells_codes: str
    seeks_codes: str
    is_used: bool
