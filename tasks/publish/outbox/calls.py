"""The organiser's call list: leaders whom no mail reaches, until they have another address or somebody has called."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import TypeAdapter

from tasks.errors import DataError
from tasks.messages import Message, message
from tasks.pages import in_name_case
from tasks.publish.outbox.ledger import Entry
from tasks.publish.outbox.suppression import Suppressions, read_suppressions, salted
from tasks.store import Database


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to be called, and what the server said; for the organiser's eyes only."""

    leader_id: str
    given_name: str
    family_name: str
    company: str
    phone: str
    smtp_code: int | None
    said: str

    @property
    def name(self) -> str:
        """The name as it is said."""
        return f"{in_name_case(self.given_name)} {in_name_case(self.family_name)}".strip()

    @property
    def sentence(self) -> Message:
        """Whom to call, and why."""
        return message(
            "{leader} {name} ({company}) {phone}: {said}",
            leader=self.leader_id,
            name=self.name,
            company=self.company,
            phone=self.phone or message("no telephone known"),
            said=self.said,
        )


_CALLS: Final = TypeAdapter(list[Call])


def read_calls(db: Database, edition_id: str) -> list[Call]:
    """Return whom the organiser must call, the first report first."""
    return _CALLS.validate_python(db.rows("outbox/select_calls", edition_id=edition_id))


@dataclass(frozen=True, slots=True)
class Refused:
    """A mail that a server refused for good in the dialogue, and the address that it was for; ``said`` names nobody."""

    entry: Entry
    address: str
    smtp_code: int
    said: str


def note_refused(db: Database, refusals: Iterable[Refused], at: datetime) -> None:
    """Put the readers of refused mails on the call list.

    No address is suppressed: a server that is set up wrongly refuses everybody, and in words of its own.
    """
    known = salted(db)
    for refused in refusals:
        key = refused.entry.message_id
        said = f"{refused.smtp_code} {refused.said}"  # as a report has it
        dialogue = f"{key}/{refused.entry.attempt_count + 1}"
        db.run(
            "outbox/insert_returned",
            report_sha256=hashlib.sha256(dialogue.encode("ascii")).hexdigest(),
            kind="permanent",
            message_id=str(key),
            smtp_code=refused.smtp_code,
            status="",
            said=said,
            read_at=at,
        )
        add_call(db, known, key, refused.address, refused.smtp_code, said, at)


def add_call(
    db: Database, known: Suppressions, message_id: UUID, address: str, smtp_code: int | None, said: str, at: datetime
) -> None:
    """Put the reader of a message on the list; who is on it stays with what was said first."""
    db.run(
        "outbox/insert_call",
        message_id=str(message_id),
        address_sha256=known.sha256(address),
        smtp_code=smtp_code,
        said=said,
        since=at,
    )


def settle_resent(db: Database, edition_id: str, leader_ids: Iterable[str]) -> None:
    """Take off the list whom a person has a mail sent to again; a new refusal puts them back.

    Who is at an address to which nothing goes stays: a mail that waits for another one tells them nothing.
    """
    known = read_suppressions(db)
    named = frozenset(leader_ids)
    for row in db.rows("outbox/select_call_addresses", edition_id=edition_id):
        if row["leader_id"] in named and known.allow(str(row["email"]), is_transactional=True):
            db.run("outbox/delete_call", edition_id=edition_id, leader_id=row["leader_id"])


def settle_calls(db: Database, edition_id: str) -> None:
    """Take off the list whoever has another address by now, or withdrew."""
    known = read_suppressions(db)
    for row in db.rows("outbox/select_call_addresses", edition_id=edition_id):
        if row["email"] is None or known.sha256(str(row["email"])) != row["address_sha256"]:
            db.run("outbox/delete_call", edition_id=edition_id, leader_id=row["leader_id"])


def reachable_again(db: Database, edition_id: str) -> frozenset[UUID]:
    """Return the messages that came back and may go once more: the leader has another address, or was called."""
    rows = db.rows("outbox/select_reachable_again", edition_id=edition_id)
    return frozenset(UUID(str(row["message_id"])) for row in rows)


def called(db: Database, edition_id: str, leader_id: str) -> None:
    """Note that somebody has called a leader and that the address is right: mails go there again.

    Raises DataError for a leader who is not on the list.
    """
    rows = db.rows("outbox/select_call_addresses", edition_id=edition_id)
    listed = {str(row["leader_id"]): str(row["address_sha256"]) for row in rows}
    if leader_id not in listed:
        raise DataError(
            message("{leader} is not on the call list.", leader=leader_id),
            remedy=message("See who is: rencontres bounces"),
        )
    db.run("outbox/delete_unreachable", address_sha256=listed[leader_id])
    db.run("outbox/delete_call", edition_id=edition_id, leader_id=leader_id)
