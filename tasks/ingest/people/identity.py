"""Which tickets of an edition are one person's, and which number that person has had before."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain, combinations
from operator import attrgetter
from typing import Final

from tasks.frozen import frozen
from tasks.ingest.records.rejection import Place
from tasks.ingest.records.tickets import Ticket
from tasks.ingest.values.names import Names, bare, bear_one_name

_LAST: Final = datetime.max.replace(tzinfo=UTC)
# By the first letters of a key: what it means that two tickets have it in common.
RULES: Final[Mapping[str, str]] = {
    "email": "own_email",
    "name": "name_and_company",
    "siren": "name_and_siren",
    "mobile": "mobile_and_name",
    "ticket": "ticket_number",
}
# By what a person can be known whatever the name.
OWN_EMAIL: Final[Callable[[Ticket], str | None]] = attrgetter("own_email")
MOBILE: Final[Callable[[Ticket], str | None]] = attrgetter("mobile")


@frozen(eq=False)
class Person:
    """Somebody with at least one ticket. ``keys`` are the ways to know them again, the surest first.

    ``tickets`` are in the order of registration. ``valid`` holds those that count, the one that stands for the
    registration first; where the export no longer has any of them, ``is_vanished``.
    """

    tickets: tuple[Ticket, ...]
    keys: tuple[str, ...]
    valid: tuple[Ticket, ...]
    is_vanished: bool = False

    @property
    def base(self) -> Ticket:
        """The ticket that tells who this is."""
        return (self.valid or self.tickets)[0]


def order_of(ticket: Ticket) -> tuple[datetime, str, object]:
    """Return what tickets are sorted by: the order date, then the number, then the place in the export."""
    return ticket.ordered_at or _LAST, ticket.number, ticket.place


def find_persons(tickets: Iterable[Ticket], vanished: Collection[Place] = ()) -> tuple[Person, ...]:
    """Merge the tickets of one person; test tickets are nobody's.

    One person: the same own e-mail, name and company, name and SIREN, mobile, or ticket number; and names that are one.
    An e-mail or a mobile that tickets of different names share is nobody's own. ``tickets`` are in the order of
    registration; ``vanished`` are the places of those that the newest export no longer has.
    """
    real = withhold_shared([ticket for ticket in tickets if ticket.status != "test"])
    mobiles = shared(real, MOBILE)
    keys = [keys_of(ticket, mobiles) for ticket in real]
    return tuple(
        [
            _person([real[index] for index in group], [keys[index] for index in group], vanished)
            for group in merge(real, keys)
        ]
    )


def person_of(tickets: Iterable[Ticket], vanished: Collection[Place] = ()) -> Person:
    """Return the person whose tickets these are, whatever the rules say."""
    ordered = sorted(tickets, key=order_of)
    return _person(ordered, [keys_of(ticket) for ticket in ordered], vanished)


def _person(tickets: Sequence[Ticket], keys: Sequence[tuple[str, ...]], vanished: Collection[Place]) -> Person:
    valid = tuple([ticket for ticket in tickets if ticket.status == "valid"])
    ways = keys[0] if len(keys) == 1 else tuple(dict.fromkeys(chain.from_iterable(keys)))
    # By the name alone somebody is known again, but never merged: two who give nothing else may be two.
    ways = ways or (name_key(tickets[0].name_key, ""),)
    if not vanished:
        return Person(tuple(tickets), ways, valid)
    present = tuple([ticket for ticket in valid if ticket.place not in vanished])
    gone = [ticket for ticket in valid if ticket.place in vanished and not _is_replaced(ticket, tickets, vanished)]
    return Person(tuple(tickets), ways, present or tuple(gone), is_vanished=bool(gone) and not present)


def _is_replaced(ticket: Ticket, tickets: Sequence[Ticket], vanished: Collection[Place]) -> bool:
    """Say whether a row without a ticket number lives on in another row of the same person: it cannot be told again."""
    return not ticket.number and any(not other.number and other.place not in vanished for other in tickets)


def keys_of(ticket: Ticket, shared_mobiles: Collection[str] = ()) -> tuple[str, ...]:
    """Return the keys of a ticket: who has one of them in common is one person, if the names are one."""
    name, keys = ticket.name_key, []
    if ticket.own_email:
        keys.append(email_key(ticket.own_email))
    if name and ticket.company:
        keys.append(name_key(name, ticket.company_key))
    if name and ticket.siren:
        keys.append(f"siren:{ticket.siren}|{name}")
    mobile = ticket.mobile
    if mobile and ticket.family_name and mobile not in shared_mobiles:
        keys.append(f"mobile:{mobile}|{ticket.family_key}")
    if name and ticket.number:
        keys.append(f"ticket:{ticket.number}|{name}")
    return tuple(keys)


def email_key(email: str) -> str:
    """Return the key of an own e-mail."""
    return f"email:{email}"


def name_key(person: str, company: str) -> str:
    """Return the key of a name and a company, both folded."""
    return f"name:{person}|{company}"


def ticket_names(ticket: Ticket) -> Names:
    """Return the participant's names as they are compared."""
    return bare(ticket.family_key), bare(ticket.given_key)


