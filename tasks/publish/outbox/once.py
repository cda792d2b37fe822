"""The mails that every leader whom they concern gets once in an edition: from the invitation to the last follow-up."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from tasks.publish.agendas.afternoon import approved_version
from tasks.publish.agendas.agenda import Agenda
from tasks.publish.agendas.compose import occasion_of
from tasks.publish.documents.publishing import Moved, publish, unheard
from tasks.publish.outbox.calls import reachable_again
from tasks.publish.outbox.kinds import Kind, require_due, sent_as
from tasks.publish.outbox.ledger import Entry, OutboxSummary, read_addresses, read_entries, summarise
from tasks.publish.outbox.letters.facts import Facts, read_facts
from tasks.publish.outbox.letters.letter import Letter, Reader
from tasks.publish.outbox.mail import message_id
from tasks.publish.outbox.states import WAITING, State
from tasks.publish.outbox.suppression import Suppressions, salted
from tasks.publish.outbox.sweeping import sweep, take_back
from tasks.publish.outbox.writing import Draft, write_mails
from tasks.store import Database
from tasks.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Meant:
    """Whether a person has said that the mails may really go, and that they may go on a day that is not theirs."""

    really: bool = False
    anyway: bool = False


MEANT_TO_BE_READ: Final = Meant()


def fill_kind(workspace: Workspace, kind: Kind, at: datetime, meant: Meant, moved: Moved = unheard) -> OutboxSummary:
    """Write a mail of a kind for every leader whom it concerns and who has not had it in this edition.

    Without ``really`` they are drafts, to be read and never sent; with it the drafts become messages that wait.
    A draft is brought up to date; what was tried once stays as it went. Raises UsageError when it is not the time of
    this mail, DataError when it needs an approved plan and there is none.
    """
    event = workspace.event
    today = at.astimezone(event.zone).date()
    if not meant.anyway:
        require_due(kind, event, today)
    agendas = _approved_agendas(workspace, moved) if kind.needs_plan else ()
    with workspace.writing() as db:
        swept = sweep(db, event, at)
        facts = read_facts(db, event, today, agendas)
        known = salted(db)
        concerned = set(_concerned(db, kind, facts, known))
        entries = [entry for entry in read_entries(db, event.id) if entry.kind == kind.code]
        swept += take_back(db, [entry for entry in entries if entry.leader_id not in concerned], at)
        standing = {entry.leader_id: entry for entry in entries}
        again = reachable_again(db, event.id)
        written = _Round(kind, facts, known, meant.really)
        drafts = [
            written.draft(leader_id, standing.get(leader_id))
            for leader_id in sorted(concerned)
            if _is_open(standing.get(leader_id), again)
        ]
        written_count = write_mails(workspace, db, drafts, at)
        found = summarise(db, event.id, sent_as(kind.code))
    return replace(found, written_count=written_count, cancelled_count=swept)


def _approved_agendas(workspace: Workspace, moved: Moved) -> tuple[Agenda, ...]:
    with workspace.opened() as db:
        version_id = approved_version(db, workspace.event.id)
    return publish(workspace, version_id, moved).agendas


def _concerned(db: Database, kind: Kind, facts: Facts, known: Suppressions) -> Iterator[str]:
    """Return whom a mail concerns and whom it may reach."""
    values = {"minimum": facts.event.meetings.minimum}
    addresses = read_addresses(db, facts.event.id)
    rows = db.rows(kind.concerned, edition_id=facts.event.id, **{name: values[name] for name in kind.binds})
    for row in rows:
        address = addresses.get(str(row["leader_id"]))
        if address is not None and known.allow(address, is_transactional=kind.is_transactional):
            yield str(row["leader_id"])


@dataclass(frozen=True, slots=True)
class _Round:
    """One kind of mail, written to all of whom it concerns."""

    kind: Kind
    facts: Facts
    known: Suppressions
    is_meant: bool

    def draft(self, leader_id: str, entry: Entry | None) -> Draft:
        """Return the message to a leader; ``entry`` is the one that is there already."""
        event, person = self.facts.event, self.facts.people[leader_id]
        key = message_id(event.id, leader_id, self.kind.code)
        letter = Letter(
            key=key,
            template=self.kind.code,
            reader=Reader(person.name, person.language, occasion_of(event, person.language)),
            content=self.kind.write(self.facts, person),
            token="" if self.kind.is_transactional else self.known.token(key),
        )
        path = f"out/letters/{self.kind.code}/{leader_id}.eml"
        return Draft(leader_id, self.kind.code, letter, path, self._state(entry), entry)

    def _state(self, entry: Entry | None) -> State:
        """Return the state of a message once it is written; what waits keeps its turn."""
        if entry is not None and entry.state in WAITING:
            return entry.state
        return "approved" if self.is_meant else "draft"


def _is_open(entry: Entry | None, again: frozenset[UUID]) -> bool:
    """Say whether a message may still be written: no server has taken it, or it came back and may go once more."""
    if entry is None or entry.state == "draft" or entry.state in WAITING:
        return True
    return entry.is_unwritten or entry.message_id in again
