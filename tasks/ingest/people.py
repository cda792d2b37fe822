"""Persons to leaders, companies and registrations of an edition, with ids that survive every rebuild."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tasks.ingest.companies import derive_companies
from tasks.ingest.folding import person_key
from tasks.ingest.identity import Person, email_key, find_persons, known_as, name_key, order_of
from tasks.ingest.rejection import Place
from tasks.ingest.rows import Company, Leader, Registration
from tasks.ingest.tickets import Ticket

_WIDTH: Final = 3


@dataclass(frozen=True, slots=True)
class Memory:
    """What the last rebuild held of an edition: leaders and companies, whose ids must not change."""

    leaders: tuple[Leader, ...] = ()
    companies: tuple[Company, ...] = ()


@dataclass(frozen=True, slots=True)
class People:
    """The leaders, companies and registrations of an edition; ``addresses`` lists every address a leader used."""

    leaders: tuple[Leader, ...]
    companies: tuple[Company, ...]
    registrations: tuple[Registration, ...]
    addresses: Mapping[str, tuple[str, ...]]


def derive_people(edition_id: str, tickets: Sequence[Ticket], memory: Memory) -> People:
    """Return who comes to an edition. Without any ticket there is nobody, whatever the memory says."""
    if not tickets:
        return People((), (), (), {})
    persons = find_persons(tickets)
    known = known_as([person.keys for person in persons], _leader_keys(memory))
    chosen = [(person, known_id) for person, known_id in zip(persons, known, strict=True) if person.valid or known_id]
    company_of, companies = derive_companies(edition_id, [person for person, _ in chosen], memory.companies)
    numbered = _numbered(chosen, memory)
    leaders = [_leader(edition_id, person, numbered[person], company_of[person], memory) for person, _ in chosen]
    gone = [leader for leader in memory.leaders if leader.leader_id not in {found.leader_id for found in leaders}]
    leaders += [replace(leader, status="withdrawn") for leader in gone]
    leader_of = {ticket.place: numbered[person][0] for person, _ in chosen for ticket in person.valid}
    return People(
        leaders=tuple(sorted(leaders, key=lambda leader: leader.catalogue_number)),
        companies=_with_kept(companies, leaders, memory),
        registrations=_registrations(edition_id, tickets, leader_of),
        addresses=_addresses(chosen, numbered, gone),
    )


def _leader_keys(memory: Memory) -> dict[str, tuple[str, ...]]:
    """Return by what each known leader is known again, first by the key that made the id."""
    companies = {company.company_id: company.name_key for company in memory.companies}
    return {
        leader.leader_id: (
            leader.person_key,
            *([email_key(leader.email)] if leader.has_own_email and leader.email else []),
            name_key(person_key(leader.family_name, leader.given_name), companies[leader.company_id]),
        )
        for leader in memory.leaders
    }


def _numbered(chosen: Sequence[tuple[Person, str | None]], memory: Memory) -> dict[Person, tuple[str, int]]:
    """Return leader id and catalogue number: those of the memory, else the next ones in the order of registration."""
    numbers = {leader.leader_id: leader.catalogue_number for leader in memory.leaders}
    newcomers = sorted((person for person, known in chosen if not known), key=lambda person: order_of(person.valid[0]))
    first = max(numbers.values(), default=0) + 1
    fresh = {person: (f"L{number:0{_WIDTH}d}", number) for number, person in enumerate(newcomers, start=first)}
    return fresh | {person: (known, numbers[known]) for person, known in chosen if known}


def _leader(edition_id: str, person: Person, number: tuple[str, int], company_id: str, memory: Memory) -> Leader:
    """Return a leader as the first ticket that counts tells, with what only later ones tell."""
    tickets = person.valid or person.tickets
    own_email = next((ticket.own_email for ticket in tickets if ticket.own_email), None)
    phones = sorted((ticket.phone for ticket in tickets if ticket.phone), key=lambda phone: not phone.is_mobile)
    leader_id, catalogue_number = number
    former = next((leader for leader in memory.leaders if leader.leader_id == leader_id), None)
    return Leader(
        edition_id=edition_id,
        leader_id=leader_id,
        catalogue_number=catalogue_number,
        person_key=former.person_key if former else (*person.keys, f"ticket:{tickets[0].number}")[0],
        company_id=company_id,
        family_name=tickets[0].family_name,
        given_name=tickets[0].given_name,
        job_title=next((ticket.job_title for ticket in tickets if ticket.job_title), None),
        email=own_email or next((ticket.email for ticket in tickets if ticket.email), None),
        has_own_email=own_email is not None,
        phone=phones[0].number if phones else None,
        role="both",
        presentation=None,
        language=next((ticket.language for ticket in tickets if ticket.language), "fr"),
        max_meetings=None,
        status="registered" if person.valid else "withdrawn",
        registered_at=tickets[0].ordered_at,
    )


def _with_kept(companies: Sequence[Company], leaders: Sequence[Leader], memory: Memory) -> tuple[Company, ...]:
    """Add the companies of leaders whom only the memory knows."""
    found = {company.company_id: company for company in companies}
    needed = {leader.company_id for leader in leaders} - set(found)
    kept = [company for company in memory.companies if company.company_id in needed]
    return tuple(sorted((*companies, *kept), key=lambda company: company.company_id))


def _registrations(
    edition_id: str, tickets: Sequence[Ticket], leader_of: Mapping[Place, str]
) -> tuple[Registration, ...]:
    """Return one row a ticket; of a leader's valid tickets the first counts and the others are duplicates."""
    rows: dict[str, Registration] = {}
    registered: set[str] = set()
    for ticket in sorted(tickets, key=order_of):
        leader_id = leader_of.get(ticket.place)
        plain = ticket.number or f"{ticket.place.file_sha256[:8]}-{ticket.place.row_number}"
        taken = sum(known == plain or known.startswith(f"{plain}#") for known in rows) if plain in rows else 0
        registration_id = f"{plain}#{taken + 1}" if taken else plain
        rows[registration_id] = Registration(
            edition_id=edition_id,
            registration_id=registration_id,
            leader_id=leader_id,
            status="duplicate" if leader_id in registered else ticket.status,
            ordered_at=ticket.ordered_at,
            amount_cents=ticket.amount_cents,
            refunded_cents=ticket.refunded_cents,
            file_sha256=ticket.place.file_sha256,
            sheet=ticket.place.sheet,
            row_number=ticket.place.row_number,
        )
        registered |= {leader_id} if leader_id else set()
    return tuple(rows.values())


def _addresses(
    chosen: Sequence[tuple[Person, str | None]], numbered: Mapping[Person, tuple[str, int]], gone: Sequence[Leader]
) -> dict[str, tuple[str, ...]]:
    """Return every address by which a leader wrote, their own before those that others read too."""
    found = {
        numbered[person][0]: tuple(
            dict.fromkeys(
                address
                for addresses in ([t.own_email for t in person.tickets], [t.email for t in person.tickets])
                for address in addresses
                if address
            )
        )
        for person, _ in chosen
    }
    return found | {leader.leader_id: (leader.email,) for leader in gone if leader.email}
