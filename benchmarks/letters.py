"""An outbox of made-up messages that wait, without the plan that they would be about."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from random import Random
from uuid import UUID, uuid5

import polars as pl

from flows.commands.event import new_event
from tasks.files import write
from tasks.pages import render
from tasks.publish.outbox.writing import insert
from tasks.store import Database
from tasks.workspace import Workspace

_NAMESPACE = UUID("6a5f0c1e-0000-4000-8000-000000000000")
_LINE = 72
WRITTEN_AT = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)


def leader_id(number: int) -> str:
    """Return the number of the n-th leader."""
    return f"L{number:03d}"


def address(number: int) -> str:
    """Return the address of the n-th leader."""
    return f"leader{number}@guest.example"


def waiting_outbox(folder: Path, count: int, size_bytes: int) -> Workspace:
    """Make a workspace in which so many leaders wait for one message of about so many bytes each."""
    workspace = Workspace(folder)
    text = render("workspace/event.toml.j2", "fr", **new_event())
    write(folder / "event.toml", text.encode("utf-8"))
    with workspace.writing() as database:
        _add_leaders(workspace, database, count)
        insert(database, [_message(workspace, number, size_bytes) for number in range(count)])
    return workspace


def _add_leaders(workspace: Workspace, database: Database, count: int) -> None:
    rows = [
        {
            "edition_id": workspace.event.id,
            "leader_id": leader_id(number),
            "catalogue_number": number + 1,
            "person_key": leader_id(number),
            "company_id": f"C{number:03d}",
            "family_name": f"Nom{number}",
            "given_name": f"Prénom{number}",
            "job_title": "Gérante",
            "email": address(number),
            "has_own_email": True,
            "phone": "",
            "role": "both",
            "presentation": "",
            "language": "fr",
            "max_meetings": 10,
            "status": "registered",
            "registered_at": WRITTEN_AT,
            "is_vanished": False,
            "merged_into": None,
            "payer_email": None,
        }
        for number in range(count)
    ]
    database.run(
        "core/insert_leader",
        frame=pl.DataFrame(rows, schema_overrides={"merged_into": pl.String, "payer_email": pl.String}),
    )


def _message(workspace: Workspace, number: int, size_bytes: int) -> dict[str, object]:
    key = uuid5(_NAMESPACE, leader_id(number))
    path = f"out/mails/{leader_id(number)}.eml"
    content = f"Message-ID: <{key}@chambre.example>\r\nSubject: Agenda\r\n\r\n".encode() + _text(number, size_bytes)
    write(workspace.folder / path, content)
    return {
        "message_id": str(key),
        "edition_id": workspace.event.id,
        "version_id": None,
        "leader_id": leader_id(number),
        "kind": "agenda",
        "language": "fr",
        "subject": "Agenda",
        "agenda_sha256": None,
        "content_sha256": sha256(content).hexdigest(),
        "path": path,
        "state": "approved",
        "smtp_said": None,
        "written_at": WRITTEN_AT,
    }


def _text(number: int, size_bytes: int) -> bytes:
    """Return lines of base64's alphabet, as attachments are: most of a mail of 50 KB is a PDF."""
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    characters = Random(number).choices(alphabet, k=size_bytes)  # noqa: S311 -- filler
    lines = (bytes(characters[start : start + _LINE]) for start in range(0, size_bytes, _LINE))
    return b"\r\n".join(lines) + b"\r\n"
