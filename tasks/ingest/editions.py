"""Which edition a file belongs to: by the dates in it, unless ``event.toml`` says otherwise."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from tasks.event import Event
from tasks.event_sections import EarlierEdition
from tasks.ingest.formats.sources import Kind

# What people fill in before the afternoon; the rest is filled in after it.
_BEFORE: Final = frozenset({"registration", "wishes"})
# Nobody sells tickets earlier than that; a session may be named by the eve of the event.
_EARLIEST_ORDER: Final = timedelta(days=396)
_BESIDE: Final = timedelta(days=1)


def all_editions(event: Event) -> tuple[EarlierEdition, ...]:
    """Return this and all earlier editions, the oldest first."""
    current = EarlierEdition(id=event.id, number=event.number, date=event.date, title=event.title)
    return tuple(sorted((*event.editions, current), key=lambda edition: edition.date))


def edition_of(kind: Kind, instants: Sequence[datetime], event: Event) -> str:
    """Return the edition of a file from the instants in it, the current one where there are none.

    Registrations and wishes come before the first edition held on or after their median; check-ins, surveys and deals
    after the last edition held on or before it. The median shrugs off a mistyped year.
    """
    if not instants:
        return event.id
    day = median(instants, event)
    return _first_after(day, event) if kind in _BEFORE else _last_before(day, event)


def median(instants: Sequence[datetime], event: Event) -> date:
    """Return the median day of some instants, in the zone of the event. There must be one."""
    return sorted(instants)[len(instants) // 2].astimezone(event.zone).date()


def held_on(day: date, event: Event) -> str | None:
    """Return the edition held on a day or the day beside it, None where none was."""
    return next((edition.id for edition in all_editions(event) if abs(edition.date - day) <= _BESIDE), None)


def is_long_before(kind: Kind, instants: Sequence[datetime], edition_id: str, event: Event) -> bool:
    """Say whether registrations or wishes came so long before an edition that they are more likely another event's."""
    if kind not in _BEFORE or not instants:
        return False
    day = next(edition.date for edition in all_editions(event) if edition.id == edition_id)
    return day - median(instants, event) > _EARLIEST_ORDER


def _first_after(day: date, event: Event) -> str:
    return next((edition.id for edition in all_editions(event) if edition.date >= day), event.id)


def _last_before(day: date, event: Event) -> str:
    return next((edition.id for edition in reversed(all_editions(event)) if edition.date <= day), event.id)
