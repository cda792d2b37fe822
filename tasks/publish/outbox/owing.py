"""Who is owed an agenda: whoever's differs from the last one they were sent, or wait for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from tasks.publish.agendas.afternoon import PlannedMeeting, approved_version, read_meetings
from tasks.publish.agendas.agenda import Agenda, agenda_sha256
from tasks.publish.documents.publishing import Moved, Published, publish, unheard
from tasks.publish.outbox.calls import reachable_again
from tasks.publish.outbox.changes import Change, changes
from tasks.publish.outbox.kinds import AGENDA, AGENDAS, CHANGED_AGENDA
from tasks.publish.outbox.ledger import Entry, OutboxSummary, read_addresses, read_entries, summarise
from tasks.publish.outbox.letters.letter import Attachments, Letter, Reader
from tasks.publish.outbox.letters.meeting import agenda_letter
from tasks.publish.outbox.mail import message_id
from tasks.publish.outbox.states import TOLD, WAITING
from tasks.publish.outbox.sweeping import give_up, sweep
from tasks.publish.outbox.writing import Draft, write_mails
from tasks.store import Database
from tasks.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Owed:
    """An agenda to write: a new message, or one of which only the file is missing (``known``).

    ``told_version_id`` is the plan version whose agenda the leader had last, None where they had none.
    """

    agenda: Agenda
    message_id: UUID
    path: str
    told_version_id: str | None
    known: Entry | None = None


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
            needed.append(Owed(agenda, key, path, _told_version(mine)))
    return needed


def lost(
    standing: Sequence[Entry],
    workspace: Workspace,
    agendas: Iterable[Agenda],
    version_id: str,
    again: frozenset[UUID] = frozenset(),
) -> list[Owed]:
    """Return the messages to be written anew that still say what holds.

    What they say was corrected, their file has gone, or could not be written; or they came back and may go once more
    (``again``).
    """
    current = {agenda.leader_id: agenda for agenda in agendas}
    return [
        Owed(agenda, entry.message_id, entry.path, _told_version(_of(entry.leader_id, standing)), known=entry)
        for entry in standing
        if (agenda := current.get(entry.leader_id)) is not None
        and (
            (entry.state in WAITING and not _lies_there(workspace, entry, agenda))
            or ((entry.is_unwritten or entry.message_id in again) and entry.version_id == version_id)
        )
    ]


def _lies_there(workspace: Workspace, entry: Entry, agenda: Agenda) -> bool:
    return entry.agenda_sha256 == agenda_sha256(agenda) and (workspace.folder / entry.path).exists()


def _of(leader_id: str, entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.leader_id == leader_id]


def _told_version(mine: Iterable[Entry]) -> str | None:
    """Return the plan version of the newest agenda that a leader may have read."""
    told = [entry.version_id for entry in mine if entry.state in TOLD]
    return told[-1] if told else None


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
        swept = sweep(db, event, at)
        addresses = read_addresses(db, event.id)
        reachable = [agenda for agenda in agendas if addresses.get(agenda.leader_id) is not None]
        standing = [entry for entry in read_entries(db, event.id) if entry.kind in AGENDAS]
        again = reachable_again(db, event.id)
        needed = [*owed(standing, reachable, version_id), *lost(standing, workspace, reachable, version_id, again)]
        told = _told_meetings(db, needed)
        give_up(db, _replaced(standing, needed), at)
        drafts = [_draft(published, one, told.get(one.told_version_id or "", ())) for one in needed]
        written_count = write_mails(workspace, db, drafts, at)
        found = summarise(db, event.id, AGENDAS)
    return replace(found, version_id=version_id, written_count=written_count, cancelled_count=swept)


def _replaced(standing: Iterable[Entry], needed: Iterable[Owed]) -> list[Entry]:
    """Return the mails that failed and have nobody to reach any more: their readers get one of a later version."""
    anew = {one.agenda.leader_id for one in needed if one.known is None}
    return [entry for entry in standing if entry.state == "failed" and entry.leader_id in anew]


def _told_meetings(db: Database, needed: Iterable[Owed]) -> Mapping[str, tuple[PlannedMeeting, ...]]:
    """Return the meetings of every plan version that somebody to be written to was told of."""
    versions = {one.told_version_id for one in needed if one.told_version_id}
    return {version_id: read_meetings(db, version_id) for version_id in versions}


def _draft(published: Published, one: Owed, told: Iterable[PlannedMeeting]) -> Draft:
    agenda, leader_id = one.agenda, one.agenda.leader_id
    afternoon = published.afternoon
    mine = [meeting for meeting in told if leader_id in {meeting.leader_a, meeting.leader_b}]
    changed = None if one.told_version_id is None else changes(agenda, mine, afternoon.people)
    return Draft(
        leader_id=leader_id,
        kind=AGENDA if changed is None else CHANGED_AGENDA,
        letter=_letter(published, one, changed),
        path=one.path,
        state=one.known.state if one.known and one.known.state in WAITING else "approved",
        known=one.known,
        version_id=afternoon.version.version_id,
        agenda_sha256=agenda_sha256(agenda),
    )


def _letter(published: Published, one: Owed, changed: Sequence[Change] | None) -> Letter:
    agenda = one.agenda
    documents = published.folder / "agendas"
    has_entries = bool(agenda.meetings or published.afternoon.former_meetings_of(agenda.leader_id))
    attached = Attachments(
        pdf=(documents / f"{agenda.leader_id}.pdf").read_bytes(),
        calendar=(documents / f"{agenda.leader_id}.ics").read_bytes() if has_entries else None,
    )
    content = agenda_letter(agenda, has_calendar=has_entries, changed=changed)
    return Letter(one.message_id, AGENDA, Reader(agenda.name, agenda.language, agenda.occasion), content, attached)
