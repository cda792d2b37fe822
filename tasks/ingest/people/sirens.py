"""One SIREN under several names: one company where they are alike, else a question, and apart until it is answered.

A SIREN that was mistyped, or copied from the line above, must not make two competitors one company.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from rapidfuzz import fuzz

from tasks.ingest.people.identity import Person
from tasks.ingest.records.decisions import Decision, Decisions
from tasks.ingest.records.tickets import Ticket
from tasks.ingest.rows.audit import ReviewItem
from tasks.ingest.rows.core import Leader
from tasks.ingest.values.lexicon import PUBLIC_MAIL
from tasks.ingest.values.names import is_initial, is_near
from tasks.questionnaire import company_question

# A number under more names than that fills a column: one by one nobody would answer, and comparing all takes minutes.
_MOST_NAMES: Final = 20
_COMPARED_LENGTH: Final = 100


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two companies, by their ids, that give one SIREN under unlike names; ``asked`` is what tells the question."""

    one: str
    other: str
    asked: str


@dataclass(frozen=True, slots=True)
class Claimants:
    """The companies that give one SIREN: the positions of their tickets, those of the first ticket first.

    ``doubts`` are pairs of places in ``companies`` that nobody has decided about, each with what tells its question.
    """

    companies: tuple[tuple[int, ...], ...]
    doubts: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rulings:
    """What people have said about companies with one SIREN, by what tells the question."""

    decisions: Decisions
    said: Mapping[str, Decision]

    @classmethod
    def of(cls, decisions: Decisions) -> "Rulings":
        """Return the rulings among all verdicts; whichever leader was asked about, they hold for the names."""
        return cls(decisions, {each.typed: each for each in decisions.all.values() if each.kind == "company"})

    def on(self, siren: str, one: str, other: str) -> str | None:
        """Return the verdict on two names of a SIREN, None where there is none."""
        found = self.said.get(company_question(siren, one, other)) if self.said else None
        if found is None:
            return None
        self.decisions.find("company", found.leader_id, found.typed)  # there is something that it decides
        return found.verdict


def claimants(
    siren: str, positions: Sequence[int], tickets: Sequence[Ticket], keys: Sequence[str], rulings: Rulings
) -> Claimants:
    """Return the companies of those who give one SIREN; ``keys`` are the folded names of all tickets' companies.

    Names that are alike, or whose people have e-mails of one house, are one company's; a verdict wins. Who names no
    company is of the only one, else of one of their own.
    """
    named: dict[str, list[int]] = defaultdict(list)
    for position in positions:
        if tickets[position].company:
            named[keys[position]].append(position)
    groups = _groups(siren, named, tickets, rulings)
    if len(groups) < len(("one", "other")):
        return Claimants((tuple(positions),))
    unnamed = [position for position in positions if not tickets[position].company]
    if unnamed:
        named[keys[unnamed[0]]] += unnamed
        groups = _groups(siren, named, tickets, rulings)
    companies = tuple(tuple(sorted(place for name in group for place in named[name])) for group in groups)
    return Claimants(companies, tuple(_doubts(siren, groups, rulings)))


def _groups(
    siren: str, named: Mapping[str, Sequence[int]], tickets: Sequence[Ticket], rulings: Rulings
) -> list[list[str]]:
    """Return the names in groups, one a company, in the order in which they were given first."""
    if len(named) > _MOST_NAMES:
        return [[name] for name in named]
    houses = {name: _houses(tickets[position] for position in positions) for name, positions in named.items()}
    groups: list[list[str]] = []
    for name in named:
        own, others = [name], []
        for group in groups:
            verdicts = {rulings.on(siren, *pair) for pair in product(own, group)}
            is_one = "confirmed" in verdicts or any(
                _are_alike(name, other) or houses[name] & houses[other] for other in group
            )
            if is_one and "refused" not in verdicts:
                own = [*group, *own]
            else:
                others.append(group)
        groups = [*others, own]
    order = {name: place for place, name in enumerate(named)}
    return sorted((sorted(group, key=order.__getitem__) for group in groups), key=lambda group: order[group[0]])


def _houses(tickets: Iterator[Ticket]) -> set[str]:
    """Return the domains of own e-mails, but those of providers at which anybody has an address."""
    return {ticket.own_email.rpartition("@")[2] for ticket in tickets if ticket.own_email} - PUBLIC_MAIL


def _are_alike(one: str, other: str) -> bool:
    """Say whether two folded names may be one company's: the words of one are those of the other, but for a slip.

    Letters alone would take two for one that have a long trade in common: Menuiserie Petit and Menuiserie Morel.
    """
    one, other = one[:_COMPARED_LENGTH], other[:_COMPARED_LENGTH]
    fewer, more = sorted((one.split(), other.split()), key=len)
    return (
        (bool(fewer) and all(any(is_near(word, near) for near in more) for word in fewer))
        or one.replace(" ", "") == other.replace(" ", "")
        or is_initial(one, other)
        or is_initial(other, one)
    )


def _doubts(siren: str, groups: Sequence[Sequence[str]], rulings: Rulings) -> Iterator[tuple[int, int, str]]:
    """Yield, for each company but the first, the first one before it that it may be: the next one once that is no."""
    if sum(map(len, groups)) > _MOST_NAMES:
        return
    for place, group in enumerate(groups):
        for earlier in range(place):
            if not any(rulings.on(siren, *pair) == "refused" for pair in product(groups[earlier], group)):
                yield earlier, place, company_question(siren, groups[earlier][0], group[0])
                break


def company_questions(people: Sequence[tuple[Person, Leader]], doubts: Collection[Doubt]) -> list[ReviewItem]:
    """Return a question for each doubt about companies of which somebody comes, asked of a leader of the second one.

    ``people`` are those who come, in the order of the catalogue.
    """
    concerned = {company_id for doubt in doubts for company_id in (doubt.one, doubt.other)}
    first: dict[str, tuple[Person, Leader]] = {}
    for person, leader in people if concerned else ():
        if leader.company_id in concerned:
            first.setdefault(leader.company_id, (person, leader))
    return [
        _question(first[doubt.one], first[doubt.other], doubt.asked)
        for doubt in doubts
        if doubt.one in first and doubt.other in first
    ]


def _question(one: tuple[Person, Leader], other: tuple[Person, Leader], asked: str) -> ReviewItem:
    place = other[0].base.place
    score = round(fuzz.token_sort_ratio(one[0].base.company_key, other[0].base.company_key), 1)
    return ReviewItem(
        edition_id=other[1].edition_id,
        kind="company",
        leader_id=other[1].leader_id,
        typed=asked,
        reason="one_siren",
        candidates=json.dumps([{"leader_id": one[1].leader_id, "score": score}]),
        file_sha256=place.file_sha256,
        sheet=place.sheet,
        row_number=place.row_number,
    )
