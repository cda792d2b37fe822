"""Leaders who may be one person though no rule is sure of it: asked, never merged alone."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from math import log2
from typing import Final

from rapidfuzz import fuzz

from tasks.ingest.people.evidence import MOST_BITS, Identity, probability, shared_families
from tasks.ingest.people.identity import MOBILE, OWN_EMAIL, Person, ticket_names, tickets_with
from tasks.ingest.records.decisions import Decisions
from tasks.ingest.records.rejection import Place
from tasks.ingest.records.tickets import Ticket
from tasks.ingest.rows.audit import ReviewItem
from tasks.ingest.rows.core import Company, Leader
from tasks.ingest.values.names import Names, are_near_names

# An address or a mobile that more people give is a house's, and says nothing of any of them.
_MOST_SHARING: Final = 3
# One registration in fifty is the second one of somebody.
_DOUBLE_SHARE: Final = 0.02
_LEAST_PROBABILITY: Final = 0.5


def double_questions(
    people: Sequence[tuple[Person, Leader]],
    companies: Sequence[Company],
    tickets: Sequence[Ticket],
    ids: Mapping[Place, str],
    decisions: Decisions,
) -> list[ReviewItem]:
    """Return a question for each two leaders who may be one person, unless somebody has said that they are two.

    They share an own e-mail or a mobile under different names, bear near names in one company, or one name in two
    companies so rarely borne that chance does not explain it. ``people`` are those who come, in the order of the
    catalogue; ``tickets`` are those of the edition as exported.
    """
    company_of = {company.company_id: company for company in companies}
    holders = {ticket.place: index for index, (person, _) in enumerate(people) for ticket in person.valid}
    pairs: dict[tuple[int, int], tuple[str, float]] = {}
    for reason, found in (
        ("same_email", _sharing(holders, tickets, OWN_EMAIL)),
        ("same_mobile", _sharing(holders, tickets, MOBILE)),
        ("close_names", _close_names(people)),
    ):
        for one, other in found:
            pairs.setdefault((one, other), (reason, _likeness(people[one][0], people[other][0])))
    for pair, value in _same_names(people, company_of):
        pairs.setdefault(pair, ("same_name", round(100 * value, 1)))
    return [
        _question(people[one], people[other], reason, score, ids)
        for (one, other), (reason, score) in sorted(pairs.items())
        if not _is_decided(decisions, people[one], people[other], ids)
    ]


def _sharing(
    holders: Mapping[Place, int], tickets: Sequence[Ticket], value_of: Callable[[Ticket], str | None]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of people whose tickets have a value in common; ``holders`` tells whose a ticket is."""
    for sharing in tickets_with(tickets, value_of).values():
        indices = {holders[ticket.place] for ticket in sharing if ticket.place in holders}
        if len(indices) <= _MOST_SHARING:
            yield from combinations(sorted(indices), 2)


def _close_names(people: Sequence[tuple[Person, Leader]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of one company whose names may be one; near names have a word in common."""
    colleagues: dict[str, list[int]] = defaultdict(list)
    for index, (_, leader) in enumerate(people):
        colleagues[leader.company_id].append(index)
    for indices in colleagues.values():
        if len(indices) > 1:
            yield from _near({index: ticket_names(people[index][0].base) for index in indices})


def _near(names: Mapping[int, Names]) -> Iterator[tuple[int, int]]:
    """Yield the pairs whose names may be one: of a large company only those with a word in common are compared."""
    with_word: dict[str, list[int]] = defaultdict(list)
    for index, (family_name, given_name) in names.items():
        for word in {*family_name.split(), *given_name.split()}:
            with_word[word].append(index)
    for sharing in with_word.values():
        yield from (pair for pair in combinations(sharing, 2) if are_near_names(names[pair[0]], names[pair[1]]))


def _same_names(
    people: Sequence[tuple[Person, Leader]], company_of: Mapping[str, Company]
) -> Iterator[tuple[tuple[int, int], float]]:
    """Yield the pairs that bear one name, with how likely they are one person: likelier, the rarer the name.

    In an edition so large that two of one name are nobody's surprise nobody is asked.
    """
    size = len(people)
    if not size or log2(_DOUBLE_SHARE / size) + MOST_BITS <= 0:
        return
    with_name: dict[str, list[int]] = defaultdict(list)
    for index, (person, _) in enumerate(people):
        if person.base.given_name:
            with_name[person.base.name_key].append(index)
    pairs = [pair for indices in with_name.values() for pair in combinations(indices, 2)]
    families = shared_families([ticket_names(person.base)[0] for person, _ in people]) if pairs else {}
    for pair in pairs:
        one, other = (_identity(*people[index], company_of[people[index][1].company_id]) for index in pair)
        found = probability(one, other, families, size, _DOUBLE_SHARE)
        if found > _LEAST_PROBABILITY:
            yield pair, found


def _identity(person: Person, leader: Leader, company: Company) -> Identity:
    ticket = person.base
    family_name, given_name = ticket_names(ticket)
    return Identity(
        edition_id=leader.edition_id,
        leader_id=leader.leader_id,
        family_name=family_name,
        given_name=given_name,
        company=company.name_key,
        siren=company.siren,
        postcode=company.postcode,
        email=ticket.email,
        has_own_email=ticket.own_email is not None,
        phone=ticket.phone.number if ticket.phone else None,
        is_mobile=ticket.mobile is not None,
    )


def _likeness(one: Person, other: Person) -> float:
    """Return how like two names are, 0 to 100."""
    return round(fuzz.token_sort_ratio(one.base.name_key, other.base.name_key), 1)


def _is_decided(
    decisions: Decisions, one: tuple[Person, Leader], other: tuple[Person, Leader], ids: Mapping[Place, str]
) -> bool:
    """Say whether somebody has said that these are two, whichever of them was asked about."""
    return any(
        decisions.find("duplicate", leader.leader_id, ids[ticket.place]) is not None
        for (_, leader), (partner, _) in ((one, other), (other, one))
        for ticket in partner.tickets
    )


def _question(
    one: tuple[Person, Leader], other: tuple[Person, Leader], reason: str, score: float, ids: Mapping[Place, str]
) -> ReviewItem:
    place = other[0].base.place
    return ReviewItem(
        edition_id=one[1].edition_id,
        kind="duplicate",
        leader_id=one[1].leader_id,
        typed=ids[place],
        reason=reason,
        candidates=json.dumps([{"leader_id": other[1].leader_id, "score": score}]),
        file_sha256=place.file_sha256,
        sheet=place.sheet,
        row_number=place.row_number,
    )
