"""Sending the digest: once a night, its state on disk before the dialogue, as for every other mail."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final, Literal, TypeAlias

from pydantic import TypeAdapter

from tasks.errors import ConfigurationError, DataError
from tasks.event import Event
from tasks.mail_settings import MailSettings
from tasks.messages import Message, message
from tasks.publish.outbox.connection import connected
from tasks.publish.outbox.mail import recipient_header, sendable_address, sender_address
from tasks.publish.outbox.smtp import SenderRefused, hand_over, sender_refused
from tasks.store import Database
from tasks.workspace import Workspace

State: TypeAlias = Literal["written", "sending", "sent", "deferred", "failed", "unknown"]
WAITING: Final[frozenset[State]] = frozenset({"written", "deferred"})


@dataclass(frozen=True, slots=True)
class NightlyDigest:
    """The digest written last and what became of it, in this run if ``was_tried``; ``path`` is below the workspace."""

    night: date
    path: str
    state: State
    is_quiet: bool
    was_tried: bool = False
    is_dry_run: bool = True

    @property
    def sentence(self) -> Message:
        """What became of it, in words."""
        if self.state in WAITING and self.is_dry_run:
            return message("The digest of {night} is ready: {path}", night=self.night, path=self.page)
        if self.state == "sent" and not self.was_tried:
            return message("The digest of {night} has been sent before; it goes once a night.", night=self.night)
        return message("{fate} ({night}, {path})", fate=_FATES[self.state], night=self.night, path=self.page)

    @property
    def page(self) -> str:
        """The page that says the same, relative to the workspace."""
        return str(Path(self.path).with_suffix(".html"))


_FATES: Final[dict[State, Message]] = {
    "written": message("The digest was not sent"),
    "sending": message("Another run is sending the digest, or broke off in doing so"),
    "sent": message("The digest was sent"),
    "deferred": message("The mail server asks for patience: call again later to send the digest"),
    "failed": message("The mail server refuses the digest for good: check the address in event.toml"),
    "unknown": message("Nobody knows whether the digest arrived; it is not sent again"),
}
_NEWEST: Final = TypeAdapter(NightlyDigest)


def send_digest(
    workspace: Workspace, settings: MailSettings, clock: Callable[[], datetime], *, really: bool
) -> NightlyDigest:
    """Send the newest digest unless it was tried for good before, or only say where it stands when not ``really``.

    Raises DataError where no digest was written yet or its file has gone, ConfigurationError for an address that is
    none, MailServerDown when the server cannot be reached.
    """
    event = workspace.event
    with workspace.opened() as db:  # no transaction: every state is on disk as soon as it is set
        found = _newest(db, event)
        if not really:
            return found
        if found.state == "sending":  # an earlier run ended in the dialogue: nobody knows whether the mail arrived
            return replace(_noted(db, event, found, "unknown", clock()), is_dry_run=False)
        if found.state not in WAITING:
            return replace(found, is_dry_run=False)
        recipient = _recipient(event)
        content = _content(workspace, found)
        sender = sender_address(event.organiser).addr_spec
        with connected(settings) as connection:
            db.run("outbox/begin_digest", edition_id=event.id, night=found.night, changed_at=clock())
            try:
                fate = hand_over(connection, sender, recipient, recipient_header(recipient) + content)
            except SenderRefused as refusal:
                _noted(db, event, found, "deferred", clock(), refusal.code)
                raise sender_refused(settings, refusal.code) from refusal
            tried = _noted(db, event, found, fate.outcome, clock(), fate.smtp_code)
        return replace(tried, was_tried=True, is_dry_run=False)


def _newest(db: Database, event: Event) -> NightlyDigest:
    rows = db.rows("outbox/select_newest_digest", edition_id=event.id)
    if not rows:
        raise DataError(
            message("no digest was written yet."),
            remedy=message("It is written with every ingestion; call: rencontres ingest"),
        )
    return _NEWEST.validate_python(rows[0])


def _recipient(event: Event) -> str:
    address = sendable_address(event.digest.to or event.organiser.email)
    if address is None:
        raise ConfigurationError(
            message("the address for the digest cannot be used in a mail."),
            where="event.toml, [digest]",
            remedy=message("Correct to; an address looks like name@chamber.example."),
        )
    return address


def _content(workspace: Workspace, found: NightlyDigest) -> bytes:
    path = workspace.folder / found.path
    if not path.exists():
        raise DataError(
            message("the digest is no longer where it was written."),
            where=str(path),
            remedy=message("It is written with every ingestion; call: rencontres ingest"),
        )
    return path.read_bytes()


def _noted(
    db: Database, event: Event, found: NightlyDigest, state: State, at: datetime, smtp_code: int | None = None
) -> NightlyDigest:
    """Record what became of the digest; this is on disk when it returns."""
    db.run(
        "outbox/update_digest",
        edition_id=event.id,
        night=found.night,
        state=state,
        smtp_code=smtp_code,
        changed_at=at,
    )
    return replace(found, state=state)
