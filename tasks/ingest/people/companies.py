"""The companies of an edition, with ids that survive every rebuild."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from tasks.ingest.people.identity import Person
from tasks.ingest.people.knowing import known_as
from tasks.ingest.people.sirens import Doubt, Rulings, claimants
from tasks.ingest.records.decisions import Decisions
from tasks.ingest.records.tickets import Ticket
from tasks.ingest.rows.core import Company
from tasks.ingest.values.folding import company_key

_WIDTH: Final = 3


# The positions of the tickets of one company, and the SIREN that they give.
_Group: TypeAlias = tuple[str | None, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Homes:
    """The companies, and the id of each person's (``company_of``).

    ``doubts`` are pairs of companies that may be one. ``other_names`` are pairs of a name by which a company is not
    known and the position of the person who typed it.
    """

    companies: tuple[Company, ...]
    company_of: list[str]
    doubts: tuple[Doubt, ...] = ()
    other_names: tuple[tuple[str, int], ...] = ()


def derive_companies(
    edition_id: str, persons: Sequence[Person], former: Sequence[Company], decisions: Decisions
) -> Homes:
    """Return the companies: one a SIREN, and one a folded name without SIREN.

    A SIREN under names that are not alike makes a company of each, and a doubt. Of one name with two SIRENs there are
    two companies; who gives the name alone belongs to the only SIREN that bears it. ``former`` holds the companies of
    the last rebuild, whose ids must not change.
    """
    tickets = [_ticket_with_company(person) for person in persons]
    name_keys = [ticket.company_key or company_key(_company_name(ticket)) for ticket in tickets]
    groups, doubts = _groups(tickets, name_keys, Rulings.of(decisions))
    known = _known(groups, name_keys, former)
    number = max((int(company.company_id[1:]) for company in former), default=0)
    company_of = [""] * len(tickets)
    companies = []
    others: list[tuple[str, int]] = []
    for (siren, group), known_id in zip(groups, known, strict=True):
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
            if name_keys[index] != name_keys[named] and tickets[index].company:
                others.append((tickets[index].company, index))
    return Homes(
        tuple(companies),
        company_of,
        tuple(Doubt(companies[one].company_id, companies[other].company_id, asked) for one, other, asked in doubts),
        tuple(others),
    )


def _groups(
    tickets: Sequence[Ticket], keys: Sequence[str], rulings: Rulings
) -> tuple[list[_Group], list[tuple[int, int, str]]]:
    """Return the companies by their tickets, and which of them may be one (by place, with what is asked).

    They go by SIREN, and by folded name where there is none, or where unlike names give one.
    """
    siren_of: dict[str, str | None] = {}
    for ticket, key in zip(tickets, keys, strict=True):
        if ticket.siren and siren_of.setdefault(key, ticket.siren) != ticket.siren:
            siren_of[key] = None
    groups: dict[tuple[str | None, str], list[int]] = defaultdict(list)
    for index, (ticket, key) in enumerate(zip(tickets, keys, strict=True)):
        siren = ticket.siren or siren_of.get(key)
        groups[siren, "" if siren else key].append(index)
    found: list[_Group] = []
    doubts: list[tuple[int, int, str]] = []
    for (siren, _), group in groups.items():
        if siren is None or len({keys[index] for index in group}) == 1:
            found.append((siren, group))
            continue
        claiming = claimants(siren, group, tickets, keys, rulings)
        doubts += [(len(found) + one, len(found) + other, asked) for one, other, asked in claiming.doubts]
        found += [(siren, positions) for positions in claiming.companies]
    return found, doubts


def _first(values: Sequence[str | None]) -> str | None:
    return values[0] or next(filter(None, values), None)


def _known(groups: Sequence[_Group], name_keys: Sequence[str], former: Sequence[Company]) -> Sequence[str | None]:
    """Return the id under which each company is known, None for new ones."""
    if not former:
        return [None] * len(groups)
    claimed = {*_several(siren for siren, _ in groups), *_several(company.siren for company in former)}
    keys = [_keys(siren, [name_keys[index] for index in group], claimed) for siren, group in groups]
    known = {company.company_id: _known_keys(company, claimed) for company in former}
    best = {company_id: own[0] for company_id, own in known.items()}
    return known_as(keys, best, lambda left: {each: own for each, own in known.items() if each in left})


def _several(sirens: Iterator[str | None]) -> set[str]:
    """Return the SIRENs that several companies give."""
    return {siren for siren, count in Counter(sirens).items() if siren and count > 1}


def _keys(siren: str | None, names: Sequence[str], claimed: Collection[str]) -> tuple[str, ...]:
    """Return by what a company is known again; a name alone never stands for another SIREN.

    Of those that claim one SIREN the name tells which is which.
    """
    if siren is None:
        return f"alone:{names[0]}", f"named:{names[0]}"
    different = dict.fromkeys(names)
    own = [f"siren:{siren} {name}" for name in different] if siren in claimed else ()
    return (*own, f"siren:{siren}", *(f"alone:{name}" for name in different))


def _known_keys(company: Company, claimed: Collection[str]) -> tuple[str, ...]:
    if company.siren is None:
        return (f"alone:{company.name_key}",)
    own = (f"siren:{company.siren} {company.name_key}",) if company.siren in claimed else ()
    return (*own, f"siren:{company.siren}", f"named:{company.name_key}")


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
