"""Taking back what has not left and is meant for nobody any more: too late, unwanted, or for one who withdrew."""

from collections.abc import Iterable
from datetime import datetime

import polars as pl

from tasks.event import Event
from tasks.publish.outbox.calls import settle_calls
from tasks.publish.outbox.kinds import BY_CODE
from tasks.publish.outbox.ledger import Change, Entry, read_addresses, read_entries, record
from tasks.publish.outbox.states import WAITING
from tasks.publish.outbox.suppression import read_suppressions
from tasks.store import Database


def sweep(db: Database, event: Event, at: datetime) -> int:
    """Take back mails other than agendas that may no longer go, and settle the call list; return how many.

    A reminder that a server deferred for days must not arrive after the event, nor reach somebody who has asked
    for no more mails since.
    """
    settle_calls(db, event.id)
    today = at.astimezone(event.zone).date()
    addresses = read_addresses(db, event.id)
    known = read_suppressions(db)

    def is_meant(entry: Entry) -> bool:
        kind = BY_CODE[entry.kind]
        _, last = kind.window(event)
        if entry.leader_id not in addresses or (last is not None and last < today):
            return False
        address = addresses[entry.leader_id]
        return address is None or known.allow(address, is_transactional=kind.is_transactional)

    entries = [entry for entry in read_entries(db, event.id) if entry.kind in BY_CODE]
    return take_back(db, [entry for entry in entries if not is_meant(entry)], at)


def take_back(db: Database, entries: Iterable[Entry], at: datetime) -> int:
    """Cancel what waits and delete what is a draft among some messages; return how many that were."""
    found = list(entries)
    waiting = [entry for entry in found if entry.state in WAITING]
    record(db, [Change(entry.message_id, "cancelled") for entry in waiting], at)
    drafts = [str(entry.message_id) for entry in found if entry.state == "draft"]
    if drafts:
        db.run("outbox/delete_drafts", frame=pl.DataFrame({"message_id": drafts}))
    return len(waiting) + len(drafts)
