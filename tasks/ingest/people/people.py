"""Persons to leaders, companies and registrations of an edition, with ids that survive every rebuild."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tasks.ingest.people.companies import derive_companies
from tasks.ingest.people.doubles import double_questions
from tasks.ingest.people.identity import Person, find_persons, order_of
from tasks.ingest.people.leaders import confirm_withdrawals, leader_of, numbered
from tasks.ingest.people.memory import Gone, Known, Memory, absorb, former_companies, gone_leaders, recognise
from tasks.ingest.people.merges import merge_rows
from tasks.ingest.people.registrations import registration_ids, registration_rows
from tasks.ingest.people.sirens import company_questions
from tasks.ingest.people.verdicts import apply_verdicts
from tasks.ingest.records.decisions import Decisions
from tasks.ingest.records.rejection import Place
from tasks.ingest.records.tickets import Ticket
from tasks.ingest.rows.audit import ReviewItem
from tasks.ingest.rows.core import Company, Leader, Merge, Registration


@dataclass(frozen=True, slots=True)
class People:
    """The leaders, companies and registrations of an edition.

    ``addresses`` lists every address of leaders who registered more than once; the others have only their own.
    ``merged`` are leaders who turned out to be others, and are no longer among ``leaders``; ``former_numbers`` maps
    their catalogue numbers to who stays. ``former_companies`` are pairs of a name by which no company is known (any
    more) and a leader whose company was, or who calls it so.
    """

    leaders: tuple[Leader, ...]
    companies: tuple[Company, ...]
    registrations: tuple[Registration, ...]
    addresses: Mapping[str, tuple[str, ...]]
    merges: tuple[Merge, ...] = ()
    merged: tuple[Leader, ...] = ()
    review_items: tuple[ReviewItem, ...] = ()
    former_numbers: Mapping[int, str] = field(default_factory=dict)
    former_companies: tuple[tuple[str, str], ...] = ()


def derive_people(
    edition_id: str,
    tickets: Sequence[Ticket],
    memory: Memory,
    decisions: Decisions | None = None,
    vanished: Collection[Place] = frozenset(),
) -> People:
    """Return who comes to an edition. Without any ticket there is nobody, whatever the memory says.

    ``decisions`` are people's verdicts on doubles and withdrawals; ``vanished`` are the places of tickets that the
    newest export no longer has.
    """
    if not tickets:
        return People((), (), (), {})
    decisions = decisions or Decisions()
    ordered = sorted(tickets, key=order_of)
    ids = registration_ids(ordered, vanished)
    known = _known(ordered, memory, decisions, ids, vanished)
    numbers = numbered(known.persons, known.leader_ids, memory)
    homes = derive_companies(edition_id, known.persons, memory.companies, decisions)
    keys = {leader.leader_id: leader.person_key for leader in memory.leaders}
    found = [
        leader_of(edition_id, person, number, company_id, keys.get(number[0], person.keys[0]))
        for person, number, company_id in zip(known.persons, numbers, homes.company_of, strict=True)
    ]
    people = [(person, leader.leader_id) for person, leader in zip(known.persons, found, strict=True)]
    stays = {leader_id: numbers[index][0] for leader_id, index in known.absorbed.items()}
    gone = gone_leaders(memory, stays, {leader_id for _, leader_id in people}, ids)
    leaders, questions = confirm_withdrawals((*found, *gone.others), _last_seen(people, gone), decisions)
    leaders.sort(key=lambda leader: leader.catalogue_number)
    coming = _coming(people, leaders)
    return People(
        leaders=tuple(leaders),
        companies=_with_kept(homes.companies, (*leaders, *gone.merged), memory),
        registrations=(*registration_rows(edition_id, ordered, ids, people, vanished), *gone.registrations),
        addresses={leader_id: _written_from(person.tickets) for person, leader_id in people if len(person.tickets) > 1},
        merges=tuple(merge_rows(edition_id, people, ids, vanished)),
        merged=gone.merged,
        review_items=(
            *questions,
            *double_questions(coming, homes.companies, ordered, ids, decisions),
            *company_questions(coming, homes.doubts),
        ),
        former_numbers={leader.catalogue_number: leader.merged_into for leader in gone.merged if leader.merged_into},
        former_companies=former_companies(
            memory, homes.companies, [(name, people[index][1]) for name, index in homes.other_names]
        ),
    )


def _known(
    tickets: Sequence[Ticket],
    memory: Memory,
    decisions: Decisions,
    ids: Mapping[Place, str],
    vanished: Collection[Place],
) -> Known:
    """Return the persons who are leaders: those with a ticket that counts, and those who once had one."""
    persons = find_persons(tickets, vanished)
    known = Known(persons, recognise(persons, memory, ids))
    # A verdict may name any id of a person, so they are found out first, and once more for what the verdicts made.
    known = apply_verdicts(absorb(known, memory, ids), memory, decisions, ids, vanished)
    known = absorb(known, memory, ids)
    kept = [index for index, person in enumerate(known.persons) if person.valid or known.leader_ids[index]]
    places = {index: place for place, index in enumerate(kept)}
    return Known(
        persons=tuple([known.persons[index] for index in kept]),
        leader_ids=tuple([known.leader_ids[index] for index in kept]),
        absorbed={leader_id: places[index] for leader_id, index in known.absorbed.items()},
    )


def _last_seen(people: Iterable[tuple[Person, str]], gone: Gone) -> dict[str, Place]:
    """Return the rows that last told of those who vanished."""
    places = {row.leader_id: Place(row.file_sha256, row.sheet, row.row_number) for row in gone.registrations}
    seen = {leader_id: place for leader_id, place in places.items() if leader_id}
    return seen | {leader_id: person.base.place for person, leader_id in people if person.is_vanished}


def _coming(people: Iterable[tuple[Person, str]], leaders: Iterable[Leader]) -> list[tuple[Person, Leader]]:
    """Return those who come, in the order of the catalogue."""
    person_of = {leader_id: person for person, leader_id in people}
    return [
        (person_of[leader.leader_id], leader)
        for leader in leaders
        if leader.status == "registered" and leader.leader_id in person_of
    ]


def _with_kept(companies: Sequence[Company], leaders: Iterable[Leader], memory: Memory) -> tuple[Company, ...]:
    """Add the companies of leaders whom only the memory knows."""
    found = {company.company_id for company in companies}
    needed = {leader.company_id for leader in leaders} - found
    kept = [company for company in memory.companies if company.company_id in needed]
    return tuple(sorted((*companies, *kept), key=lambda company: company.company_id))


def _written_from(tickets: Sequence[Ticket]) -> tuple[str, ...]:
    """Return every address by which a leader wrote, their own before those that others read too."""
    own = [ticket.own_email for ticket in tickets]
    return tuple(dict.fromkeys([address for address in (*own, *[ticket.email for ticket in tickets]) if address]))
