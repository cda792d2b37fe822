"""Persons to rows of ``core.leader``: numbers, what their tickets tell, and whether they still come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Final, TypeVar

from tasks.ingest.people.identity import Person, order_of
from tasks.ingest.people.memory import Memory
from tasks.ingest.records.decisions import Decisions
from tasks.ingest.records.rejection import Place
from tasks.ingest.records.tickets import Ticket
from tasks.ingest.rows.audit import ReviewItem
from tasks.ingest.rows.core import Leader
from tasks.ingest.values.phones import Phone

_WIDTH: Final = 3
Told = TypeVar("Told", bound=str)


def numbered(persons: Sequence[Person], leader_ids: Sequence[str | None], memory: Memory) -> list[tuple[str, int]]:
    """Return leader id and catalogue number: those of the memory, else the next ones in the order of registration."""
    numbers = {leader.leader_id: leader.catalogue_number for leader in memory.leaders}
    newcomers = [index for index, leader_id in enumerate(leader_ids) if leader_id is None]
    newcomers.sort(key=lambda index: order_of(persons[index].base))
    fresh = dict(zip(newcomers, count(max(numbers.values(), default=0) + 1), strict=False))
    return [
        (f"L{fresh[index]:0{_WIDTH}d}", fresh[index]) if leader_id is None else (leader_id, numbers[leader_id])
        for index, leader_id in enumerate(leader_ids)
    ]


def leader_of(edition_id: str, person: Person, number: tuple[str, int], company_id: str, key: str) -> Leader:
    """Return a leader as the ticket that counts tells, with what only others tell; ``key`` made the id."""
    ticket = _completed(person.valid or person.tickets)
    email = ticket.own_email or ticket.email
    return Leader(
        edition_id=edition_id,
        leader_id=number[0],
        catalogue_number=number[1],
        person_key=key,
        company_id=company_id,
        family_name=ticket.family_name,
        given_name=ticket.given_name,
        job_title=ticket.job_title or None,
        email=email,
        payer_email=None if email else ticket.payer_email,
        has_own_email=ticket.own_email is not None,
        phone=ticket.phone.number if ticket.phone else None,
        role="both",
        presentation=None,
        language=ticket.language or "fr",
        max_meetings=None,
        status="registered" if person.valid else "withdrawn",
        registered_at=ticket.ordered_at,
        is_vanished=person.is_vanished,
    )


def _completed(tickets: Sequence[Ticket]) -> Ticket:
    """Return the first ticket, with what only the others tell: most people have no other."""
    base = tickets[0]
    if len(tickets) == 1:
        return base
    named = next((ticket for ticket in tickets if ticket.family_name), base)
    return replace(
        base,
        family_name=named.family_name,
        given_name=named.given_name,
        job_title=_first(ticket.job_title for ticket in tickets) or "",
        email=_first(ticket.email for ticket in tickets),
        own_email=_first(ticket.own_email for ticket in tickets),
        payer_email=_first(ticket.payer_email for ticket in tickets),
        phone=_phone(tickets),
        language=_first(ticket.language for ticket in tickets),
    )


def _first(values: Iterable[Told | None]) -> Told | None:
    return next(filter(None, values), None)


def _phone(tickets: Sequence[Ticket]) -> Phone | None:
    """Return the first mobile, else the first number."""
    phones = [ticket.phone for ticket in tickets if ticket.phone]
    return next((phone for phone in phones if phone.is_mobile), phones[0] if phones else None)


def confirm_withdrawals(
    leaders: Iterable[Leader], places: Mapping[str, Place], decisions: Decisions
) -> tuple[list[Leader], list[ReviewItem]]:
    """Return the leaders with what people say of those who vanished, and the questions about which nobody has said.

    ``places`` are the rows in which those who vanished were last seen. Confirmed, they withdrew; refused, they come.
    """
    found, questions = [], []
    for leader in leaders:
        decision = decisions.find("withdrawal", leader.leader_id) if leader.is_vanished else None
        if decision is not None:
            status = "withdrawn" if decision.verdict == "confirmed" else "registered"
            found.append(replace(leader, status=status, is_vanished=False))
            continue
        found.append(leader)
        if leader.is_vanished:
            place = places[leader.leader_id]
            questions.append(
                ReviewItem(
                    edition_id=leader.edition_id,
                    kind="withdrawal",
                    leader_id=leader.leader_id,
                    typed="",
                    reason="vanished",
                    candidates="[]",
                    file_sha256=place.file_sha256,
                    sheet=place.sheet,
                    row_number=place.row_number,
                )
            )
    return found, questions
