"""The outbox as it stands: every message with its state.

``owing`` and ``once`` write messages, ``delivery`` sends them.
"""

import json
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import TypeAdapter

from tasks.errors import DataError
from tasks.messages import message
from tasks.publish.outbox.mail import sendable_address
from tasks.publish.outbox.states import FOLLOWERS, STATE_WORDS, STATES, WAITING, State
from tasks.publish.outbox.suppression import Suppressions, read_suppressions
from tasks.store import Database


@dataclass(frozen=True, slots=True)
class OutboxSummary:
    """Where the messages of the edition stand, in numbers and leader ids, without a name or an address.

    ``counts`` holds every state of all kinds and plan versions together, ``draft_counts`` the drafts of each kind.
    ``waiting_count`` is what would go out now of the kind that was asked for, ``other_count`` what waits of others, and
    ``attempted`` what became of the messages that this run tried to send.
    ``without_address`` are registered leaders who can get no mail: somebody prints their agenda for them.
    ``retry_at`` is when the first of the deferred messages may go again, None where none has to be patient.
    """

    edition_id: str
    version_id: str | None
    counts: Mapping[State, int]
    waiting_count: int
    other_count: int
    without_address: tuple[str, ...]
    written_count: int = 0
    cancelled_count: int = 0
    attempted: Mapping[State, int] = field(default_factory=dict)
    draft_counts: Mapping[str, int] = field(default_factory=dict)
    is_dry_run: bool = True
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One message as the outbox knows it; ``path`` is relative to the workspace.

    ``version_id`` and ``agenda_sha256`` are None for kinds that are about no plan. ``smtp_code`` and ``smtp_said`` are
    the server's last answer, in its words but without an address; ``attempt_count`` counts dialogues begun.
    """

    message_id: UUID
    version_id: str | None
    leader_id: str
    kind: str
    agenda_sha256: str | None
    content_sha256: str
    path: str
    state: State
    attempt_count: int
    retry_at: datetime | None
    smtp_code: int | None
    smtp_said: str | None
    created_at: datetime
    changed_at: datetime

    def is_due(self, at: datetime) -> bool:
        """Say whether it may go now: it waits, and no server has asked for patience beyond ``at``."""
        return self.state in WAITING and (self.retry_at is None or self.retry_at <= at)

    @property
    def is_unwritten(self) -> bool:
        """Whether its mail could not be written, so that nobody was ever sent it."""
        return self.state == "failed" and not self.content_sha256


@dataclass(frozen=True, slots=True)
class Change:
    """A message and the state it now has. ``attempts`` adds to the dialogues begun, and may take one back."""

    message_id: UUID
    state: State
    smtp_code: int | None = None
    smtp_said: str | None = None
    retry_at: datetime | None = None
    attempts: int = 0


_STATE: Final[TypeAdapter[State]] = TypeAdapter(State)
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


def summarise(db: Database, edition_id: str, kinds: Container[str]) -> OutboxSummary:
    """Return where the messages of an edition stand; ``kinds`` are those that a person asked for."""
    entries = read_entries(db, edition_id)
    addresses = read_addresses(db, edition_id)
    states = Counter(entry.state for entry in entries)
    waiting = [entry for entry, _ in letters(entries, addresses)]
    asked_for = [entry for entry in waiting if entry.kind in kinds]
    return OutboxSummary(
        edition_id=edition_id,
        version_id=entries[-1].version_id if entries else None,
        retry_at=min((entry.retry_at for entry in asked_for if entry.retry_at), default=None),
        counts={state: states[state] for state in STATES},
        draft_counts=dict(sorted(Counter(entry.kind for entry in entries if entry.state == "draft").items())),
        waiting_count=len(asked_for),
        other_count=len(waiting) - len(asked_for),
        without_address=tuple(leader_id for leader_id, address in addresses.items() if address is None),
    )


def record(db: Database, changes: Sequence[Change], at: datetime) -> None:
    """Record what became of messages, in one statement: outside a transaction it is on disk when this returns.

    Raises DataError, in words, when a message may not change so; nothing else changes with it in a transaction.
    """
    if not changes:
        return
    rows = [
        {
            "message_id": str(change.message_id),
            "formers": [former for former, followers in FOLLOWERS.items() if change.state in followers],
            "state": change.state,
            "smtp_code": change.smtp_code,
            "smtp_said": change.smtp_said,
            "retry_at": change.retry_at and change.retry_at.isoformat(),
            "attempts": change.attempts,
        }
        for change in changes
    ]
    changed_count = db.value("outbox/update_messages", changes=json.dumps(rows), changed_at=at)
    if changed_count != len(changes):
        raise _refused(db, changes)


def _refused(db: Database, changes: Sequence[Change]) -> DataError:
    """Return the error about the first message that did not become what it should."""
    states = {change.message_id: state_of(db, change.message_id) for change in changes}
    change = next((change for change in changes if states[change.message_id] != change.state), changes[0])
    return DataError(
        message(
            "message {key} is {state}; it cannot become {wanted}.",
            key=change.message_id,
            state=STATE_WORDS[states[change.message_id]],
            wanted=STATE_WORDS[change.state],
        ),
        remedy=message("See where every message stands: rencontres outbox"),
    )


def close_left_over(db: Database, edition_id: str, at: datetime) -> None:
    """Call unknown what an earlier run left in ``sending``: nobody else can be sending while we have the database."""
    left_over = [entry for entry in read_entries(db, edition_id) if entry.state == "sending"]
    record(db, [Change(entry.message_id, "unknown") for entry in left_over], at)


def state_of(db: Database, key: UUID) -> State:
    """Return the state of a message that there is."""
    state: State = _STATE.validate_python(db.value("outbox/select_message_state", message_id=str(key)))
    return state
