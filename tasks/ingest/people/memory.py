"""What the last rebuild held of an edition, by which everybody keeps their number, and what became of whom it knew."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tasks.ingest.people.identity import Person, email_key, name_key, ticket_names
from tasks.ingest.people.knowing import known_as
from tasks.ingest.records.rejection import Place
from tasks.ingest.rows.core import Company, Leader, Registration
from tasks.ingest.values.folding import company_key, fold, person_key
from tasks.ingest.values.names import bear_one_name, names_of


@dataclass(frozen=True, slots=True)
class Memory:
    """What the last rebuild held of an edition: leaders and companies, whose ids must not change.

    ``registrations`` are those of leaders, from exports that count or that another has followed: what only an export
    said that was taken out of the inbox is forgotten. ``former_names`` are pairs of a leader and what the company of
    that leader was called, some night before.
    """

    leaders: tuple[Leader, ...] = ()
    companies: tuple[Company, ...] = ()
    registrations: tuple[Registration, ...] = ()
    former_names: tuple[tuple[str, str], ...] = ()

    def registrations_of(self) -> Mapping[str, Sequence[Registration]]:
        """Return the registrations of each leader."""
        found: dict[str, list[Registration]] = defaultdict(list)
        for registration in self.registrations:
            if registration.leader_id:
                found[registration.leader_id].append(registration)
        return found

    def keys(self, leader_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Return by what each of these leaders is known again, first by the key that made the id."""
        companies = {company.company_id: company for company in self.companies}
        numbers: dict[str, list[str]] = defaultdict(list)
        for row in self.registrations:
            if row.leader_id and row.leader_id in leader_ids:
                numbers[row.leader_id].append(row.registration_id)
        return {
            leader.leader_id: _keys(leader, companies[leader.company_id], numbers.get(leader.leader_id, ()))
            for leader in self.leaders
            if leader.leader_id in leader_ids
        }


def _keys(leader: Leader, company: Company, numbers: Sequence[str]) -> tuple[str, ...]:
    name = person_key(leader.family_name, leader.given_name)
    return (
        leader.person_key,
        *([email_key(leader.email)] if leader.has_own_email and leader.email else []),
        name_key(name, company.name_key),
        *([f"siren:{company.siren}|{name}"] if company.siren else []),
        *([f"mobile:{leader.phone}|{fold(leader.family_name)}"] if leader.phone else []),
        *(f"ticket:{number}|{name}" for number in numbers),
    )


def recognise(
    persons: Sequence[Person], memory: Memory, ids: Mapping[Place, str], taken: Sequence[str] = ()
) -> tuple[str | None, ...]:
    """Return the id under which the memory holds each person, None for newcomers; each id, and none of ``taken``, once.

    Whoever has none of the keys of a leader any more is known again by the number of the ticket, if the name is one.
    """
    if not memory.leaders:
        return (None,) * len(persons)
    best = {leader.leader_id: leader.person_key for leader in memory.leaders}
    known = known_as([person.keys for person in persons], best, memory.keys, taken)
    used = {*taken, *known}
    leaders = {leader.leader_id: leader for leader in memory.leaders}
    former = {row.registration_id: row.leader_id for row in memory.registrations}
    for index, person in enumerate(persons):
        for ticket in person.tickets if known[index] is None else ():
            leader = leaders.get(former.get(ids[ticket.place]) or "")
            if leader and leader.leader_id not in used and is_name_of(leader, person):
                known[index] = leader.leader_id
                used.add(leader.leader_id)
                break
    return tuple(known)


def is_name_of(leader: Leader, person: Person) -> bool:
    """Say whether a leader bears a name that is on one of a person's tickets."""
    names = names_of(leader.family_name, leader.given_name)
    return any(bear_one_name(names, ticket_names(ticket)) for ticket in person.tickets)


