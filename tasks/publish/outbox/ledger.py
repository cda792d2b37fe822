"""The outbox: who is owed which message. It is written here and sent by ``delivery``, never the other way round."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal, TypeAlias, get_args
from uuid import UUID

import polars as pl
from pydantic import TypeAdapter

from tasks.files import write
from tasks.publish.agendas.afternoon import approved_version
from tasks.publish.agendas.agenda import Agenda, agenda_sha256
from tasks.publish.agendas.wording import subject
from tasks.publish.documents.publishing import Moved, Published, publish, unheard
from tasks.publish.outbox.mail import KIND, Attachments, compose_mail, message_id, sendable_address
from tasks.store import Database
from tasks.workspace import Workspace

State: TypeAlias = Literal["approved", "sending", "sent", "deferred", "failed", "unknown", "cancelled"]
STATES: Final[tuple[State, ...]] = get_args(State)
WAITING: Final[frozenset[State]] = frozenset({"approved", "deferred"})
# What a leader may have read. A message of unknown fate counts: no program repeats it.
TOLD: Final[frozenset[State]] = frozenset({"sending", "sent", "unknown"})


@dataclass(frozen=True, slots=True)
class OutboxSummary:
    """Where the messages of the edition stand, in numbers and leader ids, without a name or an address.

    ``counts`` holds every state of all plan versions together, ``waiting_count`` what would go out now, and
    ``attempted`` what became of the messages that this run tried to send.
    ``without_address`` are registered leaders who can get no mail: somebody prints their agenda for them.
    """

    edition_id: str
    version_id: str | None
    counts: Mapping[State, int]
    waiting_count: int
    without_address: tuple[str, ...]
    written_count: int = 0
    cancelled_count: int = 0
    attempted: Mapping[State, int] = field(default_factory=dict)
    is_dry_run: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """One message as the outbox knows it; ``path`` is relative to the workspace."""

    message_id: UUID
    version_id: str
    leader_id: str
    agenda_sha256: str
    path: str
    state: State


@dataclass(frozen=True, slots=True)
class Owed:
    """A message to write: a new one, or one that waits and whose file has gone."""

    agenda: Agenda
    message_id: UUID
    path: str
    is_update: bool


_ENTRIES: Final = TypeAdapter(list[Entry])


def read_entries(db: Database, edition_id: str) -> list[Entry]:
    """Return all messages of an edition, those of the newest plan version last."""
    return _ENTRIES.validate_python(db.rows("outbox/select_messages", edition_id=edition_id))


def read_addresses(db: Database, edition_id: str) -> dict[str, str | None]:
    """Return every registered leader with their own address, None where there is none that a server can take."""
    rows = db.rows("outbox/select_addresses", edition_id=edition_id)
    return {str(row["leader_id"]): _sendable(row["email"]) for row in rows}


def _sendable(address: object) -> str | None:
    return sendable_address(address) if isinstance(address, str) else None


def letters(entries: Iterable[Entry], addresses: Mapping[str, str | None]) -> list[tuple[Entry, str]]:
    """Return the waiting messages that can go out, each with the address it goes to."""
    return [(e, address) for e in entries if e.state in WAITING and (address := addresses.get(e.leader_id)) is not None]


def summarise(db: Database, edition_id: str) -> OutboxSummary:
    """Return where the messages of an edition stand."""
    entries = read_entries(db, edition_id)
    addresses = read_addresses(db, edition_id)
    states = Counter(entry.state for entry in entries)
    return OutboxSummary(
        edition_id=edition_id,
        version_id=entries[-1].version_id if entries else None,
        counts={state: states[state] for state in STATES},
        waiting_count=len(letters(entries, addresses)),
        without_address=tuple(leader_id for leader_id, address in addresses.items() if address is None),
    )


def outdated(entries: Iterable[Entry], agendas: Iterable[Agenda], version_id: str) -> list[Entry]:
    """Return the waiting messages of earlier plan versions that no longer say what holds."""
    current = {agenda.leader_id: agenda_sha256(agenda) for agenda in agendas}
    return [
        entry
        for entry in entries
        if entry.state in WAITING
        and entry.version_id != version_id
        and entry.agenda_sha256 != current.get(entry.leader_id, entry.agenda_sha256)
    ]


def owed(standing: Sequence[Entry], agendas: Iterable[Agenda], version_id: str) -> list[Owed]:
    """Return a message for every leader whose agenda differs from what they were last told, or will be told.

    A message that failed told nothing. There is at most one message per plan version and leader, whatever its fate.
    """
    needed = []
    for agenda in agendas:
        mine = [entry for entry in standing if entry.leader_id == agenda.leader_id]
        told = [entry for entry in mine if entry.state in TOLD | WAITING]
        is_known = bool(told) and told[-1].agenda_sha256 == agenda_sha256(agenda)
        if not is_known and all(entry.version_id != version_id for entry in mine):
            key = message_id(version_id, agenda.leader_id)
            path = f"out/{version_id}/mails/{agenda.leader_id}.eml"
            needed.append(Owed(agenda, key, path, is_update=any(e.state in TOLD for e in mine)))
    return needed


def lost(standing: Iterable[Entry], workspace: Workspace, agendas: Iterable[Agenda]) -> list[Owed]:
    """Return the waiting messages whose file has gone, and which still say what holds."""
    current = {agenda.leader_id: agenda for agenda in agendas}
    entries = list(standing)
    return [
        Owed(agenda, entry.message_id, entry.path, is_update=_was_told(entries, entry.leader_id))
        for entry in entries
        if entry.state in WAITING
        and (agenda := current.get(entry.leader_id)) is not None
        and not (workspace.folder / entry.path).exists()
    ]


def _was_told(entries: Iterable[Entry], leader_id: str) -> bool:
    return any(entry.leader_id == leader_id and entry.state in TOLD for entry in entries)


def fill_outbox(workspace: Workspace, at: datetime, moved: Moved = unheard) -> OutboxSummary:
    """Write one message for every leader whose agenda differs from the last one they were sent, or wait for.

    An older message that still waits is cancelled where the newest approved plan version says something else.
    Calling it again writes nothing. Raises DataError when no plan version is approved.
    """
    event = workspace.event
    with workspace.opened() as db:
        version_id = approved_version(db, event.id)
    published = publish(workspace, version_id, moved)
    agendas = published.agendas
    with workspace.writing() as db:
        addresses = read_addresses(db, event.id)
        reachable = [agenda for agenda in agendas if addresses.get(agenda.leader_id) is not None]
        entries = read_entries(db, event.id)
        cancelled = outdated(entries, agendas, version_id)
        for entry in cancelled:
            set_state(db, entry.message_id, "cancelled", at)
        standing = [entry for entry in entries if entry not in cancelled]
        new = owed(standing, reachable, version_id)
        for one in (*new, *lost(standing, workspace, reachable)):
            _write_mail(workspace, published, one, at)
        if new:
            rows = [_row(event.id, version_id, one, at) for one in new]
            db.run("outbox/insert_messages", frame=pl.DataFrame(rows))
        found = summarise(db, event.id)
    return replace(found, version_id=version_id, written_count=len(new), cancelled_count=len(cancelled))


def set_state(db: Database, key: UUID, state: State, at: datetime, smtp_code: int | None = None) -> None:
    """Record what became of a message; outside a transaction this is on disk when it returns."""
    db.run("outbox/update_message", message_id=str(key), state=state, smtp_code=smtp_code, changed_at=at)


def _write_mail(workspace: Workspace, published: Published, one: Owed, at: datetime) -> None:
    """Write the mail before its row is committed: a row without a file could not be sent."""
    leader_id = one.agenda.leader_id
    documents = published.folder / "agendas"
    has_entries = bool(one.agenda.meetings or published.afternoon.former_meetings_of(leader_id))
    attached = Attachments(
        pdf=(documents / f"{leader_id}.pdf").read_bytes(),
        calendar=(documents / f"{leader_id}.ics").read_bytes() if has_entries else None,
    )
    organiser = workspace.event.organiser
    mail = compose_mail(one.agenda, attached, organiser, key=one.message_id, at=at, is_update=one.is_update)
    write(workspace.folder / one.path, mail)


def _row(edition_id: str, version_id: str, one: Owed, at: datetime) -> dict[str, object]:
    return {
        "message_id": str(one.message_id),
        "edition_id": edition_id,
        "version_id": version_id,
        "leader_id": one.agenda.leader_id,
        "kind": KIND,
        "language": one.agenda.language,
        "subject": subject(one.agenda, is_update=one.is_update),
        "agenda_sha256": agenda_sha256(one.agenda),
        "path": one.path,
        "created_at": at,
    }
