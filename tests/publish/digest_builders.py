"""A night put straight into the tables from which the digest is made."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from tasks.store import Database
from tasks.workspace import Workspace
from tests.rows import insert

EDITION = "artois-douaisis-2026"
NIGHT = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
HELD_ON = {"artois-douaisis-2026": date(2026, 12, 3), "artois-douaisis-2025": date(2025, 12, 4)}
Row = Mapping[str, object]


def leader(number: int, days_before: int = 30, edition_id: str = EDITION, **changes: object) -> dict[str, object]:
    """A registered leader who came so many days before the event."""
    registered_at = datetime.combine(HELD_ON[edition_id] - timedelta(days=days_before), datetime.min.time(), UTC)
    return {
        "edition_id": edition_id,
        "leader_id": f"L{number:03d}",
        "catalogue_number": number,
        "person_key": f"person {number}",
        "company_id": f"C{number:03d}",
        "given_name": f"Prénom{number}",
        "family_name": f"Nom{number}",
        "email": f"l{number}@secret.example",
        "has_own_email": True,
        "role": "both",
        "language": "fr",
        "status": "registered",
        "registered_at": registered_at + timedelta(hours=9),
        "is_vanished": False,
        **changes,
    }


def company(number: int, name: str | None = None) -> dict[str, object]:
    return {
        "edition_id": EDITION,
        "company_id": f"C{number:03d}",
        "name": name or f"Société {number}",
        "name_key": f"societe {number}",
    }


def request(asking: int, asked: int) -> dict[str, object]:
    return {
        "edition_id": EDITION,
        "from_leader_id": f"L{asking:03d}",
        "to_leader_id": f"L{asked:03d}",
        "rank": 1,
        "match_rule": "exact",
        "match_score": 1.0,
        "file_sha256": "wishes",
        "sheet": "",
        "row_number": 2,
    }


def change(number: int, kind: str, field: str = "", before: str = "", after: str = "", **more: object) -> Row:
    row = {"edition_id": EDITION, "night": NIGHT, "leader_id": f"L{number:03d}", "kind": kind, "field": field}
    return {**row, "before": before, "after": after, **more}


def question(number: int, typed: str, kind: str = "request") -> Row:
    return {
        "edition_id": EDITION,
        "kind": kind,
        "leader_id": f"L{number:03d}",
        "typed": typed,
        "reason": "no_near_name",
        "candidates": "[]",
        "file_sha256": "wishes",
        "sheet": "",
        "row_number": 2,
    }


def editions() -> list[Row]:
    numbers = {"artois-douaisis-2026": 19, "artois-douaisis-2025": 18}
    return [
        {"edition_id": name, "number": numbers[name], "title": "", "held_on": held_on, "is_current": name == EDITION}
        for name, held_on in HELD_ON.items()
    ]


def six_leaders() -> dict[str, Sequence[Row]]:
    """L001 to L005 all ask for one another; L006 asks for nobody and nobody asks for L006."""
    return {
        "core.edition": editions(),
        "core.company": [company(number) for number in range(1, 7)],
        "core.leader": [leader(number) for number in range(1, 7)],
        "core.request": [request(asking, asked) for asking in range(1, 6) for asked in range(1, 6) if asking != asked],
    }


def put(database: Database, *bases: Mapping[str, Sequence[Row]]) -> None:
    for base in bases:
        for table, rows in base.items():
            insert(database, table, rows)


def prepared(workspace: Workspace, *bases: Mapping[str, Sequence[Row]]) -> Workspace:
    """Put rows into the database of a workspace."""
    with workspace.writing() as database:
        put(database, *bases)
    return workspace
