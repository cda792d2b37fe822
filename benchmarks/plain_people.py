"""The people of the pandas baseline: tickets to leaders, companies and registrations, under the rules of ingestion."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeAlias

from rapidfuzz import fuzz

from benchmarks.plain_values import company_key, fold

Ticket: TypeAlias = dict[str, Any]
SAME_NAME = 85


def grouped(tickets: list[Ticket], keys_of: Callable[[Ticket], list[str]]) -> list[list[Ticket]]:
    """Group what a chain of common keys joins."""
    parent = list(range(len(tickets)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    first: dict[str, int] = {}
    for index, ticket in enumerate(tickets):
        for key in keys_of(ticket):
            low, high = sorted((root(first.setdefault(key, index)), root(index)))
            parent[high] = low
    groups = defaultdict(list)
    for index, ticket in enumerate(tickets):
        groups[root(index)].append(ticket)
    return list(groups.values())


def person_keys(ticket: Ticket) -> list[str]:
    """Return by what a person is known: own e-mail, name and company, mobile and family name."""
    keys = []
    if ticket["own_email"]:
        keys.append("email:" + ticket["own_email"])
    if ticket["name_key"] and ticket["company_key"]:
        keys.append(f"name:{ticket['name_key']}|{ticket['company_key']}")
    if ticket["phone"] and ticket["is_mobile"] and ticket["family_name"]:
        keys.append(f"mobile:{ticket['phone']}|{fold(ticket['family_name'])}")
    return keys


def company_keys(ticket: Ticket) -> list[str]:
    """Return by what a company is known: its name, its number."""
    name = ticket["company_key"] or company_key(f"{ticket['given_name']} {ticket['family_name']}".strip())
    return [f"name:{name}"] + ([f"siren:{ticket['siren']}"] if ticket["siren"] else [])


def withhold_shared(tickets: list[Ticket]) -> None:
    """Take an own address from tickets that share it with another name."""
    names = defaultdict(list)
    for ticket in tickets:
        if ticket["own_email"]:
            names[ticket["own_email"]].append(ticket["name_key"])
    shared = {
        address for address, found in names.items() if not all(is_same_name(found[0], other) for other in found[1:])
    }
    for ticket in tickets:
        if ticket["own_email"] in shared:
            ticket["own_email"] = None


def is_same_name(first: str, second: str) -> bool:
    """Say whether two folded names are one, but for a spelling or a second given name."""
    one, other = set(first.split()), set(second.split())
    return one <= other or other <= one or fuzz.token_sort_ratio(first, second) >= SAME_NAME


def derive(tickets: list[Ticket]) -> tuple[list[Ticket], list[Ticket], list[Ticket]]:
    """Return leaders, companies and registrations."""
    tickets.sort(key=lambda ticket: (ticket["ordered_at"], ticket["number"]))
    real = [ticket for ticket in tickets if ticket["status"] != "test"]
    withhold_shared(real)
    persons = []
    for group in grouped(real, person_keys):
        valid = [ticket for ticket in group if ticket["status"] == "valid"]
        if valid:
            persons.append(valid)
    companies, company_of = derive_companies([valid[0] for valid in persons])
    leaders = [leader_of(f"L{number:03d}", valid, company_of) for number, valid in enumerate(persons, start=1)]
    pairs = zip(leaders, persons, strict=True)
    leader_ids = {ticket["row_number"]: leader["leader_id"] for leader, valid in pairs for ticket in valid}
    return leaders, companies, derive_registrations(tickets, leader_ids)


def derive_companies(tickets: list[Ticket]) -> tuple[list[Ticket], dict[int, str]]:
    """Return the companies, and the company of each row."""
    companies: list[Ticket] = []
    company_of = {}
    for group in grouped(tickets, company_keys):
        company_id = f"C{len(companies) + 1:03d}"
        for ticket in group:
            company_of[ticket["row_number"]] = company_id
        companies.append(
            {
                "company_id": company_id,
                "name": group[0]["company"],
                "name_key": group[0]["company_key"],
                **{name: next((t[name] for t in group if t[name]), None) for name in ("siren", "postcode", "town")},
            }
        )
    return companies, company_of


def leader_of(leader_id: str, valid: list[Ticket], company_of: dict[int, str]) -> Ticket:
    """Return the leader whom these tickets name."""
    first = valid[0]
    own = next((ticket["own_email"] for ticket in valid if ticket["own_email"]), None)
    phones = sorted((t for t in valid if t["phone"]), key=lambda ticket: not ticket["is_mobile"])
    return {
        "leader_id": leader_id,
        "company_id": company_of[first["row_number"]],
        "family_name": first["family_name"],
        "given_name": first["given_name"],
        "job_title": next((t["job_title"] for t in valid if t["job_title"]), None),
        "email": own or next((t["email"] for t in valid if t["email"]), None),
        "payer_email": next((t["payer_email"] for t in valid if t["payer_email"]), None),
        "has_own_email": own is not None,
        "phone": phones[0]["phone"] if phones else None,
        "registered_at": first["ordered_at"],
    }


def derive_registrations(tickets: list[Ticket], leader_ids: dict[int, str]) -> list[Ticket]:
    """Return every ticket as a registration; a leader's second valid one is a duplicate."""
    registrations = []
    seen = set()
    for ticket in tickets:
        leader = leader_ids.get(ticket["row_number"])
        registrations.append(
            {
                "registration_id": ticket["number"],
                "leader_id": leader,
                "status": "duplicate" if leader in seen else ticket["status"],
                **{
                    name: ticket[name]
                    for name in ("ordered_at", "amount_cents", "refunded_cents", "file_sha256", "row_number")
                },
            }
        )
        if leader:
            seen.add(leader)
    return registrations
