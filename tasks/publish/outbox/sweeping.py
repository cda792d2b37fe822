"""Taking back what has not left and is meant for nobody any more: too late, unwanted, overtaken, its reader gone."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import polars as pl

from tasks.event import Event
from tasks.publish.agendas.afternoon import read_afternoon
from tasks.publish.agendas.agenda import Agenda, agenda_sha256
from tasks.publish.agendas.compose import agendas
from tasks.publish.outbox.calls import settle_calls
from tasks.publish.outbox.kinds import AGENDAS, BY_CODE
from tasks.publish.outbox.ledger import Change, Entry, read_addresses, read_entries, record
from tasks.publish.outbox.states import WAITING
from tasks.publish.outbox.suppression import read_suppressions
from tasks.store import Database


def sweep(db: Database, event: Event, at: datetime) -> int:
    """Take back mails that may no longer go, whatever their kind, and settle the call list; return how many.

    A reminder that a server deferred for days must not arrive after the event, nor reach somebody who has asked
    for no more mails since; and a deferred agenda must not arrive once a person has approved another one.
    """
    settle_calls(db, event.id)
    entries = read_entries(db, event.id)
    return take_back(db, [*_unwanted(db, event, entries, at), *_overtaken(db, event, entries)], at)


def _unwanted(db: Database, event: Event, entries: Iterable[Entry], at: datetime) -> list[Entry]:
    """Return the mails other than agendas whose day has passed, or whose reader withdrew or wants none.

    What a person has written or let go again after its day is meant to go. An agenda waits for who withdrew: a version
    has one for each, and whoever comes back needs it.
    """
    today = at.astimezone(event.zone).date()
    addresses = read_addresses(db, event.id)
    known = read_suppressions(db)

    def is_meant(entry: Entry) -> bool:
        kind = BY_CODE[entry.kind]
        _, last = kind.window(event)
        if entry.leader_id not in addresses:
            return False
        if last is not None and entry.changed_at.astimezone(event.zone).date() <= last < today:
            return False
        address = addresses[entry.leader_id]
        return address is None or known.allow(address, is_transactional=kind.is_transactional)

    return [entry for entry in entries if entry.kind in BY_CODE and not is_meant(entry)]


def _overtaken(db: Database, event: Event, entries: Iterable[Entry]) -> list[Entry]:
    """Return the waiting agendas of which the plan in force says something else."""
    version_id = db.value("outbox/select_approved_version", edition_id=event.id)
    others = [entry for entry in entries if entry.kind in AGENDAS and entry.version_id != version_id]
    if version_id is None or not any(entry.state in WAITING for entry in others):
        return []  # nearly always: reading the afternoon can be spared
    afternoon = read_afternoon(db, event.id, str(version_id), event.zone)
    return outdated(others, agendas(event, afternoon), str(version_id))


def outdated(entries: Iterable[Entry], made: Sequence[Agenda], version_id: str) -> list[Entry]:
    """Return the waiting messages of other plan versions that do not say what the agendas ``made`` of this one say."""
    current = {agenda.leader_id: agenda_sha256(agenda) for agenda in made}
    return [
        entry
        for entry in entries
        if entry.state in WAITING
        and entry.version_id != version_id
        and entry.agenda_sha256 != current.get(entry.leader_id, entry.agenda_sha256)
    ]


def take_back(db: Database, entries: Iterable[Entry], at: datetime) -> int:
    """Cancel what waits and delete what is a draft among some messages; return how many that were."""
    found = list(entries)
    waiting = [entry for entry in found if entry.state in WAITING]
    record(db, [Change(entry.message_id, "cancelled") for entry in waiting], at)
    drafts = [str(entry.message_id) for entry in found if entry.state == "draft"]
    if drafts:
        db.run("outbox/delete_drafts", frame=pl.DataFrame({"message_id": drafts}))
    return len(waiting) + len(drafts)


def give_up(db: Database, failed: Iterable[Entry], at: datetime) -> None:
    """Cancel mails that failed and will not be tried again."""
    record(db, [Change(entry.message_id, "cancelled") for entry in failed], at)
