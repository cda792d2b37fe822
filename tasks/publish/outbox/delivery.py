"""Sending what waits in the outbox: each message once, over one connection, its state on disk before every dialogue."""

from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from smtplib import SMTP
from typing import TypeAlias

from tasks.errors import DataError
from tasks.messages import message
from tasks.publish.documents.publishing import Moved, unheard
from tasks.publish.outbox.ledger import (
    Entry,
    OutboxSummary,
    State,
    letters,
    read_addresses,
    read_entries,
    set_state,
    summarise,
)
from tasks.publish.outbox.mail import recipient_header, sender_address
from tasks.publish.outbox.smtp import Fate, SenderRefused, connected, hand_over, sender_refused
from tasks.settings import MailSettings
from tasks.store import Database
from tasks.workspace import Workspace

Clock: TypeAlias = Callable[[], datetime]
Letter: TypeAlias = tuple[Entry, str]


def deliver(
    workspace: Workspace, settings: MailSettings, clock: Clock, *, really: bool, moved: Moved = unheard
) -> OutboxSummary:
    """Send every waiting message once, or only count them when not ``really``.

    Messages in whose dialogue an earlier run ended become ``unknown`` and stay so: a person decides about them.
    Raises MailServerDown when the server cannot be reached (what was not tried keeps waiting), ConfigurationError when
    it refuses the user or the sender, or when the organiser's address is none, DataError when the file of a waiting
    message has gone.
    """
    edition_id = workspace.event.id
    with workspace.opened() as db:  # no transaction: every state is on disk as soon as it is set
        if not really:
            return summarise(db, edition_id)
        db.run("outbox/close_left_over", edition_id=edition_id, changed_at=clock())
        waiting = letters(read_entries(db, edition_id), read_addresses(db, edition_id))
        _require_files(workspace.folder, waiting)
        sender = sender_address(workspace.event.organiser).addr_spec
        post = _Post(db, workspace.folder, sender, settings, clock)
        tried = post.send(waiting, moved)
        return replace(summarise(db, edition_id), attempted=dict(tried), is_dry_run=False)


def _require_files(folder: Path, waiting: Iterable[Letter]) -> None:
    gone = [entry.leader_id for entry, _ in waiting if not (folder / entry.path).exists()]
    if gone:
        raise DataError(
            message(
                "the mails of these leaders are no longer where they were written: {leaders}.", leaders=", ".join(gone)
            ),
            where=str(folder / "out"),
            remedy=message("Fill the outbox again; nothing was sent."),
        )


@dataclass(frozen=True, slots=True)
class _Post:
    """What it takes to send: where states are kept, where mails lie, who sends, and over which server."""

    db: Database
    folder: Path
    sender: str
    settings: MailSettings
    clock: Clock

    def send(self, waiting: Iterable[Letter], moved: Moved) -> Counter[State]:
        """Try every letter and return how many met which fate; a lost connection is opened again for the next."""
        queue = deque(waiting)
        total = len(queue)
        tried: Counter[State] = Counter()
        again: set[str] = set()
        while queue:
            with connected(self.settings) as connection:
                is_connected = True
                while queue and is_connected:
                    letter = queue.popleft()
                    fate = self._try(connection, letter)
                    is_connected = fate.is_connected
                    # Servers hang up after so many mails (421): the one it happened to gets another try, once.
                    if fate.outcome == "deferred" and not is_connected and letter[0].leader_id not in again:
                        again.add(letter[0].leader_id)
                        queue.appendleft(letter)
                    else:
                        tried[fate.outcome] += 1
                        moved(total - len(queue), total)
        return tried

    def _try(self, connection: SMTP, letter: Letter) -> Fate:
        entry, address = letter
        content = recipient_header(address) + (self.folder / entry.path).read_bytes()
        self.db.run("outbox/begin_message", message_id=str(entry.message_id), changed_at=self.clock())
        try:
            fate = hand_over(connection, self.sender, address, content)
        except SenderRefused as refusal:
            set_state(self.db, entry.message_id, "deferred", self.clock(), refusal.code)
            raise sender_refused(self.settings, refusal.code) from refusal
        set_state(self.db, entry.message_id, fate.outcome, self.clock(), fate.smtp_code)
        return fate
