"""People made in a line, for tests of who is who."""

from collections.abc import Sequence

from tasks.ingest.people.memory import Memory
from tasks.ingest.people.people import People
from tasks.ingest.records.decisions import Decision, Decisions
from tasks.ingest.records.rejection import Place
from tasks.ingest.records.tickets import Ticket, read_ticket
from tasks.questionnaire import QuestionKind, Verdict
from tests.ingest.builders import reader

NOWHERE = Place("0" * 64, "", 1)


def a_ticket(number: int, **content: str) -> Ticket:
    """Return a valid HelloAsso ticket, its row numbered as itself."""
    row = reader("helloasso-2026", **({"status": "Validé", "ticket_number": str(number)} | content))
    row.place = type(row.place)("f" * 64, "", number)
    found = read_ticket(row)
    assert found is not None
    return found


def memory_of(people: People) -> Memory:
    """Return what the next night remembers."""
    leaders = sorted((*people.leaders, *people.merged), key=lambda leader: leader.catalogue_number)
    return Memory(tuple(leaders), people.companies, people.registrations)


def decided(*verdicts: tuple[QuestionKind, str, str, Verdict]) -> Decisions:
    """Return verdicts, given as kind, leader, what was typed, and the verdict."""
    return Decisions.of(Decision(NOWHERE, *verdict) for verdict in verdicts)


def asked(people: People) -> list[tuple[str, str, str, str]]:
    """Return the questions, as kind, leader, what was typed, and the reason."""
    return [(item.kind, item.leader_id, item.typed, item.reason) for item in people.review_items]


def holders(people: People) -> dict[str, str | None]:
    """Return whose each registration is."""
    return {row.registration_id: row.leader_id for row in people.registrations}


def names(people: People) -> Sequence[tuple[str, str]]:
    """Return the leaders by id and given name."""
    return [(leader.leader_id, leader.given_name) for leader in people.leaders]
