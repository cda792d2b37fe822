"""The outbox as it stands: every message with its state. ``owing`` writes it, ``delivery`` sends it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, TypeAlias, get_args
from uuid import UUID

from pydantic import TypeAdapter

from tasks.publish.outbox.mail import sendable_address
from tasks.publish.outbox.suppression import Suppressions, read_suppressions
from tasks.store import Database

State: TypeAlias = Literal["draft", "approved", "sending", "sent", "deferred", "failed", "unknown", "cancelled"]
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
    version_id: str | None
    leader_id: str
    kind: str
    agenda_sha256: str | None
    content_sha256: str
    path: str
    state: State
    attempt_count: int


_ENTRIES: Final = TypeAdapter(list[Entry])


def read_entries(db: Database, edition_id: str) -> list[Entry]:
    """Return all messages of an edition, those of the newest plan version last."""
    return _ENTRIES.validate_python(db.rows("outbox/select_messages", edition_id=edition_id))


def read_addresses(db: Database, edition_id: str) -> dict[str, str | None]:
    """Return every registered leader with their own address, None where there is none at which mail can arrive.

    That is one that no server takes, and one that came back for good: the leader is told in another way.
    """
    known = read_suppressions(db)
    rows = db.rows("outbox/select_addresses", edition_id=edition_id)
    return {str(row["leader_id"]): _reachable(row["email"], known) for row in rows}


def _reachable(address: object, known: Suppressions) -> str | None:
    sendable = sendable_address(address) if isinstance(address, str) else None
    return sendable if sendable and known.allow(sendable, is_transactional=True) else None


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


def set_state(db: Database, key: UUID, state: State, at: datetime, smtp_code: int | None = None) -> None:
    """Record what became of a message; outside a transaction this is on disk when it returns."""
    db.run("outbox/update_message", message_id=str(key), state=state, smtp_code=smtp_code, changed_at=at)
