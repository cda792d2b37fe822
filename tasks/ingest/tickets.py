"""A row of a registration export: who comes, who paid, and whether the ticket counts."""

from dataclasses import dataclass
from datetime import datetime

from tasks.ingest import normalise, quantities
from tasks.ingest.folding import company_key, fold, person_key
from tasks.ingest.normalise import Phone
from tasks.ingest.reader import Reader
from tasks.ingest.rejection import Place
from tasks.ingest.sources import StatusRule, TicketStatus


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket. ``email`` is where the participant can be written to; ``own_email`` only if nobody else reads it.

    Amounts are cents; ``is_present`` is None where the export knows nothing of the afternoon.
    """

    place: Place
    number: str
    ordered_at: datetime | None
    status: TicketStatus
    amount_cents: int
    refunded_cents: int
    family_name: str
    given_name: str
    company: str
    job_title: str
    email: str | None
    own_email: str | None
    phone: Phone | None
    siren: str | None
    postcode: str | None
    town: str
    language: str | None
    is_present: bool | None
    checked_in_at: datetime | None

    @property
    def name_key(self) -> str:
        """The participant's names, folded and in alphabetical order."""
        return person_key(self.family_name, self.given_name)

    @property
    def company_key(self) -> str:
        """The company's name without legal form, empty where none was typed."""
        return company_key(self.company)


def read_ticket(reader: Reader) -> Ticket | None:
    """Return the ticket of a row, None (and the row refused) where neither a name nor an own e-mail says who it is."""
    family_name, given_name = _names(reader)
    email = reader.value("email", normalise.email)
    payer_email = reader.value("payer_email", normalise.email)
    own = own_email(email, payer_email, is_payer=_is_payer(reader, family_name, given_name))
    if not family_name and not own:
        reader.refuse_row("no_identity")
        return None
    status, is_refunded = _status(reader)
    amount_cents = reader.value("amount", quantities.cents) or 0
    refunded_cents = reader.value("refunded", quantities.cents) or 0
    return Ticket(
        place=reader.place,
        number=reader.text("ticket_number"),
        ordered_at=reader.instant("ordered_at"),
        status=status,
        amount_cents=amount_cents,
        refunded_cents=abs(refunded_cents) or (amount_cents if is_refunded else 0),
        family_name=family_name,
        given_name=given_name,
        company=reader.text("company") or reader.text("payer_company"),
        job_title=reader.text("job_title"),
        email=email or payer_email,
        own_email=own,
        phone=reader.value("phone", normalise.phone),
        siren=reader.value("siret", normalise.siren),
        postcode=reader.value("postcode", normalise.postcode),
        town=reader.text("town"),
        language=reader.code("language"),
        is_present=reader.is_yes("is_present") if reader.text("is_present") else None,
        checked_in_at=reader.instant("checked_in_at"),
    )


def own_email(email: str | None, payer_email: str | None, *, is_payer: bool) -> str | None:
    """Return the address by which the participant can be known again, None where it may be somebody else's.

    A letter box of the company is nobody's own, and the payer's address only the payer's.
    """
    found = email or (payer_email if is_payer else None)
    if found is None or normalise.is_generic(found) or (found == payer_email and not is_payer):
        return None
    return found


def _names(reader: Reader) -> tuple[str, str]:
    family_name, given_name = reader.text("family_name"), reader.text("given_name")
    if family_name or given_name:
        return (family_name, given_name) if family_name else (given_name, "")
    full_name = reader.text("full_name")
    return normalise.split_name(full_name) if full_name else ("", "")


def _is_payer(reader: Reader, family_name: str, given_name: str) -> bool:
    """Say whether the participant paid; a free ticket names no payer, and then the address is the participant's."""
    payer = person_key(reader.text("payer_family_name"), reader.text("payer_given_name"))
    return not payer or payer == person_key(family_name, given_name)


def _status(reader: Reader) -> tuple[TicketStatus, bool]:
    """Return the status by the first rule of the format that holds, and whether the money went back.

    A word that no rule knows is listed and counts as unpaid: better to ask a person than to plan with a ghost.
    """
    for rule in reader.source.statuses:
        if any(_holds(rule, reader, name) for name in rule.fields):
            return rule.status, rule.is_refunded
    reader.refuse(reader.source.statuses[-1].fields[0], "unknown_status")
    return "unpaid", False


def _holds(rule: StatusRule, reader: Reader, name: str) -> bool:
    typed = fold(reader.text(name))
    if rule.above_zero:
        return bool(reader.text(name)) and any(digit in "123456789" for digit in typed)
    return typed in {fold(value) for value in rule.values} or bool(set(rule.words) & set(typed.split()))
