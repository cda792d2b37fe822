"""A small registered event in the database: six leaders, one of whom has withdrawn."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tasks.store import Database
from tasks.workspace import Workspace
from tests.rows import insert

EDITION = "artois-douaisis-2026"


def leader_row(number: int, **changes: object) -> dict[str, object]:
    """A registered leader L001 of company C001, and so on."""
    return {
        "edition_id": EDITION,
        "leader_id": f"L{number:03d}",
        "catalogue_number": number,
        "person_key": f"person {number}",
        "company_id": f"C{number:03d}",
        "family_name": f"Family{number}",
        "given_name": f"Given{number}",
        "has_own_email": True,
        "role": "both",
        "language": "fr",
        "status": "registered",
        **changes,
    }


def request_row(asking: int, asked: int, rank: int) -> dict[str, object]:
    """A request between two leaders."""
    return {
        "edition_id": EDITION,
        "from_leader_id": f"L{asking:03d}",
        "to_leader_id": f"L{asked:03d}",
        "rank": rank,
        "match_rule": "exact",
        "match_score": 1.0,
        "file_sha256": "0" * 64,
        "sheet": "Réponses",
        "row_number": asking,
    }


REQUESTS = [(1, 2, 1), (1, 3, 2), (2, 1, 1), (3, 4, 1), (4, 6, 1), (5, 1, 1), (6, 1, 1)]


def fill(database: Database) -> None:
    """Write the event into an empty database: L006 has withdrawn, L004 is away until 15:10."""
    insert(
        database,
        "core.leader",
        [
            leader_row(1, max_meetings=3),
            leader_row(2, max_meetings=99),
            *(leader_row(number) for number in (3, 4, 5)),
            leader_row(6, status="withdrawn"),
        ],
    )
    insert(
        database,
        "core.company",
        [
            {"edition_id": EDITION, "company_id": f"C{n:03d}", "name": name, "name_key": name.lower()}
            for n, name in enumerate(["Ateliers Morel", "Brasserie Œillet", "Équipements Nord", "D", "E", "F"], 1)
        ],
    )
    insert(database, "core.request", [request_row(*each) for each in REQUESTS])
    pairs = [("L001", "L005"), ("L001", "L006")]
    insert(
        database, "core.exclusion", [{"edition_id": EDITION, "leader_a": one, "leader_b": two} for one, two in pairs]
    )
    away = {"starts_at": datetime(2026, 12, 3, 11, tzinfo=UTC), "ends_at": datetime(2026, 12, 3, 14, 10, tzinfo=UTC)}
    absent = [{"edition_id": EDITION, "leader_id": name, **away} for name in ("L004", "L006")]
    insert(database, "core.unavailability", absent)


def make_sound(database: Database) -> None:
    """Lead every leader and every request of the small event back to a row, so that no gate forbids a plan."""
    place = {"file_sha256": "0" * 64, "sheet": "Réponses"}
    lines = [{**place, "row_number": number, "row_key": str(number), "content": "{}"} for number in range(1, 7)]
    insert(database, "raw.row", lines)
    tickets = [
        {
            "edition_id": EDITION,
            "registration_id": f"T{number}",
            "leader_id": f"L{number:03d}",
            "status": "valid",
            "amount_cents": 3600,
            "refunded_cents": 0,
            **place,
            "row_number": number,
        }
        for number in range(1, 6)
    ]
    insert(database, "core.registration", tickets)


@pytest.fixture
def event_workspace(workspace: Workspace) -> Workspace:
    """A workspace whose database holds the small event."""
    with workspace.writing() as database:
        fill(database)
    return workspace


@pytest.fixture
def database(event_workspace: Workspace) -> Iterator[Database]:
    """The database of the small event, open."""
    with event_workspace.opened() as opened:
        yield opened
