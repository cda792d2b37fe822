"""What only a person decides about messages: that drafts may go, and that one of unknown fate goes once more."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from tasks.errors import DataError, UsageError
from tasks.messages import message
from tasks.publish.outbox.calls import settle_resent
from tasks.publish.outbox.kinds import AGENDA, AGENDAS
from tasks.publish.outbox.ledger import Change, Entry, close_left_over, read_entries, record
from tasks.publish.outbox.states import STATE_WORDS, STUCK, State
from tasks.store import Database

# Shorter beginnings of an id would soon mean several messages.
_SHORTEST_ID: Final = 4


def approve_drafts(db: Database, edition_id: str, kind: str, at: datetime) -> int:
    """Let all drafts of a kind wait to be sent; return how many. Raises DataError where there is none."""
    drafts = [entry for entry in read_entries(db, edition_id) if entry.kind == kind and entry.state == "draft"]
    if not drafts:
        raise DataError(
            message("there is no draft of the kind {kind}.", kind=kind),
            remedy=message("See where every message stands: rencontres outbox"),
        )
    record(db, [Change(entry.message_id, "approved") for entry in drafts], at)
    return len(drafts)


def stuck(db: Database, edition_id: str, states: Collection[State], at: datetime) -> list[Entry]:
    """Return the messages that a person may have sent again, in some of the states in which that is so."""
    close_left_over(db, edition_id, at)
    entries = read_entries(db, edition_id)
    return [entry for entry in entries if entry.state in states and not _hindrance(entry, entries)]


def resend(db: Database, edition_id: str, named: Iterable[str], at: datetime) -> list[Entry]:
    """Let messages that failed, or whose fate is unknown, wait to be sent once more; return them.

    A message is ``named`` by its id, the beginning of it, or its leader's number. The message stays the same, with the
    same Message-ID: a recipient's mail program may know it again. Raises UsageError for a name that means none,
    DataError where the message has another state, was never written, or has been replaced; nothing changes then.
    """
    close_left_over(db, edition_id, at)
    entries = read_entries(db, edition_id)
    found = {entry.message_id: entry for name in named for entry in _meant(entries, name)}
    record(db, [Change(key, "approved") for key in found], at)
    settle_resent(db, edition_id, (entry.leader_id for entry in found.values()))
    return list(found.values())


def _meant(entries: Sequence[Entry], name: str) -> list[Entry]:
    mine = [entry for entry in entries if entry.leader_id == name or _begins(entry, name)]
    mine.sort(key=lambda entry: entry.state in STUCK)  # where nothing can go, the error is about what went wrong last
    if not mine:
        raise UsageError(
            message("{name} is no message of this outbox.", name=name),
            remedy=message("See which there are: rencontres outbox"),
        )
    hindrances = [_hindrance(entry, entries, name) for entry in mine]
    if hindrances[-1] is not None and all(hindrances):
        raise hindrances[-1]
    return [entry for entry, hindrance in zip(mine, hindrances, strict=True) if hindrance is None]


def _hindrance(entry: Entry, entries: Iterable[Entry], name: str = "") -> DataError | None:
    """Return why a message may not go once more, None where it may."""
    if entry.state not in STUCK:
        return DataError(
            message(
                "{name} has not failed, nor is its fate unknown: its state is {state}.",
                name=name,
                state=STATE_WORDS[entry.state],
            ),
            remedy=message("Only what may not have arrived is sent again; see: rencontres outbox"),
        )
    if entry.is_unwritten:
        kind = AGENDA if entry.kind in AGENDAS else entry.kind
        return DataError(
            message("{name} could not be written, so there is nothing to send.", name=name),
            remedy=message("Correct the template, then call: rencontres send --kind {kind}", kind=kind),
        )
    if entry.kind in AGENDAS and entry.message_id != _newest_agenda(entry.leader_id, entries):
        return DataError(
            message("{name} holds no longer: a later plan has an agenda mail of its own for this leader.", name=name),
            remedy=message("See where every message stands: rencontres outbox"),
        )
    return None


def _newest_agenda(leader_id: str, entries: Iterable[Entry]) -> UUID:
    """Return the agenda mail of the newest plan version that a leader got or will get; ``entries`` have it last."""
    standing = [each for each in entries if each.kind in AGENDAS and each.state != "cancelled"]
    return [each.message_id for each in standing if each.leader_id == leader_id][-1]


def _begins(entry: Entry, name: str) -> bool:
    return len(name) >= _SHORTEST_ID and str(entry.message_id).startswith(name.lower())