@dataclass(frozen=True, slots=True)
class Known:
    """The persons of an edition, each with the leader that the memory holds, None for newcomers.

    ``absorbed`` maps leaders who turned out to be somebody else to the place of that person in the list.
    """

    persons: tuple[Person, ...]
    leader_ids: tuple[str | None, ...]
    absorbed: Mapping[str, int] = field(default_factory=dict)


def absorb(known: Known, memory: Memory, ids: Mapping[Place, str]) -> Known:
    """Find out which leaders without a ticket of their own are other leaders by now: their tickets are another's.

    Of several ids of one person the lowest stays.
    """
    claimed = {*known.leader_ids, *known.absorbed}
    gone = [leader for leader in memory.leaders if leader.leader_id not in claimed]
    if not gone:
        return known
    numbers = {leader.leader_id: leader.catalogue_number for leader in memory.leaders}
    holders = {ids[ticket.place]: index for index, person in enumerate(known.persons) for ticket in person.tickets}
    rows = memory.registrations_of()
    leader_ids, absorbed = list(known.leader_ids), dict(known.absorbed)
    for leader in gone:
        found = [
            holders[row.registration_id] for row in rows.get(leader.leader_id, ()) if row.registration_id in holders
        ]
        heir = next((index for index in found if is_name_of(leader, known.persons[index])), None)
        if heir is not None:
            both = sorted(filter(None, (leader.leader_id, leader_ids[heir])), key=lambda found: numbers[found])
            leader_ids[heir] = both[0]
            absorbed |= dict.fromkeys(both[1:], heir)
    return replace(known, leader_ids=tuple(leader_ids), absorbed=absorbed)


@dataclass(frozen=True, slots=True)
class Gone:
    """Leaders of the memory whom no ticket names any more; ``registrations`` are those that are kept of them."""

    merged: tuple[Leader, ...] = ()
    others: tuple[Leader, ...] = ()
    registrations: tuple[Registration, ...] = ()


def gone_leaders(memory: Memory, stays: Mapping[str, str], present: Collection[str], ids: Mapping[Place, str]) -> Gone:
    """Return what becomes of leaders who are not among those ``present``.

    ``stays`` maps leaders who turned out to be others to who stays. A leader whose registration is in no readable row
    any more has vanished; one whose ticket bears another name by now, or whose export was taken out, has withdrawn.
    ``ids`` are the registrations that the exports hold, by place.
    """
    absent = [leader for leader in memory.leaders if leader.leader_id not in present]
    if not absent:
        return Gone()
    rows, numbers = memory.registrations_of(), set(ids.values())
    merged, others, registrations = [], [], []
    for leader in absent:
        into = stays.get(leader.leader_id, leader.merged_into)
        if into:
            merged.append(replace(leader, status="withdrawn", is_vanished=False, merged_into=stays.get(into, into)))
            continue
        unread = [row for row in rows.get(leader.leader_id, ()) if row.registration_id not in numbers]
        registrations += [replace(row, is_vanished=True) for row in unread]
        others.append(replace(leader, status="registered" if unread else "withdrawn", is_vanished=bool(unread)))
    return Gone(tuple(merged), tuple(others), tuple(registrations))


def former_companies(
    memory: Memory, companies: Sequence[Company], other_names: Sequence[tuple[str, str]] = ()
) -> tuple[tuple[str, str], ...]:
    """Return the names that no company bears any more, each with a leader whose company did.

    A company that is renamed overnight was asked for under its old name. It keeps its id only where it has a SIREN, but
    its leaders keep theirs. ``other_names`` are such pairs too: the names of a company beside the one it is known by.
    """
    borne = {company.name_key for company in companies}
    gone = {company.company_id: company.name for company in memory.companies if company.name_key not in borne}
    last = (
        [(each.leader_id, gone[each.company_id]) for each in memory.leaders if each.company_id in gone] if gone else []
    )
    names = dict.fromkeys([(name, leader_id) for leader_id, name in (*memory.former_names, *last)] + [*other_names])
    return tuple(sorted(pair for pair in names if company_key(pair[0]) not in borne))
