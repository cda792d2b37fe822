"""The tickets of an edition as registrations: one row a ticket, whatever became of it."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from tasks.ingest.people.identity import Person
from tasks.ingest.records.rejection import Place
from tasks.ingest.records.row_key import unique
from tasks.ingest.records.tickets import Ticket
from tasks.ingest.rows.core import Registration

_HASH_LENGTH: Final = 10


def registration_ids(tickets: Sequence[Ticket], vanished: Collection[Place]) -> dict[Place, str]:
    """Return the id of each ticket by its place: its number, else what it says of the person.

    ``tickets`` are in the order of registration. A number that occurs again gets ``#2``, ``#3``: those of the current
    exports come first, so that theirs stay.
    """
    ordered = sorted(tickets, key=lambda ticket: ticket.place in vanished) if vanished else tickets
    places = [ticket.place for ticket in ordered]
    return dict(zip(places, unique([ticket.number or _unnumbered(ticket) for ticket in ordered]), strict=True))


def _unnumbered(ticket: Ticket) -> str:
    """Return an id that the ticket has in the next export too; it shows nothing of the person."""
    person = f"{ticket.own_email}|{ticket.name_key}|{ticket.company_key}"
    return f"R-{hashlib.sha256(person.encode()).hexdigest()[:_HASH_LENGTH]}"


def registration_rows(
    edition_id: str,
    tickets: Sequence[Ticket],
    ids: Mapping[Place, str],
    people: Sequence[tuple[Person, str]],
    vanished: Collection[Place],
) -> list[Registration]:
    """Return one row a ticket; of a leader's valid tickets one counts, the others are duplicates of it.

    ``people`` are the persons who are leaders, with their ids.
    """
    leader_of = {
        ticket.place: leader_id for person, leader_id in people for ticket in person.tickets if ticket.status == "valid"
    }
    duplicates = {
        ticket.place
        for person, _ in people
        if len(person.tickets) > 1
        for ticket in person.tickets
        if ticket.status == "valid" and ticket is not person.base
    }
    return [
        Registration(
            edition_id=edition_id,
            registration_id=ids[place],
            leader_id=leader_of.get(place),
            status="duplicate" if place in duplicates else ticket.status,
            ordered_at=ticket.ordered_at,
            amount_cents=ticket.amount_cents,
            refunded_cents=ticket.refunded_cents,
            file_sha256=place.file_sha256,
            sheet=place.sheet,
            row_number=place.row_number,
            is_vanished=place in vanished,
        )
        for ticket in tickets
        for place in [ticket.place]
    ]
