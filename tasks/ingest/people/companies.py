"""The companies of an edition, with ids that survive every rebuild."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from tasks.ingest.people.identity import Person
from tasks.ingest.people.knowing import known_as
from tasks.ingest.records.tickets import Ticket
from tasks.ingest.rows.core import Company
from tasks.ingest.values.folding import company_key

_WIDTH: Final = 3


def derive_companies(
    edition_id: str, persons: Sequence[Person], former: Sequence[Company]
) -> tuple[list[str], tuple[Company, ...]]:
    """Return the id of each person's company, and the companies: one a SIREN, and one a folded name without SIREN.

    Of one name with two SIRENs there are two companies; who gives the name alone belongs to the only SIREN that bears
    it. ``former`` holds the companies of the last rebuild, whose ids must not change.
    """
    tickets = [_ticket_with_company(person) for person in persons]
    name_keys = [ticket.company_key or company_key(_company_name(ticket)) for ticket in tickets]
    groups = _groups(tickets, name_keys)
    known = _known(groups, name_keys, former)
    number = max((int(company.company_id[1:]) for company in former), default=0)
    company_of = [""] * len(tickets)
    companies = []
    for ((siren, _), group), known_id in zip(groups.items(), known, strict=True):
        number += known_id is None
        company_id = known_id or f"C{number:0{_WIDTH}d}"
        named = next((index for index in group if tickets[index].company), group[0])
        companies.append(
            Company(
                edition_id=edition_id,
                company_id=company_id,
                name=_company_name(tickets[named]),
                name_key=name_keys[named],
                siren=siren,
                postcode=_first([tickets[index].postcode for index in group]),
                town=_first([tickets[index].town for index in group]),
            )
        )
        for index in group:
            company_of[index] = company_id
    return company_of, tuple(companies)


def _groups(tickets: Sequence[Ticket], keys: Sequence[str]) -> Mapping[tuple[str | None, str], list[int]]:
    """Return the positions of the tickets of each company, by SIREN, or by folded name where there is none."""
    siren_of: dict[str, str | None] = {}
    for ticket, key in zip(tickets, keys, strict=True):
        if ticket.siren and siren_of.setdefault(key, ticket.siren) != ticket.siren:
            siren_of[key] = None
    groups: dict[tuple[str | None, str], list[int]] = defaultdict(list)
    for index, (ticket, key) in enumerate(zip(tickets, keys, strict=True)):
        siren = ticket.siren or siren_of.get(key)
        groups[siren, "" if siren else key].append(index)
    return groups


def _first(values: Sequence[str | None]) -> str | None:
    return values[0] or next(filter(None, values), None)


def _known(
    groups: Mapping[tuple[str | None, str], Sequence[int]], name_keys: Sequence[str], former: Sequence[Company]
) -> Sequence[str | None]:
    """Return the id under which each company is known, None for new ones."""
    if not former:
        return [None] * len(groups)
    keys = [_keys(siren, [name_keys[index] for index in group]) for (siren, _), group in groups.items()]
    known = {company.company_id: _known_keys(company) for company in former}
    best = {company_id: own[0] for company_id, own in known.items()}
    return known_as(keys, best, lambda left: {each: own for each, own in known.items() if each in left})


def _keys(siren: str | None, names: Sequence[str]) -> tuple[str, ...]:
    """Return by what a company is known again; a name alone never stands for another SIREN."""
    if siren is None:
        return f"alone:{names[0]}", f"named:{names[0]}"
    return f"siren:{siren}", *(f"alone:{name}" for name in dict.fromkeys(names))


def _known_keys(company: Company) -> tuple[str, ...]:
    if company.siren is None:
        return (f"alone:{company.name_key}",)
    return f"siren:{company.siren}", f"named:{company.name_key}"


def _ticket_with_company(person: Person) -> Ticket:
    """Return the ticket that tells the company: one with a SIREN and the base's name, else the first that names one."""
    tickets = person.valid or person.tickets
    if len(tickets) == 1:
        return tickets[0]
    named = [ticket for ticket in tickets if ticket.company]
    base = (named or tickets)[0]
    same = (ticket for ticket in named if ticket.siren and ticket.company_key == base.company_key)
    return base if base.siren else next(same, base)


def _company_name(ticket: Ticket) -> str:
    """Return the company as typed; who names none stands for themselves."""
    return ticket.company or f"{ticket.given_name} {ticket.family_name}".strip() or ticket.email or ""
