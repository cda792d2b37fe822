"""Why a ticket counts as another ticket of somebody already registered: the rule, and what agrees."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from tasks.ingest.people.identity import RULES, Person, keys_of
from tasks.ingest.records.rejection import Place
from tasks.ingest.records.tickets import Ticket
from tasks.ingest.rows.core import Merge

_DECISION: Final = "decision"


def merge_rows(
    edition_id: str, people: Sequence[tuple[Person, str]], ids: Mapping[Place, str], vanished: Collection[Place]
) -> list[Merge]:
    """Return a row for each valid ticket that is not the one that counts, with its evidence.

    ``people`` are the persons who are leaders, with their ids. An older state of a row without number is no ticket.
    """
    return [
        Merge(
            edition_id=edition_id,
            registration_id=ids[ticket.place],
            leader_id=leader_id,
            into_registration_id=ids[person.base.place],
            rule=_rule(ticket, person),
            evidence=", ".join(_agreeing(ticket, person.base)),
        )
        for person, leader_id in people
        if len(person.tickets) > 1
        for ticket in person.tickets
        if ticket.status == "valid" and ticket is not person.base and (ticket.number or ticket.place not in vanished)
    ]


def _rule(ticket: Ticket, person: Person) -> str:
    """Return the rule that joins a ticket to the one that counts, else to another of the person's: a chain."""
    others = [person.base, *(other for other in person.tickets if other is not person.base and other is not ticket)]
    for other in others:
        theirs = set(keys_of(other))
        joining = next((key for key in keys_of(ticket) if key in theirs), None)
        if joining:
            return RULES[joining.partition(":")[0]]
    return _DECISION


def _agreeing(one: Ticket, other: Ticket) -> Iterator[str]:
    """Yield the names of the fields in which two tickets agree."""
    values = {
        "email": (one.email, other.email),
        "name": (one.name_key, other.name_key),
        "company": (one.company_key, other.company_key),
        "siren": (one.siren, other.siren),
        "phone": (one.phone and one.phone.number, other.phone and other.phone.number),
        "postcode": (one.postcode, other.postcode),
        "ticket_number": (one.number, other.number),
    }
    yield from (name for name, (value, theirs) in values.items() if value and value == theirs)
