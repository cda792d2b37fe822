"""What the tests of the demo read and build: its files as rows, and a database with an approved plan."""

import csv
import io
import json
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import polars as pl
from python_calamine import CalamineWorkbook

from tasks.demo.start import write_workspace
from tasks.workspace import Workspace

PARIS = ZoneInfo("Europe/Paris")
EVENT_ID = "artois-douaisis-2026"
SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "exports"


def truth(folder: Path, topic: str) -> Any:  # noqa: ANN401 -- JSON
    return json.loads((folder / "truth" / f"{topic}.json").read_text(encoding="utf-8"))


def luck(seed: int) -> Random:
    return Random(seed)  # noqa: S311 -- made-up people need a seed, not secrecy


def csv_rows(path: Path, delimiter: str, encoding: str) -> list[dict[str, str]]:
    text = path.read_bytes().decode(encoding)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def registrations(folder: Path, edition: int) -> list[dict[str, str]]:
    """Return the rows of an edition's export in the order of sale."""
    inbox = folder / "inbox"
    if edition == 17:
        return csv_rows(inbox / "inscriptions-17.csv", ";", "utf-8")[::-1]
    if edition == 18:
        return csv_rows(inbox / "billetweb-18.csv", ",", "cp1252")
    return csv_rows(inbox / "helloasso-19.csv", ";", "utf-8-sig")


def column(edition: int, field: str) -> str:
    """Return what an edition's export calls a field."""
    names = {
        "email": ("Champ additionnel: Email", "Email", "Email participant"),
        "payer_email": ("Email", "Email acheteur", "Email payeur"),
        "phone": ("Champ additionnel: Téléphone", "Téléphone (Participant) - #14", "Téléphone"),
        "siret": ("Champ additionnel: SIRET", "SIRET (Participant) - #13", "SIRET"),
        "ticket": ("Numéro", "Billet", "Numéro de billet"),
        "family": ("Nom", "Nom", "Nom participant"),
        "company": ("Société", "Société (Participant) - #11", "Société"),
        "postcode": ("Code Postal acheteur", "Code postal (Commande) - #8", "Code postal"),
        "ordered_at": ("Date", "Date de création", "Date de la commande"),
    }
    return names[field][edition - 17]


