"""Sending what waits in the outbox: each message once, over one connection, its state on disk before every dialogue."""

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from smtplib import SMTP
from typing import Final

from tasks.errors import DataError, RencontresError
from tasks.mail_settings import MailSettings
from tasks.messages import Message, message, plural
from tasks.publish.documents.publishing import Moved, unheard
from tasks.publish.outbox.connection import connected, silent
from tasks.publish.outbox.kinds import AGENDA, sent_as
from tasks.publish.outbox.ledger import OutboxSummary, close_left_over, letters, read_addresses, read_entries, summarise
from tasks.publish.outbox.mail import content_sha256, recipient_header, sender_address
from tasks.publish.outbox.pace import Pace
from tasks.publish.outbox.smtp import Fate, SenderRefused, hand_over, sender_refused
from tasks.publish.outbox.states import State
from tasks.publish.outbox.sweeping import sweep
from tasks.publish.outbox.under_way import Clock, Letter, UnderWay
from tasks.workspace import Workspace

# So many connections lost one after the other, without an answer about any message, are the server's fault and not the
# messages': a server that says nothing would otherwise leave the fate of every single one unknown.
_LOST_IN_A_ROW: Final = 3


def deliver(
    workspace: Workspace,
    settings: MailSettings,
    clock: Clock,
    *,
    really: bool,
    kind: str = AGENDA,
    moved: Moved = unheard,
    pace: Pace | None = None,
) -> OutboxSummary:
    """Send every message of a kind that may go now, once, or only count what waits when not ``really``.

    Messages in whose dialogue an earlier run ended become ``unknown`` and stay so: a person decides about them. What
    waits and may no longer go is cancelled first.
    Raises MailServerDown when the server cannot be reached or breaks off again and again (what was not tried keeps
    waiting), ConfigurationError when it refuses the user or the sender, or when the organiser's address is none,
    DataError when the file of a waiting message has gone or changed, StorageFull when a state cannot be written.
    """
    edition_id = workspace.event.id
    with workspace.opened() as db:  # no transaction: every state is on disk as soon as it is set
        if not really:
            return summarise(db, edition_id, sent_as(kind))
        close_left_over(db, edition_id, clock())
        now = clock()
        sweep(db, workspace.event, now)  # a person may have approved another plan since the outbox was filled
        waiting = letters(read_entries(db, edition_id), read_addresses(db, edition_id))
        due = [letter for letter in waiting if letter[0].kind in sent_as(kind) and letter[0].is_due(now)]
        due.sort(key=lambda letter: letter[0].attempt_count)  # at whom a server hangs up must not keep back the others
        _require_files(workspace.folder, due)
        sender = sender_address(workspace.event.organiser).addr_spec
        way = UnderWay(db, clock, deque(due), pace or Pace(settings.per_minute))
        tried = _Post(workspace.folder, sender, settings, way).send(moved)
        return replace(summarise(db, edition_id, sent_as(kind)), attempted=dict(tried), is_dry_run=False)


def _require_files(folder: Path, due: Iterable[Letter]) -> None:
    """Refuse to send anything but what was written and could be read before: all files are there, unchanged."""
    gone, changed = [], []
    for entry, _ in due:
        path = folder / entry.path
        if not path.exists():
            gone.append(entry.leader_id)
        elif content_sha256(path.read_bytes()) != entry.content_sha256:
            changed.append(entry.leader_id)
    if gone:
        raise _wrong_files(
            folder,
            message(
                "the mails of these leaders are no longer where they were written: {leaders}.", leaders=", ".join(gone)
            ),
            message("Call the same without --really: it writes them again. Nothing was sent."),
        )
    if changed:
        raise _wrong_files(
            folder,
            message(
                "the mails of these leaders were changed after they were written: {leaders}.",
                leaders=", ".join(changed),
            ),
            message("Remove these files and call the same without --really: it writes them again. Nothing was sent."),
        )


def _wrong_files(folder: Path, what: Message, remedy: Message) -> DataError:
    return DataError(what, where=str(folder / "out"), remedy=remedy)


def _after(error: RencontresError, sent_count: int) -> RencontresError:
    """Return what stopped a run with how many mails had gone before, where some had."""
    if not sent_count:
        return error
    before = plural("{count} mail had gone before.", "{count} mails had gone before.", count=sent_count)
    what = message("{one} {other}", one=error.what, other=before)
    return type(error)(what, where=error.where, remedy=error.remedy)


@dataclass(frozen=True, slots=True)
class _Post:
    """What it takes to send: where mails lie, who sends, over which server, and what is under way."""

    folder: Path
    sender: str
    settings: MailSettings
    way: UnderWay

    def send(self, moved: Moved) -> Counter[State]:
        """Try every letter and return how many met which fate; a lost connection is opened again for the next."""
        total = self.way.count
        tried: Counter[State] = Counter()
        lost_in_a_row = 0
        try:
            while self.way.count:
                with connected(self.settings) as connection:
                    is_connected = True
                    while self.way.count and is_connected:
                        fate = self._talk(connection)
                        is_connected = fate.is_connected
                        lost_in_a_row = 0 if fate.is_about_the_message else lost_in_a_row + 1
                        # Servers hang up after so many mails (421): the one it happened to gets another try, once.
                        if fate.outcome == "deferred" and not is_connected and not self.way.is_second_try:
                            self.way.try_again()
                        else:
                            self.way.settle(fate)
                            tried[fate.outcome] += 1
                            moved(total - self.way.count, total)
                if lost_in_a_row >= _LOST_IN_A_ROW and self.way.count:
                    raise silent(self.settings)
        except RencontresError as error:
            raise _after(error, tried["sent"]) from error
        finally:
            self.way.close()
        return tried

    def _talk(self, connection: SMTP) -> Fate:
        entry, address = self.way.begin()
        content = recipient_header(address) + (self.folder / entry.path).read_bytes()
        self.way.speak()
        try:
            return hand_over(connection, self.sender, address, content)
        except SenderRefused as refusal:
            self.way.settle(Fate("deferred", refusal.code, is_connected=False, said=refusal.said))
            raise sender_refused(self.settings, refusal.code) from refusal
