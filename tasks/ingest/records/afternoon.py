"""The rows that come after the event: check-ins, outcomes, survey answers, deals; and the list of exhibitors."""

from dataclasses import dataclass
from datetime import datetime

from tasks.ingest.records.naming import names_of
from tasks.ingest.records.reader import Reader
from tasks.ingest.records.rejection import Place
from tasks.ingest.values import normalise, quantities
from tasks.ingest.values.folding import fold

_CATALOGUE_END = 100_000


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A ticket shown at the door, or not."""

    place: Place
    ticket_number: str
    family_name: str
    given_name: str
    is_present: bool
    checked_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class PairOutcome:
    """What became of a meeting between two catalogue numbers, and what each thought of it."""

    place: Place
    numbers: tuple[int, int]
    outcome: str
    is_same_day: bool
    ratings: tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class SurveyAnswer:
    """A leader's satisfaction (1 to 5) and recommendation (0 to 10)."""

    place: Place
    answered_at: datetime | None
    email: str
    satisfaction: int | None
    recommendation: int | None


@dataclass(frozen=True, slots=True)
class DealAnswer:
    """A deal that a leader reports; shares run from 0 to 1."""

    place: Place
    answered_at: datetime | None
    email: str
    partner: str
    amount_cents: int
    attribution_share: float
    confidence_share: float


@dataclass(frozen=True, slots=True)
class Stand:
    """An exhibitor or partner."""

    place: Place
    name: str
    kind: str
    stand: str
    description: str


def read_check_in(reader: Reader) -> CheckIn | None:
    """Return the check-in of a row, None (and the row refused) without ticket and name.

    A list without a column for it says by the time of check-in who was there.
    """
    number, (family_name, given_name) = reader.text("ticket_number"), names_of(reader)
    is_named = reader.text("family_name") or reader.text("full_name")
    if not number and not is_named:
        reader.refuse_row("no_identity")
        return None
    checked_in_at = reader.instant("checked_in_at")
    is_timed = "is_present" not in reader.source.columns
    return CheckIn(
        place=reader.place,
        ticket_number=number,
        family_name=family_name,
        given_name=given_name,
        is_present=bool(reader.text("checked_in_at")) if is_timed else reader.is_yes("is_present"),
        checked_in_at=checked_in_at,
    )


def read_outcome(reader: Reader) -> PairOutcome | None:
    """Return the outcome of a row, None (and the row refused) where a catalogue number is missing or none."""
    first = reader.value("number_a", _catalogue_number)
    second = reader.value("number_b", _catalogue_number)
    if first is None or second is None or first == second:
        reader.refuse_row("no_pair")
        return None
    return PairOutcome(
        place=reader.place,
        numbers=(first, second),
        outcome=reader.code("is_held", "unknown") or "unknown",
        is_same_day=reader.is_yes("is_same_day"),
        ratings=(reader.code("rating_a"), reader.code("rating_b")),
    )


def _catalogue_number(text: str) -> int:
    return quantities.integer_between(text, 1, _CATALOGUE_END)


def read_survey(reader: Reader) -> SurveyAnswer | None:
    """Return the survey answer of a row, None (and the row refused) without an address."""
    email = reader.value("email", normalise.email)
    if email is None:
        reader.refuse_row("no_identity")
        return None
    return SurveyAnswer(
        place=reader.place,
        answered_at=reader.instant("answered_at"),
        email=email,
        satisfaction=reader.value("satisfaction", lambda text: quantities.integer_between(text, 1, 5)),
        recommendation=reader.value("recommendation", lambda text: quantities.integer_between(text, 0, 10)),
    )


def read_deal(reader: Reader) -> DealAnswer | None:
    """Return the deal of a row, None (and the row refused) without an address, a partner or a full amount.

    A share that was left empty counts in full, one that cannot be read refuses the row: half a deal is no figure.
    """
    email = reader.value("email", normalise.email)
    partner = reader.text("partner")
    amount = reader.value("amount", quantities.cents)
    attribution, confidence = (_share(reader, name) for name in ("attribution", "confidence"))
    if email is None or not partner or amount is None or amount < 0 or attribution is None or confidence is None:
        reader.refuse_row("no_identity" if email is None else "incomplete_deal")
        return None
    return DealAnswer(reader.place, reader.instant("answered_at"), email, partner, amount, attribution, confidence)


def _share(reader: Reader, name: str) -> float | None:
    return reader.value(name, quantities.share) if reader.text(name) else 1.0


def read_stand(reader: Reader) -> Stand | None:
    """Return the exhibitor of a row, None (and the row refused) without a company; the sheet tells the kind."""
    name = reader.text("company")
    if not name:
        reader.refuse_row("no_identity")
        return None
    kind = reader.source.sheets.get(fold(reader.place.sheet), "exhibitor")
    return Stand(reader.place, name, kind, reader.text("stand"), reader.text("description"))
