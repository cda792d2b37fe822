"""Answers of the form to requests, offers, exclusions and unavailability; what is unclear becomes a question."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tasks.ingest.people.directory import Directory
from tasks.ingest.records.answers import Answer
from tasks.ingest.records.availability import Hours, Presence, absences
from tasks.ingest.records.decisions import Decisions
from tasks.ingest.records.rejection import Rejection
from tasks.ingest.rows.audit import ReviewItem
from tasks.ingest.rows.core import Exclusion, Leader, Offer, Request, Unavailability
from tasks.ingest.wishes.askers import Askers
from tasks.ingest.wishes.asking import Asking
from tasks.ingest.wishes.latest import Heard, last_answers
from tasks.ingest.wishes.nomenclature import Nomenclature
from tasks.ingest.wishes.offers import derive_offers


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the answers of an edition come to; ``leaders`` carry what they said of themselves."""

    leaders: tuple[Leader, ...]
    requests: tuple[Request, ...] = ()
    offers: tuple[Offer, ...] = ()
    unavailabilities: tuple[Unavailability, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    review_items: tuple[ReviewItem, ...] = ()
    rejections: tuple[Rejection, ...] = ()


def derive_wishes(
    directory: Directory,
    answers: Sequence[Answer],
    hours: Hours,
    decisions: Decisions | None = None,
    nomenclature: Nomenclature | None = None,
) -> Wishes:
    """Return the wishes of an edition: the last answer of each leader counts, whose a stranger's is becomes a question.

    What a person has ``decided`` wins over every rule; without a nomenclature that of the house counts.
    """
    verdicts = decisions or Decisions()
    askers = Askers(directory, verdicts)
    heard, strange, rejections = last_answers(askers, answers)
    leaders = tuple(_told(leader, heard.get(leader_id)) for leader_id, leader in directory.leaders.items())
    told = Directory(replace(directory.people, leaders=leaders))
    offers, categories = derive_offers(told.leaders, heard, nomenclature or Nomenclature.standard(), verdicts)
    asking = Asking(told, verdicts, _sold(offers))
    for leader_id, said in sorted(heard.items()):
        asking.read_wishes(told.leaders[leader_id], said.of(lambda answer: answer.cells.wishes))
        asking.read_refusals(told.leaders[leader_id], said.of(lambda answer: answer.cells.excluded))
    return Wishes(
        leaders=leaders,
        requests=tuple(sorted(asking.requests.values())),
        offers=offers,
        unavailabilities=tuple(sorted(_unavailabilities(told.leaders, heard, hours))),
        exclusions=tuple(sorted(asking.exclusions)),
        review_items=tuple(sorted((*asking.review_items.values(), *categories, *_whose(askers, strange)))),
        rejections=rejections,
    )


def _whose(askers: Askers, strange: Sequence[Answer]) -> list[ReviewItem]:
    """Return the questions whose answers these are; whoever answered twice under one name is asked about once."""
    found = [askers.question(answer) for answer in strange]
    return list({item.typed: item for item in found}.values())


def _told(leader: Leader, said: Heard | None) -> Leader:
    """Return the leader with what the answers say; what they leave open stays."""
    if said is None:
        return leader
    return replace(
        leader,
        role=said.of(lambda answer: answer.role).role or leader.role,
        presentation=said.of(lambda answer: answer.presentation).presentation or None,
        language=said.of(lambda answer: answer.language).language or leader.language,
        max_meetings=said.of(lambda answer: answer.max_meetings).max_meetings,
    )


def _sold(offers: Sequence[Offer]) -> dict[str, frozenset[str]]:
    sold: dict[str, set[str]] = defaultdict(set)
    for offer in offers:
        if offer.side == "sells" and offer.code:
            sold[offer.leader_id].add(offer.code)
    return {leader_id: frozenset(codes) for leader_id, codes in sold.items()}


def _unavailabilities(leaders: Mapping[str, Leader], heard: Mapping[str, Heard], hours: Hours) -> list[Unavailability]:
    found = []
    for leader_id, said in heard.items():
        presence = said.of(lambda answer: answer.presence != Presence()).presence
        found += [Unavailability(leaders[leader_id].edition_id, leader_id, *span) for span in absences(presence, hours)]
    return found
