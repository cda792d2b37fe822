"""Tickets as the ticket offices keep them: what people typed, who paid, and what became of the order."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from random import Random
from typing import Final, Literal, TypeAlias

from tasks.demo.faults import FAULTS, Entry, drawn_positions
from tasks.demo.world import EDITIONS, Edition, Visit, World, scaled

State: TypeAlias = Literal["valid", "cancelled", "refunded", "unpaid", "test", "unusable"]

PRICE_CENTS: Final = 3600
DISCOVERY_CENTS: Final = 2400
RATE: Final = "Dirigeant — rendez-vous et exposition"
DISCOVERY_RATE: Final = "Dirigeant — formule découverte"
_OPENS_DAYS_BEFORE: Final = 70
_CLOSES_DAYS_BEFORE: Final = 3


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket. ``person_key`` is the truth behind it: None where nobody real stands behind it.

    ``number`` and ``order`` are empty until the tickets of an edition are counted; ``is_duplicate`` marks every
    ticket of a person but the first; ``ordered_at`` is local time.
    """

    entry: Entry
    person_key: str | None
    company_siren: str | None
    state: State
    ordered_at: datetime
    rate: str = RATE
    amount_cents: int = PRICE_CENTS
    promo: str = ""
    is_duplicate: bool = False
    attended: bool | None = None
    number: str = ""
    order: str = ""


def clean_entry(visit: Visit) -> Entry:
    """Return what a careful person types."""
    person, company = visit.person, visit.company
    return Entry(
        family=person.family,
        given=person.given,
        email=visit.email,
        phone=" ".join(person.phone[i : i + 2] for i in range(0, 10, 2)),
        title=person.title,
        company=company.full_name,
        siret=company.siret,
        postcode=company.town.postcode,
        town=company.town.name,
        domain=company.domain,
        payer_family=person.family,
        payer_given=person.given,
        payer_email=visit.email,
        payer_company=company.full_name,
    )


def order_date(rng: Random, edition: Edition) -> datetime:
    """Return a local instant of the ten weeks before an edition; more people order late than early."""
    span = _OPENS_DAYS_BEFORE - _CLOSES_DAYS_BEFORE
    days_before = _CLOSES_DAYS_BEFORE + round(span * rng.betavariate(1.3, 2.0))
    moment = time(rng.choice((7, 8, 9, 9, 10, 10, 11, 11, 13, 14, 14, 15, 16, 17, 18, 20, 22)), rng.randrange(60))
    return datetime.combine(edition.held_on - timedelta(days=days_before), moment) + timedelta(
        seconds=rng.randrange(60)
    )


def ticket_of(rng: Random, visit: Visit, state: State = "valid") -> Ticket:
    """Return the ticket of a visit, without any fault."""
    return Ticket(
        entry=clean_entry(visit),
        person_key=visit.person.key,
        company_siren=visit.company.siren,
        state=state,
        ordered_at=order_date(rng, EDITIONS[visit.edition]),
        attended=visit.attended,
    )


def visitors(rng: Random, world: World, edition: Edition) -> list[Ticket]:
    """Return one valid ticket a visit, with the faults that people and their assistants make."""
    visits = world.visits[edition.number]
    entries = [clean_entry(visit) for visit in visits]
    for fault in FAULTS:
        for position in drawn_positions(rng, len(entries), fault.share(edition.number)):
            entries[position] = fault.make(rng, entries[position])
    return [replace(ticket_of(rng, visit), entry=entry) for visit, entry in zip(visits, entries, strict=True)]


def one_pays_for_three(rng: Random, tickets: list[Ticket], leader_count: int) -> list[Ticket]:
    """Let the secretary of a business club order for three leaders at once, in one order."""
    paid = list(tickets)
    own = [position for position, ticket in enumerate(paid) if ticket.entry.email == ticket.entry.payer_email]
    chosen = rng.sample(own, 3 * scaled(1, leader_count))
    for start in range(0, len(chosen), 3):
        group = chosen[start : start + 3]
        for position in group:
            entry = replace(
                paid[position].entry,
                payer_family="Bultel",
                payer_given="Sabine",
                payer_email="secretariat@club-des-dirigeants.example",
                payer_company="Club des dirigeants de la Gohelle",
            )
            paid[position] = replace(paid[position], entry=entry, ordered_at=paid[group[0]].ordered_at)
    return paid
