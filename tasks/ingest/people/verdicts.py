"""What people have decided about doubles: a verdict wins over every rule that found the persons."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from tasks.ingest.people.identity import Person, find_persons, person_of
from tasks.ingest.people.memory import Known, Memory, recognise
from tasks.ingest.records.decisions import Decision, Decisions
from tasks.ingest.records.rejection import Place

Finder: TypeAlias = Callable[[Decision], tuple[int, int] | None]


def apply_verdicts(
    known: Known, memory: Memory, decisions: Decisions, ids: Mapping[Place, str], vanished: Collection[Place]
) -> Known:
    """Separate the tickets that a person says are somebody else's, and merge those said to be one person's.

    A separated ticket makes a person with an id of their own; of merged leaders the lowest number stays, and the other
    is never given again. ``ids`` are the registrations' ids by place.
    """
    verdicts = [decision for decision in decisions.all.values() if decision.kind == "duplicate"]
    if not verdicts:
        return known
    refused = [decision for decision in verdicts if decision.verdict == "refused"]
    parted = _separated(known, refused, _finder(known, memory, ids), ids, vanished)
    strangers = [index for index, leader_id in enumerate(parted.leader_ids) if leader_id is None]
    taken = [leader_id for leader_id in parted.leader_ids if leader_id]
    leader_ids = list(parted.leader_ids)
    found = recognise([parted.persons[index] for index in strangers], memory, ids, taken)
    for index, leader_id in zip(strangers, found, strict=True):
        leader_ids[index] = leader_id
    parted = replace(parted, leader_ids=tuple(leader_ids))
    find = _finder(parted, memory, ids)
    for decision in verdicts:
        if find(decision) is not None:
            decisions.find("duplicate", decision.leader_id, decision.typed)  # there is something that it decides
    confirmed = [decision for decision in verdicts if decision.verdict == "confirmed"]
    joined = [pair for decision in confirmed if (pair := find(decision)) is not None]
    joined += _left_behind(parted, joined, memory, ids)
    return _merged(parted, joined, memory, vanished)


def _finder(known: Known, memory: Memory, ids: Mapping[Place, str]) -> Finder:
    """Return what tells the places of the persons whom a verdict is about, None where either is not there any more."""
    claimed = {leader_id: index for index, leader_id in enumerate(known.leader_ids) if leader_id}
    places = {**known.absorbed, **claimed}
    holders = {ids[ticket.place]: index for index, person in enumerate(known.persons) for ticket in person.tickets}
    former = {leader.leader_id: leader.merged_into for leader in memory.leaders}

    def find(decision: Decision) -> tuple[int, int] | None:
        leader_id = decision.leader_id
        if leader_id not in places:
            leader_id = former.get(leader_id) or ""
        if leader_id not in places or decision.typed not in holders:
            return None
        return places[leader_id], holders[decision.typed]

    return find


def _separated(
    known: Known, verdicts: Sequence[Decision], find: Finder, ids: Mapping[Place, str], vanished: Collection[Place]
) -> Known:
    """Take tickets away from the persons to whom the rules gave them; several taken away may be one person's."""
    apart: dict[int, set[str]] = defaultdict(set)
    for decision in verdicts:
        found = find(decision)
        if found and found[0] == found[1]:
            apart[found[0]].add(decision.typed)
    persons, others = list(known.persons), list[Person]()
    for index, numbers in apart.items():
        tickets = persons[index].tickets
        kept = [ticket for ticket in tickets if ids[ticket.place] not in numbers]
        if kept:  # else nobody would be left from whom to separate
            persons[index] = person_of(kept, vanished)
            others += find_persons([ticket for ticket in tickets if ids[ticket.place] in numbers], vanished)
    return replace(known, persons=(*persons, *others), leader_ids=(*known.leader_ids, *[None] * len(others)))


def _left_behind(
    known: Known, pairs: Sequence[tuple[int, int]], memory: Memory, ids: Mapping[Place, str]
) -> list[tuple[int, int]]:
    """Return pairs for tickets that a verdict once gave to a leader whom the other ticket of that verdict stands for.

    The leader is known again by the newer ticket; without this the older one would make a newcomer.
    """
    settled = {known.leader_ids[one]: one for one, other in pairs if one == other}
    former = {row.registration_id: row.leader_id for row in memory.registrations}
    return [
        (settled[leader_id], index)
        for index, person in enumerate(known.persons)
        if settled and known.leader_ids[index] is None
        for leader_id in {former.get(ids[ticket.place]) for ticket in person.tickets}
        if leader_id in settled
    ]


def _merged(known: Known, pairs: Sequence[tuple[int, int]], memory: Memory, vanished: Collection[Place]) -> Known:
    """Make one person of several, under the lowest number that any of them has."""
    numbers = {leader.leader_id: leader.catalogue_number for leader in memory.leaders}
    group_of = {index: {index} for index in range(len(known.persons))}
    for one, other in pairs:
        joined = group_of[one] | group_of[other]
        group_of |= dict.fromkeys(joined, joined)
    persons, leader_ids, absorbed = [], [], dict[str, int]()
    for index, group in group_of.items():
        if index != min(group):
            continue
        tickets = [ticket for member in sorted(group) for ticket in known.persons[member].tickets]
        named = sorted(filter(None, (known.leader_ids[member] for member in group)), key=lambda found: numbers[found])
        persons.append(person_of(tickets, vanished) if len(group) > 1 else known.persons[index])
        leader_ids.append(named[0] if named else None)
        absorbed |= dict.fromkeys(named[1:], len(persons) - 1)
    return Known(tuple(persons), tuple(leader_ids), absorbed)
