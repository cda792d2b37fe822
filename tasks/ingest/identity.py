"""Which tickets of an edition are one person's, and which number that person has had before."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from rapidfuzz import fuzz

from tasks.ingest.folding import fold
from tasks.ingest.tickets import Ticket

# Two spellings of one name: a letter more or less, not another given name.
_SAME_NAME: Final = 85
_LAST: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with at least one ticket, in the order of registration; ``keys`` are the ways to know them again."""

    tickets: tuple[Ticket, ...]
    keys: tuple[str, ...]

    @property
    def valid(self) -> tuple[Ticket, ...]:
        """The tickets that count."""
        return tuple(ticket for ticket in self.tickets if ticket.status == "valid")


def order_of(ticket: Ticket) -> tuple[datetime, str, object]:
    """Return what tickets are sorted by: the order date, then the number, then the place in the export."""
    return ticket.ordered_at or _LAST, ticket.number, ticket.place


def find_persons(tickets: Iterable[Ticket]) -> tuple[Person, ...]:
    """Merge the tickets of one person; test tickets are nobody's.

    One person: the same own e-mail, or the same name and company, or the same mobile and family name.
    """
    real = withhold_shared(sorted((ticket for ticket in tickets if ticket.status != "test"), key=order_of))
    groups = merge(real, _keys)
    return tuple(
        Person(group, tuple(dict.fromkeys(key for ticket in group for key in _keys(ticket)))) for group in groups
    )


def _keys(ticket: Ticket) -> Iterator[str]:
    if ticket.own_email:
        yield email_key(ticket.own_email)
    if ticket.name_key and ticket.company_key:
        yield name_key(ticket.name_key, ticket.company_key)
    if ticket.phone and ticket.phone.is_mobile and ticket.family_name:
        yield f"mobile:{ticket.phone.number}|{fold(ticket.family_name)}"


def email_key(email: str) -> str:
    """Return the key of an own e-mail."""
    return f"email:{email}"


def name_key(person: str, company: str) -> str:
    """Return the key of a name and a company, both folded."""
    return f"name:{person}|{company}"


def withhold_shared(tickets: Sequence[Ticket]) -> tuple[Ticket, ...]:
    """Take the own e-mail from tickets that share it with another name: an assistant's address is nobody's own."""
    names: dict[str, list[str]] = defaultdict(list)
    for ticket in tickets:
        if ticket.own_email and ticket.name_key:
            names[ticket.own_email].append(ticket.name_key)
    shared = {email for email, found in names.items() if not all(is_same_name(found[0], name) for name in found)}
    return tuple(replace(ticket, own_email=None) if ticket.own_email in shared else ticket for ticket in tickets)


def is_same_name(first: str, second: str) -> bool:
    """Say whether two folded names are one, but for a spelling or a second given name."""
    words = set(first.split()), set(second.split())
    return words[0] <= words[1] or words[1] <= words[0] or fuzz.token_sort_ratio(first, second) >= _SAME_NAME


def merge(tickets: Sequence[Ticket], keys_of: Callable[[Ticket], Iterable[Hashable]]) -> tuple[tuple[Ticket, ...], ...]:
    """Group tickets that a chain of common keys joins, in the order of the first of each group."""
    group_of: dict[int, int] = {index: index for index in range(len(tickets))}

    def root(index: int) -> int:
        while group_of[index] != index:
            index = group_of[index]
        return index

    first_with: dict[Hashable, int] = {}
    for index, ticket in enumerate(tickets):
        for key in keys_of(ticket):
            low, high = sorted((root(first_with.setdefault(key, index)), root(index)))
            group_of[high] = low
    groups: dict[int, list[Ticket]] = defaultdict(list)
    for index, ticket in enumerate(tickets):
        groups[root(index)].append(ticket)
    return tuple(tuple(group) for group in groups.values())


def known_as(keys: Sequence[Sequence[str]], memory: Mapping[str, Sequence[str]]) -> tuple[str | None, ...]:
    """Return, for each newcomer's keys, the id under which the memory holds one of them, each id at most once.

    ``memory`` maps ids to keys, the best first. A best key (the one that made the id) goes before the others.
    """
    found: list[str | None] = [None] * len(keys)
    for depth in (1, None):
        by_key: dict[str, str] = {}
        for known_id, known_keys in memory.items():
            for key in known_keys[:depth]:
                by_key.setdefault(key, known_id)
        for index, own in enumerate(keys):
            free = (by_key[key] for key in own if key in by_key and by_key[key] not in found)
            found[index] = found[index] or next(free, None)
    return tuple(found)
