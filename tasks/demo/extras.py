"""The tickets that make no leader, and those that make one twice."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Final

from tasks.demo.people import business_address, private_address
from tasks.demo.tickets import (
    DISCOVERY_CENTS,
    DISCOVERY_RATE,
    State,
    Ticket,
    one_pays_for_three,
    order_date,
    ticket_of,
    visitors,
)
from tasks.demo.world import Edition, Visit, World, scaled

# How many people registered twice, for 180 leaders in the current edition.
_DUPLICATES: Final = {17: 4, 18: 3, 19: 3}
_INVITED: Final = {17: 5, 18: 2, 19: 3}
_SPARE_STATES: Final[tuple[State, ...]] = ("cancelled", "cancelled", "refunded", "refunded", "unpaid", "unpaid")


def all_tickets(rng: Random, world: World, edition: Edition, leader_count: int) -> tuple[Ticket, ...]:
    """Return every ticket of an edition in the order of purchase, numbered."""
    valid = one_pays_for_three(rng, visitors(rng, world, edition), leader_count)
    valid = _invited(rng, valid, scaled(_INVITED[edition.number], leader_count))
    visits = {visit.person.key: visit for visit in world.visits[edition.number]}
    tickets = [
        *_with_duplicates(rng, valid, visits, scaled(_DUPLICATES[edition.number], leader_count)),
        *(
            ticket_of(rng, spare, state)
            for spare, state in zip(world.spares[edition.number], _SPARE_STATES, strict=False)
        ),
        _booked_again(rng, rng.choice(valid)),
        *_tests(rng, edition, valid[0]),
        _unusable(valid[1]),
    ]
    return tuple(_numbered(rng, edition, sorted(tickets, key=lambda ticket: ticket.ordered_at)))


def _invited(rng: Random, tickets: list[Ticket], count: int) -> list[Ticket]:
    """Let a few come free of charge, on a code."""
    guests = set(rng.sample(range(len(tickets)), count))
    return [
        replace(ticket, amount_cents=0, promo="INVITATION") if position in guests else ticket
        for position, ticket in enumerate(tickets)
    ]


def _upgraded(_rng: Random, ticket: Ticket, _visit: Visit) -> Ticket:
    """Return the full ticket of someone who had bought the smaller one."""
    return replace(ticket, ordered_at=ticket.ordered_at + timedelta(days=2, hours=1))


def _under_another_address(rng: Random, ticket: Ticket, visit: Visit) -> Ticket:
    """Return the ticket of someone who registered once from home and once from the office."""
    is_business = visit.email.endswith(visit.company.domain)
    email = private_address(rng, visit.person) if is_business else business_address(rng, visit.person, visit.company)
    entry = replace(ticket.entry, email=email, payer_email=email)
    return replace(ticket, entry=entry, ordered_at=ticket.ordered_at + timedelta(days=1, minutes=7))


def _ordered_twice(_rng: Random, ticket: Ticket, _visit: Visit) -> Ticket:
    """Return the ticket of someone who clicked once too often."""
    return replace(ticket, ordered_at=ticket.ordered_at + timedelta(minutes=3))


_WAYS: Final[tuple[Callable[[Random, Ticket, Visit], Ticket], ...]] = (
    _upgraded,
    _under_another_address,
    _ordered_twice,
)


def _with_duplicates(rng: Random, tickets: list[Ticket], visits: dict[str, Visit], count: int) -> Iterator[Ticket]:
    again = rng.sample(range(len(tickets)), count)
    for position, ticket in enumerate(tickets):
        if position not in again or ticket.person_key is None:
            yield ticket
            continue
        way = _WAYS[again.index(position) % len(_WAYS)]
        yield replace(ticket, rate=DISCOVERY_RATE, amount_cents=DISCOVERY_CENTS) if way is _upgraded else ticket
        yield replace(way(rng, ticket, visits[ticket.person_key]), is_duplicate=True)


def _booked_again(rng: Random, ticket: Ticket) -> Ticket:
    """Return the cancelled first order of someone who then came after all."""
    earlier = ticket.ordered_at - timedelta(minutes=rng.randrange(5, 50))
    return replace(ticket, state="cancelled", ordered_at=earlier, attended=None)


def _tests(rng: Random, edition: Edition, model: Ticket) -> Iterator[Ticket]:
    """Yield the orders by which the organiser tried the shop, one of them under a believable name."""
    blank = replace(model, person_key=None, company_siren=None, state="test", attended=None, amount_cents=0)
    names = {"family": "TEST", "given": "Test", "payer_family": "TEST", "payer_given": "Test"}
    address = {"email": "test@chambre.example", "payer_email": "test@chambre.example"}
    entry = replace(model.entry, **names, **address, company="TEST", payer_company="", siret="", phone="")
    yield replace(blank, entry=entry, ordered_at=order_date(rng, edition))
    entry = replace(entry, family="Duchemin", given="Paul", company="Essai billetterie")
    yield replace(blank, entry=entry, rate="TEST — ne pas traiter", promo="TEST", ordered_at=order_date(rng, edition))


def _unusable(model: Ticket) -> Ticket:
    """Return a row that nothing can be made of: paid at the desk, for nobody in particular."""
    entry = replace(
        model.entry,
        **dict.fromkeys(("family", "given", "email", "phone", "title", "siret"), ""),
        **dict.fromkeys(("payer_family", "payer_given", "payer_email", "payer_company"), ""),
        company="règlement sur place",
    )
    blank = replace(model, person_key=None, company_siren=None, state="unusable", attended=None)
    return replace(blank, entry=entry, ordered_at=model.ordered_at + timedelta(hours=5))


def _numbered(rng: Random, edition: Edition, tickets: list[Ticket]) -> Iterator[Ticket]:
    """Yield the tickets with their numbers; those bought at the same instant by the same payer share an order."""
    serial, order = rng.randrange(10_000_000, 20_000_000), ""
    previous: tuple[object, str] | None = None
    for position, ticket in enumerate(tickets, start=1):
        serial += rng.randrange(3, 900)
        payer = (ticket.ordered_at, ticket.entry.payer_email)
        if payer != previous:
            order, previous = str(serial - 1), payer
        yield replace(ticket, number=_NUMBER_STYLES[edition.number](position, serial), order=order)


# How each year's ticket office numbers its tickets.
_NUMBER_STYLES: Final[dict[int, Callable[[int, int], str]]] = {
    17: lambda position, _serial: str(position),
    18: lambda position, serial: f"T{position:03d}-{serial % 10_000:04d}-E{serial}",
    19: lambda _position, serial: str(serial),
}
