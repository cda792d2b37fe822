"""When a preliminary plan is made: to see, while registrations come in, what they would give. It replaces nothing."""

from datetime import datetime
from typing import Final

from pydantic import TypeAdapter

from tasks.event import Event
from tasks.messages import Message, message
from tasks.store import Database

_COUNT: Final = TypeAdapter(int)


def why_not(db: Database, event: Event, at: datetime, *, if_nightly: bool) -> Message | None:
    """Return why no preliminary plan is due, None where it is. ``if_nightly``: only where event.toml asks for it."""
    if if_nightly and not event.plan.nightly:
        return message("not asked for: [plan] nightly = false in event.toml")
    approved = db.value("plan/select_approved_version", edition_id=event.id)
    if approved is not None:
        return message("{version} is approved: what follows is for a person to decide", version=str(approved))
    if at >= event.at(event.meetings.opens):
        return message("the event has begun")
    if _COUNT.validate_python(db.value("plan/count_registered", edition_id=event.id)) == 0:
        return message("nobody is registered yet")
    return None


def is_planned(db: Database, edition_id: str, registrations_sha256: str | None) -> bool:
    """Say whether the newest version was made from these registrations, whatever its kind."""
    return db.value("plan/select_newest_registrations", edition_id=edition_id) == registrations_sha256
