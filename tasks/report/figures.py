"""The key figures: computed by the views of ``sql/mart``, frozen, and read back as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from tasks.errors import DataError
from tasks.event import Event
from tasks.messages import message
from tasks.store import Database

Unit: TypeAlias = Literal["count", "mean", "share", "points", "cents", "percent"]
Basis: TypeAlias = Literal["present", "registered"]

_CENTS: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the event."""

    edition_id: str
    number: int
    held_on: date
    is_current: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """One key figure of one edition.

    ``value`` is in ``unit``: a count, a mean, a share (0 to 1), NPS points, cents or percent; None where it was never
    measured. ``low`` and ``high`` bound it where they are known. ``basis`` says what the leaders present rest on.
    """

    edition_id: str
    code: str
    numerator: int | None
    denominator: int | None
    unknown_count: int | None
    value: float | None
    low: float | None
    high: float | None
    unit: Unit
    basis: Basis


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """All figures of all editions, oldest edition first."""

    editions: tuple[Edition, ...]
    by_code: Mapping[tuple[str, str], Figure]

    @property
    def current(self) -> Edition:
        """The edition of ``event.toml``."""
        return next(edition for edition in self.editions if edition.is_current)

    @property
    def previous(self) -> Edition | None:
        """The edition just before the current one."""
        earlier = [edition for edition in self.editions if edition.held_on < self.current.held_on]
        return earlier[-1] if earlier else None

    def of(self, edition: Edition, code: str) -> Figure | None:
        """Return a figure of an edition; None where the edition has no registrations at all, or it was not measured."""
        found = self.by_code.get((edition.edition_id, code))
        return None if found is None or found.value is None else found

    def now(self, code: str) -> Figure | None:
        """Return a figure of the current edition; None where it was not measured."""
        return self.of(self.current, code)


def compute(database: Database, event: Event) -> None:
    """Note the event's settings and freeze all key figures; run twice, it changes nothing the second time."""
    database.run(
        "mart/upsert_setting",
        edition_id=event.id,
        minimum_meetings=event.meetings.minimum,
        maximum_meetings=event.meetings.maximum,
        price_cents=int(event.price.including_vat * _CENTS),
        leader_hour_cents=int(event.price.leader_hour * _CENTS),
        afternoon_minutes=_afternoon_minutes(event),
        table_count=event.tables.count,
    )
    database.run("mart/insert_earlier_settings", edition_id=event.id)
    database.run("mart/delete_slots", edition_id=event.id)
    database.run(
        "mart/insert_slots",
        edition_id=event.id,
        slot_starts=list[datetime](event.slot_starts()),
        slot_minutes=event.meetings.minutes,
    )
    database.run("mart/freeze_figures")


def read_figures(database: Database) -> KeyFigures:
    """Read the frozen figures. Raises DataError when no edition is known yet."""
    editions = tuple(Edition(**row) for row in database.frame("mart/select_editions").to_dicts())
    if not any(edition.is_current for edition in editions):
        raise DataError(
            message("nothing is known of this edition yet."),
            where="core.edition",
            remedy=message("Drop the exports into the inbox, then call: rencontres ingest"),
        )
    figures = [Figure(**row) for row in database.frame("mart/select_key_figures").to_dicts()]
    return KeyFigures(editions, {(figure.edition_id, figure.code): figure for figure in figures})


def _afternoon_minutes(event: Event) -> int:
    """Return how long a leader is there for the meetings: from opening to closing, pauses included."""
    length = event.at(event.meetings.closes) - event.at(event.meetings.opens)
    return int(length.total_seconds()) // 60
