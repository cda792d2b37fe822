"""A row of a registration export: who comes, who paid, and whether the ticket counts."""

from dataclasses import field
from datetime import datetime
from typing import Final

from tasks.frozen import frozen
from tasks.ingest.formats.sources import TicketStatus
from tasks.ingest.records.declared import read_language
from tasks.ingest.records.naming import PAYER, names_of
from tasks.ingest.records.reader import Reader
from tasks.ingest.records.rejection import Place
from tasks.ingest.records.statuses import status_of
from tasks.ingest.values import normalise, quantities
from tasks.ingest.values.folding import company_key, fold, person_key
from tasks.ingest.values.phones import Phone, phone
from tasks.messages import Language

# A line for more tickets than a group brings is a typing error, and is listed as one.
_MOST_TICKETS: Final = 1000
# Any of these beside a name makes a person of it.
_SIGNS: Final = ("company", "payer_company", "ticket_number", "phone", "payer_phone", "siret", "ordered_at")


@frozen()
class Ticket:
    """One ticket. ``email`` is the participant's address; ``own_email`` only if nobody else reads it.

    ``payer_email`` is the address of whoever paid: mail goes there where the participant has none.
    Amounts are cents; ``is_present`` is None where the export knows nothing of the afternoon. ``family_key`` and
    ``given_key`` are the participant's names, folded, ``name_key`` holds both in alphabetical order, ``company_key``
    the company's name without its legal form, empty where none was typed. ``mobile`` is the number if it is a mobile:
    another may be a whole company's.
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
    payer_email: str | None
    phone: Phone | None
    siren: str | None
    postcode: str | None
    town: str
    language: Language | None
    is_present: bool | None
    checked_in_at: datetime | None
    family_key: str = field(init=False)
    given_key: str = field(init=False)
    name_key: str = field(init=False)
    company_key: str = field(init=False)
    mobile: str | None = field(init=False)

    def __post_init__(self) -> None:
        """Fold names and company once: whoever merges 200,000 tickets asks for them six times each."""
        object.__setattr__(self, "family_key", fold(self.family_name))
        object.__setattr__(self, "given_key", fold(self.given_name))
        object.__setattr__(self, "name_key", person_key(self.family_name, self.given_name))
        object.__setattr__(self, "company_key", company_key(self.company))
        object.__setattr__(self, "mobile", self.phone.number if self.phone and self.phone.is_mobile else None)


def read_ticket(reader: Reader) -> Ticket | None:
    """Return the ticket of a row, None (and the row refused) where neither a name nor an own e-mail says who it is.

    A name with nothing beside it may be anything: a note below the list, or the start of a row that was cut off.
    A line that stands for several tickets names one person: the others are listed as missing.
    """
    family_name, given_name = _names(reader)
    email = reader.value("email", normalise.email)
    payer_email = _payer_email(reader, email)
    is_payer = _is_payer(reader, family_name, given_name)
    own = own_email(email, payer_email, is_payer=is_payer)
    if not own and not (family_name and (email or payer_email or any(map(reader.text, _SIGNS)))):
        reader.refuse_row("no_identity")
        return None
    status, is_refunded = status_of(reader)
    amount_cents = reader.value("amount", quantities.cents) or 0
    refunded_cents = reader.value("refunded", quantities.cents) or 0
    if (reader.value("quantity", _count) or 1) > 1:
        reader.refuse("quantity", "several_tickets")
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
        email=_their_email(email, payer_email, is_payer=is_payer),
        own_email=own,
        payer_email=payer_email,
        phone=_phone(reader, is_payer=is_payer),
        siren=reader.value("siret", normalise.siren),
        postcode=reader.value("postcode", normalise.postcode),
        town=reader.text("town"),
        language=read_language(reader),
        is_present=_is_present(reader),
        checked_in_at=reader.instant("checked_in_at"),
    )


def _count(text: str) -> int:
    return quantities.integer_between(text, 0, _MOST_TICKETS)


def _phone(reader: Reader, *, is_payer: bool) -> Phone | None:
    """Return the participant's number; the payer's is theirs only if they paid themselves."""
    own = reader.value("phone", phone)
    return reader.value("payer_phone", phone) if own is None and is_payer else own


def _is_present(reader: Reader) -> bool | None:
    """Say whether the participant was scanned, None where the export knows nothing of it."""
    if reader.text("is_present"):
        return reader.is_yes("is_present")
    return True if reader.text("checked_in_at").strip("0-: ") else None


def _payer_email(reader: Reader, email: str | None) -> str | None:
    """Return the payer's address, None where there is none that can be read.

    Nobody is asked for it where the participant's is known, nor twice where both cells say the same.
    """
    typed = reader.text("payer_email")
    if not typed:
        return None
    try:
        return normalise.email(typed)
    except ValueError as error:
        if email is None and typed != reader.text("email"):
            reader.refuse("payer_email", str(error))
        return None


def own_email(email: str | None, payer_email: str | None, *, is_payer: bool) -> str | None:
    """Return the address by which the participant can be known again, None where it may be somebody else's.

    A letter box of the company is nobody's own, and the payer's address only the payer's.
    """
    found = _their_email(email, payer_email, is_payer=is_payer)
    return None if found is None or normalise.is_generic(found) else found


def _their_email(email: str | None, payer_email: str | None, *, is_payer: bool) -> str | None:
    """Return the participant's address: the payer's is theirs only if they paid, whatever column it stands in."""
    if is_payer:
        return email or payer_email
    return None if email == payer_email else email


def _names(reader: Reader) -> tuple[str, str]:
    """Return the participant's names; the payer's where nobody is named and the format takes the payer then."""
    named = names_of(reader)
    return names_of(reader, PAYER) if named == ("", "") and reader.source.participant == "payer" else named


def _is_payer(reader: Reader, family_name: str, given_name: str) -> bool:
    """Say whether the participant paid; a free ticket names no payer, and then the address is the participant's."""
    named = names_of(reader, PAYER)
    if named == (family_name, given_name):
        return True
    payer = person_key(*named)
    return not payer or payer == person_key(family_name, given_name)