def withhold_shared(tickets: Sequence[Ticket]) -> Sequence[Ticket]:
    """Take the own e-mail from tickets that share it with another name: an assistant's address is nobody's own.

    Where it is the payer's, it is not the participant's either: some tools name nobody as the payer.
    """
    emails = shared(tickets, OWN_EMAIL)
    if not emails:
        return tickets
    return [_without_own_email(ticket) if ticket.own_email in emails else ticket for ticket in tickets]


def _without_own_email(ticket: Ticket) -> Ticket:
    return replace(ticket, own_email=None, email=None if ticket.email == ticket.payer_email else ticket.email)


def shared(tickets: Iterable[Ticket], value_of: Callable[[Ticket], str | None]) -> set[str]:
    """Return the values that tickets of different names have in common."""
    named = [ticket for ticket in tickets if ticket.family_name]
    return {
        value
        for value, sharing in tickets_with(named, value_of).items()
        if any(not bear_one_name(*pair) for pair in combinations({ticket_names(ticket) for ticket in sharing}, 2))
    }


def tickets_with(tickets: Sequence[Ticket], value_of: Callable[[Ticket], str | None]) -> Mapping[str, Sequence[Ticket]]:
    """Return the tickets that have each value, of values that several have in common."""
    values = list(map(value_of, tickets))
    several = {value for value, count in Counter(values).items() if count > 1}
    found: dict[str, list[Ticket]] = defaultdict(list)
    for ticket, value in zip(tickets, values, strict=True):
        if value in several and value is not None:
            found[value].append(ticket)
    return found


def _names_fit(own: Sequence[Ticket], others: Sequence[Ticket]) -> bool:
    return all(
        one.name_key == other.name_key or bear_one_name(ticket_names(one), ticket_names(other))
        for one in own
        for other in others
    )


def merge(tickets: Sequence[Ticket], keys: Sequence[Sequence[str]]) -> list[list[int]]:
    """Group the positions of tickets that a chain of common keys joins, in the order of the first of each group.

    A chain stops where the names are not one: Ana Morel, then a Morel without given name, never Bob Morel.
    """
    parent = list(range(len(tickets)))
    members: dict[int, list[int]] = {}

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    first_with: dict[str, int] = {}
    for index, own_keys in enumerate(keys):
        for key in own_keys:
            start = first_with.setdefault(key, index)
            if start == index:
                continue
            low, high = sorted((root(start), root(index)))
            kept, joined = members.get(low, [low]), members.get(high, [high])
            if low != high and _names_fit([tickets[place] for place in kept], [tickets[place] for place in joined]):
                parent[high] = low
                members[low] = sorted((*kept, *joined))
    return [members.get(index, [index]) for index in range(len(tickets)) if parent[index] == index]