def sheet(path: Path, name: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python(skip_empty_area=False)


def form(folder: Path) -> list[dict[str, Any]]:
    header, *rows = sheet(folder / "inbox" / "souhaits-19.xlsx", "Réponses")
    return [dict(zip(header, row, strict=True)) for row in rows]


def wishes_typed(row: dict[str, Any]) -> list[str]:
    single = [row[f"Souhait n° {number}"] for number in range(1, 11)]
    return [text for text in (*single, *str(row["Autres souhaits (un par ligne)"]).split("\n")) if text]


@cache
def _event_seen(folder: Path, seed: int, leader_count: int) -> Path:
    write_workspace(folder / f"{seed}-{leader_count}", seed, leader_count)
    return folder / f"{seed}-{leader_count}"


def event(folder: Path, seed: int, leader_count: int) -> Path:
    """Return a demo workspace that tests only read; it is written once a session."""
    return _event_seen(folder, seed, leader_count)


def approve_a_plan(folder: Path) -> None:
    """Fill the database as if the exports had been taken in and a plan approved: first come, first served."""
    workspace = Workspace(folder)
    with workspace.opened():
        pass
    people = [person for person in truth(folder, "people") if "19" in person["editions"]]
    leader_of = {person["person"]: f"L{number:03d}" for number, person in enumerate(people, start=1)}
    tickets = {row["person"]: row["ticket"] for row in truth(folder, "tickets")["19"] if row["state"] == "valid"}
    with duckdb.connect(workspace.database) as connection:
        _insert(connection, "core.leader", [_leader(leader_of[p["person"]], p) for p in people])
        companies = {p["editions"]["19"]["siren"]: p["editions"]["19"]["company"] for p in people}
        _insert(connection, "core.company", [_company(siren, name) for siren, name in companies.items()])
        _insert(connection, "core.registration", [_registration(tickets[k], leader) for k, leader in leader_of.items()])
        _insert(connection, "core.unavailability", [_absence(leader_of[people[0]["person"]])])
        _insert(connection, "plan.version", [_version("19-v1", 1), _version("19-v2", 2), _version("19-v3", 3)])
        approved_at = datetime(2026, 11, 26, 10, tzinfo=PARIS)
        approvals = [("19-v1", "first"), ("19-v2", "second")]
        _insert(
            connection,
            "plan.decision",
            [
                {
                    "version_id": v,
                    "number": 1,
                    "verdict": "approved",
                    "decided_by": by,
                    "decided_at": approved_at,
                    "remark": "",
                    "was_warned": False,
                }
                for v, by in approvals
            ],
        )
        _insert(connection, "plan.meeting", _meetings(workspace, leader_of))


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    connection.register("incoming", pl.DataFrame(rows, infer_schema_length=None).to_arrow())
    connection.execute(f"insert into {table} by name select * from incoming")  # noqa: S608 -- our own table names
    connection.unregister("incoming")


def _leader(leader_id: str, person: dict[str, Any]) -> dict[str, Any]:
    visit = person["editions"]["19"]
    return {
        "edition_id": EVENT_ID,
        "leader_id": leader_id,
        "catalogue_number": int(leader_id[1:]),
        "person_key": person["person"],
        "company_id": visit["siren"],
        "family_name": person["family"],
        "given_name": person["given"],
        "email": visit["email"],
        "has_own_email": True,
        "role": "both",
        "language": "fr",
        "status": "registered",
    }


def _company(siren: str, name: str) -> dict[str, Any]:
    return {"edition_id": EVENT_ID, "company_id": siren, "name": name, "name_key": name.lower(), "siren": siren}


def _registration(ticket: str, leader_id: str) -> dict[str, Any]:
    return {
        "edition_id": EVENT_ID,
        "registration_id": ticket,
        "leader_id": leader_id,
        "status": "valid",
        "amount_cents": 3600,
        "refunded_cents": 0,
        "file_sha256": "0",
        "sheet": "",
        "row_number": int(leader_id[1:]),
    }


def _absence(leader_id: str) -> dict[str, Any]:
    return {
        "edition_id": EVENT_ID,
        "leader_id": leader_id,
        "starts_at": datetime(2026, 12, 3, 14, tzinfo=PARIS),
        "ends_at": datetime(2026, 12, 3, 18, tzinfo=PARIS),
    }


def _version(version_id: str, number: int) -> dict[str, Any]:
    zeros = ("seed", "shortfall", "shortfall_bound", "value", "value_bound", "gaps", "gaps_bound", "breaks")
    return {
        "version_id": version_id,
        "edition_id": EVENT_ID,
        "number": number,
        "kind": "final",
        "problem_sha256": "0",
        "problem": "{}",
        "plan": "{}",
        "status": "optimal",
        "solver": "none",
        **dict.fromkeys((*zeros, "table_changes", "table_changes_bound"), 0),
        "created_at": datetime(2026, 11, 26, 9, tzinfo=PARIS),
    }


def _meetings(workspace: Workspace, leader_of: dict[str, str]) -> list[dict[str, Any]]:
    """Place every request that still finds a slot and a table into version 19-v2; the other versions stay empty."""
    away = min(leader_of.values())
    busy: set[tuple[str, datetime]] = {(away, start) for start in workspace.event.slot_starts()}
    tables = {start: list(workspace.event.tables.ids) for start in workspace.event.slot_starts()}
    meetings: dict[tuple[str, str], dict[str, Any]] = {}
    for request in truth(workspace.folder, "requests"):
        if request["to"] is None:
            continue
        one, other = sorted((leader_of[request["from"]], leader_of[request["to"]]))
        free = [s for s in tables if tables[s] and (one, s) not in busy and (other, s) not in busy]
        if (one, other) not in meetings and free:
            start = free[0]
            meetings[one, other] = {
                "version_id": "19-v2",
                "leader_a": one,
                "leader_b": other,
                "slot_id": f"{start:%H%M}",
                "starts_at": start,
                "ends_at": start + timedelta(minutes=20),
                "table_id": tables[start].pop(0),
            }
            busy |= {(one, start), (other, start)}
    return list(meetings.values())
