"""Which edition a file belongs to: by the dates in it, unless ``event.toml`` says otherwise."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from tasks.event import EarlierEdition, Event
from tasks.ingest.formats.sources import Kind

# What people fill in before the afternoon; the rest is filled in after it.
_BEFORE: Final = frozenset({"registration", "wishes"})


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
    median = sorted(instants)[len(instants) // 2].astimezone(event.zone).date()
    return _first_after(median, event) if kind in _BEFORE else _last_before(median, event)


def _first_after(day: date, event: Event) -> str:
    return next((edition.id for edition in all_editions(event) if edition.date >= day), event.id)


def _last_before(day: date, event: Event) -> str:
    return next((edition.id for edition in reversed(all_editions(event)) if edition.date <= day), event.id)
