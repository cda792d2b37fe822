"""What is true behind the exports, for tests only: nothing of the product reads it."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tasks.demo.aftermath import Deal, SurveyAnswer
from tasks.demo.answers import Answer
from tasks.demo.hall import Guest, Meeting
from tasks.demo.tickets import Ticket
from tasks.demo.wishes import Wishes
from tasks.demo.world import EDITIONS, Visit, World
from tasks.errors import UsageError
from tasks.messages import message

FOLDER: Final = "truth"
_SATISFIED: Final = 4


def require_demo(folder: Path) -> None:
    """Raise UsageError for a workspace that is not the demo's: made-up people have no business in a real event."""
    if not (folder / FOLDER).is_dir():
        raise UsageError(
            message("this folder holds an event that is not the demo."),
            where=str(folder),
            remedy=message("Choose an empty folder for the demo."),
        )


def write_json(path: Path, content: object) -> None:
    """Write a readable JSON file."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_truth(
    folder: Path,
    world: World,
    tickets: Mapping[int, Sequence[Ticket]],
    wishes: Wishes,
    answers: Sequence[Answer],
) -> None:
    """Write one JSON file a topic below ``folder``: tickets, people, requests, exclusions, shares."""
    write_json(folder / "tickets.json", {number: [_ticket(one) for one in sold] for number, sold in tickets.items()})
    write_json(folder / "people.json", _people(world))
    write_json(folder / "requests.json", _requests(wishes, answers))
    write_json(folder / "exclusions.json", _exclusions(wishes, answers))
    write_json(folder / "shares.json", _shares(world, wishes))


def _ticket(ticket: Ticket) -> dict[str, object]:
    return {
        "ticket": ticket.number,
        "person": ticket.person_key,
        "siren": ticket.company_siren,
        "state": ticket.state,
        "is_duplicate": ticket.is_duplicate,
    }


def _people(world: World) -> list[dict[str, object]]:
    """Return every leader once, with the company, address and presence of each edition."""
    by_person: dict[str, list[Visit]] = {}
    for visits in world.visits.values():
        for visit in visits:
            by_person.setdefault(visit.person.key, []).append(visit)
    return [
        {
            "person": key,
            "given": visits[0].person.given,
            "family": visits[0].person.family,
            "editions": {visit.edition: _visit(visit) for visit in visits},
        }
        for key, visits in sorted(by_person.items())
    ]


def _visit(visit: Visit) -> dict[str, object]:
    return {
        "company": visit.company.full_name,
        "siren": visit.company.siren,
        "email": visit.email,
        "attended": visit.attended,
    }


def _requests(wishes: Wishes, answers: Sequence[Answer]) -> list[dict[str, object]]:
    """Return every typed wish of each leader's last answer with the person who is meant."""
    keys = _keys(wishes)
    return [
        {
            "from": answer.visit.person.key,
            "rank": rank,
            "typed": wish.text,
            "manner": wish.manner,
            "to": None if wish.meant is None else keys[wish.meant],
        }
        for answer in _last_answers(answers)
        for rank, wish in enumerate(answer.wishes, start=1)
    ]


def _exclusions(wishes: Wishes, answers: Sequence[Answer]) -> list[list[str]]:
    keys = _keys(wishes)
    return [
        sorted((answer.visit.person.key, keys[wish.meant]))
        for answer in _last_answers(answers)
        for wish in answer.excluded
        if wish.meant is not None
    ]


def _keys(wishes: Wishes) -> list[str]:
    return [wisher.visit.person.key for wisher in wishes.wishers]


def _last_answers(answers: Sequence[Answer]) -> list[Answer]:
    """Return the answer that counts of each person; the answers come in the order of their time."""
    return list({answer.visit.person.key: answer for answer in answers}.values())


def _shares(world: World, wishes: Wishes) -> dict[str, object]:
    """Return the shares that a report should find.

    Edition 17 kept no record of presence, so its registered leaders count as having come. The presence of edition 19
    is known only after the afternoon; until then its repeat share is that of the registered.
    """
    came_17 = _people_of(world, 17)
    came_18 = {visit.person.key for visit in world.visits[18] if visit.attended}
    leaders = {number: len(world.visits[number]) for number in EDITIONS}
    return {
        "leaders": leaders,
        "attended_18": len(came_18),
        "repeat_attended_18": len(came_18 & came_17) / len(came_18),
        "repeat_registered_19": len(_people_of(world, 19) & (came_17 | came_18)) / leaders[19],
        "mutual_requests_19": wishes.mutual_share(),
    }


def _people_of(world: World, number: int) -> set[str]:
    return {visit.person.key for visit in world.visits[number]}


def repeater_tickets(folder: Path) -> frozenset[str]:
    """Return the tickets of edition 19 whose holders came before."""
    people = {row["person"]: row["editions"] for row in _read(folder / "people.json")}
    return frozenset(
        row["ticket"]
        for row in _read(folder / "tickets.json")["19"]
        if row["person"] in people and _came_before(people[row["person"]])
    )


def _came_before(editions: Mapping[str, Any]) -> bool:
    return "17" in editions or bool(editions.get("18", {}).get("attended"))


def write_afternoon(
    folder: Path,
    here: Sequence[Guest],
    meetings: Sequence[Meeting],
    answers: Sequence[SurveyAnswer],
    deals: Sequence[Deal],
) -> None:
    """Write ``afternoon.json``: who came, what was held, and the repeat share of those who came."""
    repeaters = repeater_tickets(folder)
    content = {
        "attended_19": [guest.ticket for guest in here],
        "repeat_attended_19": sum(guest.ticket in repeaters for guest in here) / len(here),
        "meetings": [
            {"leaders": [meeting.leader_a, meeting.leader_b], "held": meeting.is_held, "same_day": meeting.is_same_day}
            for meeting in meetings
        ],
        "survey": {"answers": len(answers), "satisfied": sum(answer.satisfaction >= _SATISFIED for answer in answers)},
        "deals": {"count": len(deals), "euros": sum(deal.euros for deal in deals)},
    }
    write_json(folder / "afternoon.json", content)


def _read(path: Path) -> Any:  # noqa: ANN401 -- our own JSON, read back
    return json.loads(path.read_text(encoding="utf-8"))
