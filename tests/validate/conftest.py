"""A small registration base in which every gate passes, and the means to break one thing."""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from tasks.store import Database, open_database
from tasks.validate import engine
from tasks.validate.engine import run_gates
from tasks.validate.frames import judged_frames
from tasks.validate.gate import FrameName, Gate, GateResult
from tasks.validate.gates import all_gates, limits_of
from tasks.workspace import Workspace
from tests.rows import insert

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
EDITION = "artois-douaisis-2026"
LAST_EDITION = "artois-douaisis-2025"
Row = Mapping[str, object]
Change = Mapping[str, object]
Judge = Callable[..., GateResult]
_SAID: dict[str, list[GateResult]] = {}
"""What Great Expectations said of each frame that a test of this folder had judged."""
_FRAMES: dict[str, dict[FrameName, pl.DataFrame]] = {}
"""The frames of each base that one gate alone was to judge: many gates judge the same base."""


def leader(number: int, **changes: object) -> dict[str, object]:
    """A registered leader L001 of company C001 and so on, free all afternoon."""
    return {
        "edition_id": EDITION,
        "leader_id": f"L{number:03d}",
        "catalogue_number": number,
        "person_key": f"person {number}",
        "company_id": f"C{number:03d}",
        "family_name": f"Name{number}",
        "given_name": f"Given{number}",
        "email": f"leader{number}@societe{number}.example",
        "has_own_email": True,
        "role": "both",
        "language": "fr",
        "status": "registered",
        "registered_at": datetime(2026, 11, 2, 9, tzinfo=UTC),
        "is_vanished": False,
        **changes,
    }


def company(number: int, **changes: object) -> dict[str, object]:
    return {
        "edition_id": EDITION,
        "company_id": f"C{number:03d}",
        "name": f"Société {number}",
        "name_key": f"societe {number}",
        "siren": f"{number:09d}",
        **changes,
    }


def request(asking: int, asked: int, **changes: object) -> dict[str, object]:
    return {
        "edition_id": EDITION,
        "from_leader_id": f"L{asking:03d}",
        "to_leader_id": f"L{asked:03d}",
        "rank": 1,
        "match_rule": "exact",
        "match_score": 1.0,
        "file_sha256": "wishes",
        "sheet": "Réponses",
        "row_number": 100 * asking + asked,
        **changes,
    }


def ticket(number: int, **changes: object) -> dict[str, object]:
    """The ticket R001 of leader L001 and so on, with its line in the registration export."""
    return {
        "edition_id": EDITION,
        "registration_id": f"R{number:03d}",
        "leader_id": f"L{number:03d}",
        "status": "valid",
        "ordered_at": datetime(2026, 11, 2, 9, tzinfo=UTC),
        "amount_cents": 3600,
        "refunded_cents": 0,
        "file_sha256": "tickets",
        "sheet": "",
        "row_number": number + 1,
        **changes,
    }


def line(file_sha256: str, row_number: int, sheet: str = "") -> dict[str, object]:
    return {
        "file_sha256": file_sha256,
        "sheet": sheet,
        "row_number": row_number,
        "row_key": f"{file_sha256} {row_number}",
        "content": "{}",
    }


def file(sha256: str, edition_id: str, **changes: object) -> dict[str, object]:
    return {
        "file_sha256": sha256,
        "file_name": f"{sha256}.csv",
        "source": "helloasso-2026",
        "kind": "registrations",
        "edition_id": edition_id,
        "size_bytes": 1,
        "row_count": 1,
        "is_current": True,
        "read_at": NOW,
        "recognition_score": 1.0,
        "is_doubtful": False,
        **changes,
    }


def sound_base() -> dict[str, list[dict[str, object]]]:
    """Five leaders who all ask for one another: four possible partners each, the minimum of the event."""
    numbers = range(1, 6)
    return {
        "core.edition": [
            {
                "edition_id": LAST_EDITION,
                "number": 18,
                "title": "18",
                "held_on": date(2025, 12, 4),
                "is_current": False,
            },
            {"edition_id": EDITION, "number": 19, "title": "19", "held_on": date(2026, 12, 3), "is_current": True},
        ],
        "raw.file": [file("last", LAST_EDITION), file("tickets", EDITION), file("wishes", EDITION)],
        "raw.row": [
            *(line("tickets", number + 1) for number in numbers),
            *(line("wishes", 100 * asking + asked, "Réponses") for asking in numbers for asked in numbers),
        ],
        "core.registration": [ticket(number) for number in numbers],
        "core.company": [company(number) for number in numbers],
        "core.leader": [leader(number) for number in numbers],
        "core.request": [
            request(asking, asked, rank=asked if asked < asking else asked - 1)
            for asking in numbers
            for asked in numbers
            if asking != asked
        ],
    }


def fill(database: Database, *bases: Mapping[str, Sequence[Row]]) -> None:
    for base in bases:
        for table, rows in base.items():
            insert(database, table, rows)


@pytest.fixture
def database(workspace: Workspace) -> Iterator[Database]:
    """The open database of the workspace, empty."""
    with workspace.opened() as opened:
        yield opened


@pytest.fixture(scope="module", autouse=True)
def judged_once() -> Iterator[None]:
    """Great Expectations takes a second for a base; what it said of the same frame in an earlier test is recalled.

    Only in the modules of this folder: what others test is judged as always.
    """
    judge = engine._judge_frame

    def recalled(frame: pl.DataFrame, gates: tuple[Gate, ...]) -> list[GateResult]:
        key = f"{gates} {frame.schema} {frame.write_csv()}"
        if key not in _SAID:
            _SAID[key] = judge(frame, gates)
        return _SAID[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_judge_frame", recalled)
        yield


@pytest.fixture(scope="module")
def blank(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One open database for many tests, each of which takes back what it wrote."""
    path = tmp_path_factory.mktemp("blank") / "rencontres.duckdb"
    shutil.copyfile(empty_database, path)
    with open_database(path) as opened:
        yield opened


@pytest.fixture
def judge_gate(bare_workspace: Workspace, blank: Database) -> Iterator[Judge]:
    """Judge a base by one gate alone and return what it said."""

    limits = limits_of(bare_workspace.event)

    def judge_gate(code: str, base: Mapping[str, Sequence[Row]]) -> GateResult:
        if repr(base) not in _FRAMES:
            fill(blank, base)
            _FRAMES[repr(base)] = judged_frames(blank, bare_workspace.event, limits)
        gates = [gate for gate in all_gates(limits) if gate.code == code]
        (result,) = run_gates(_FRAMES[repr(base)], gates)
        return result

    blank._connection.begin()
    yield judge_gate
    blank._connection.rollback()
