"""The companies of an edition, with ids that survive every rebuild."""

from collections.abc import Sequence
from typing import Final

from tasks.ingest.folding import company_key
from tasks.ingest.identity import Person, known_as, merge
from tasks.ingest.rejection import Place
from tasks.ingest.rows import Company
from tasks.ingest.tickets import Ticket

_WIDTH: Final = 3


def derive_companies(
    edition_id: str, persons: Sequence[Person], former: Sequence[Company]
) -> tuple[dict[Person, str], tuple[Company, ...]]:
    """Return each person's company and the companies: one where the SIREN or the folded name is the same.

    ``former`` holds the companies of the last rebuild, whose ids must not change.
    """
    ticket_of = {person: _ticket_with_company(person) for person in persons}
    groups = merge(tuple(ticket_of.values()), _company_keys)
    keys = [tuple(dict.fromkeys(key for ticket in group for key in _company_keys(ticket))) for group in groups]
    known = known_as(keys, {company.company_id: _known_company_keys(company) for company in former})
    number = max((int(company.company_id[1:]) for company in former), default=0)
    id_of: dict[Place, str] = {}
    companies = []
    for group, known_id in zip(groups, known, strict=True):
        number += known_id is None
        company_id = known_id or f"C{number:0{_WIDTH}d}"
        companies.append(_company(edition_id, company_id, group))
        id_of |= dict.fromkeys((ticket.place for ticket in group), company_id)
    return {person: id_of[ticket.place] for person, ticket in ticket_of.items()}, tuple(companies)


def _ticket_with_company(person: Person) -> Ticket:
    tickets = person.valid or person.tickets
    return next((ticket for ticket in tickets if ticket.company), tickets[0])


def _company_name(ticket: Ticket) -> str:
    """Return the company as typed; who names none stands for themselves."""
    return ticket.company or f"{ticket.given_name} {ticket.family_name}".strip() or ticket.email or ""


def _company_keys(ticket: Ticket) -> tuple[str, ...]:
    name = f"name:{company_key(_company_name(ticket))}"
    return (name, f"siren:{ticket.siren}") if ticket.siren else (name,)


def _known_company_keys(company: Company) -> tuple[str, ...]:
    return (f"name:{company.name_key}", *([f"siren:{company.siren}"] if company.siren else []))


def _company(edition_id: str, company_id: str, tickets: Sequence[Ticket]) -> Company:
    name = _company_name(tickets[0])
    return Company(
        edition_id=edition_id,
        company_id=company_id,
        name=name,
        name_key=company_key(name),
        siren=next((ticket.siren for ticket in tickets if ticket.siren), None),
        postcode=next((ticket.postcode for ticket in tickets if ticket.postcode), None),
        town=next((ticket.town for ticket in tickets if ticket.town), None),
    )
