"""What the organiser decides: ``event.toml`` as one closed model."""

import difflib
import tomllib
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Final, Literal, Self, TypeAlias
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from tasks.errors import ConfigurationError
from tasks.messages import Language, Message, message

EVENT_FILE: Final = "event.toml"

Euros: TypeAlias = Annotated[Decimal, Field(ge=0, decimal_places=2)]
Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]
SpaceCode: TypeAlias = Literal["meetings", "exhibition", "brochures", "meeting_place"]


class Section(BaseModel):
    """A part of ``event.toml``: frozen, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Pause(Section):
    """Nobody meets from ``start`` until ``end``, local time."""

    start: time
    end: time


class Meetings(Section):
    """The afternoon's frame: local times, minutes, meetings per leader."""

    opens: time = time(14)
    closes: time = time(18)
    minutes: int = Field(default=20, ge=5, le=120)
    pauses: tuple[Pause, ...] = ()
    minimum: int = Field(default=4, ge=0)
    maximum: int = Field(default=10, ge=1)

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        """Refuse an afternoon that closes before it opens, or a minimum above the maximum."""
        if self.closes <= self.opens:
            msg = f"closes ({self.closes:%H:%M}) must come after opens ({self.opens:%H:%M})"
            raise ValueError(msg)
        if self.minimum > self.maximum:
            msg = f"minimum ({self.minimum}) is above maximum ({self.maximum})"
            raise ValueError(msg)
        return self


class Tables(Section):
    """Where people meet. ``fixed`` maps a company's name, as typed, to the table where its leader stays."""

    count: int = Field(default=60, ge=1, le=2000)
    names: tuple[str, ...] = ()
    fixed: dict[str, str] = Field(default_factory=dict)

    @property
    def ids(self) -> tuple[str, ...]:
        """The tables' names in order: those given, else T01, T02 and so on."""
        width = max(2, len(str(self.count)))
        return self.names or tuple(f"T{number:0{width}d}" for number in range(1, self.count + 1))

    @model_validator(mode="after")
    def names_are_tables(self) -> Self:
        """Refuse a list of names of another length, double names, and a fixed table that is none."""
        if self.names and (len(self.names) != self.count or len(set(self.names)) != self.count):
            msg = f"names must hold {self.count} different names"
            raise ValueError(msg)
        for company, table in self.fixed.items():
            if table not in self.ids:
                msg = f"fixed: {table} ({company}) is no table; tables run from {self.ids[0]} to {self.ids[-1]}"
                raise ValueError(msg)
        return self


class Price(Section):
    """What a leader pays, VAT included, and what an hour of a leader is reckoned at."""

    including_vat: Euros = Decimal("36.00")
    vat_percent: Decimal = Field(default=Decimal(20), ge=0, le=100)
    currency: Literal["EUR"] = "EUR"
    leader_hour: Euros = Decimal("60.00")


class Space(Section):
    """One of the four spaces, with its hours."""

    code: SpaceCode
    name: str
    name_en: str
    opens: time
    closes: time
    description: str = ""
    description_en: str = ""


class ProgrammeItem(Section):
    """A moment of the programme around the meetings."""

    start: time
    end: time
    title: str
    title_en: str
    place: str = ""


class Organiser(Section):
    """Who invites, and who signs the mails."""

    name: str
    email: str
    phone: str = ""
    reply_to: str = ""


class EarlierEdition(Section):
    """An edition that the memory holds beside this one."""

    id: str
    number: int = Field(ge=1)
    date: date
    title: str = ""


class Published(Section):
    """What was published about this edition elsewhere, to lay beside what is measured."""

    source: str = ""
    leaders: int | None = None
    meetings_minimum: int | None = None
    meetings_maximum: int | None = None
    satisfaction: Share | None = None
    repeat_before: Share | None = None
    repeat_share: Share | None = None
    price: Euros | None = None


class Objective(Section):
    """Weights of the objective (``docs/decisions.md``); the defaults are those of the contract."""

    rank_first: int = Field(default=108, ge=0)
    rank_step: int = Field(default=8, ge=0)
    rank_floor: int = Field(default=10, ge=0)
    mutual: int = Field(default=50, ge=0)
    gain: tuple[int, ...] = (60, 50, 40, 30, 20, 15, 10, 5)

    @field_validator("gain")
    @classmethod
    def gains_fall(cls, gain: tuple[int, ...]) -> tuple[int, ...]:
        """Refuse gains that rise: the flow bound needs them concave."""
        if any(later > earlier for earlier, later in pairwise(gain)) or any(value < 0 for value in gain):
            msg = "gain must not rise and must not be negative"
            raise ValueError(msg)
        return gain


class Retention(Section):
    """How long identities are kept after a person's last contact."""

    prospect_years: int = Field(default=3, ge=1, le=10)


class Export(Section):
    """What one file of the inbox is, where its content leaves a doubt."""

    source: str | None = None
    edition: str | None = None


class Event(Section):
    """Everything that ``event.toml`` holds."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    title_en: str = ""
    number: int = Field(ge=1)
    date: date
    timezone: str = "Europe/Paris"
    venue: str = ""
    address: str = ""
    languages: tuple[Language, ...] = ("fr", "en")
    meetings: Meetings = Meetings()
    tables: Tables = Tables()
    price: Price = Price()
    organiser: Organiser
    spaces: tuple[Space, ...] = ()
    programme: tuple[ProgrammeItem, ...] = ()
    editions: tuple[EarlierEdition, ...] = ()
    published: Published = Published()
    objective: Objective = Objective()
    retention: Retention = Retention()
    exports: dict[str, Export] = Field(default_factory=dict)

    @field_validator("timezone")
    @classmethod
    def zone_exists(cls, timezone: str) -> str:
        """Refuse a zone that the system does not know."""
        if timezone not in available_timezones():
            msg = f"{timezone} is no time zone; write for example Europe/Paris"
            raise ValueError(msg)
        return timezone

    @property
    def zone(self) -> ZoneInfo:
        """The event's time zone."""
        return ZoneInfo(self.timezone)

    def at(self, moment: time) -> datetime:
        """Return a local time of the event's day as an aware datetime in its zone."""
        return datetime.combine(self.date, moment, tzinfo=self.zone)

    def slot_starts(self) -> tuple[datetime, ...]:
        """Return the starts of all slots, in order, leaving out those that a pause touches."""
        length = timedelta(minutes=self.meetings.minutes)
        closes = self.at(self.meetings.closes)
        start = self.at(self.meetings.opens)
        starts = []
        while start + length <= closes:
            if all(start >= self.at(p.end) or start + length <= self.at(p.start) for p in self.meetings.pauses):
                starts.append(start)
            start += length
        return tuple(starts)


def load_event(folder: Path) -> Event:
    """Read ``event.toml`` of a workspace.

    Raises ConfigurationError, which names the key and, where one is near, the key that was meant.
    """
    path = folder / EVENT_FILE
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigurationError(
            message("there is no {file} in this folder.", file=EVENT_FILE),
            where=str(folder),
            remedy=message("Create one with: rencontres init {folder}", folder=folder),
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            message("this is not valid TOML: {detail}.", detail=str(error)),
            where=str(path),
            remedy=message("Correct the line, or compare with a new file made by: rencontres init"),
        ) from error
    try:
        return Event.model_validate(content)
    except ValidationError as error:
        raise ConfigurationError(
            _first_fault(error),
            where=str(path),
            remedy=message("Correct the key and call again; every key is explained in a file made by: rencontres init"),
        ) from error


def _first_fault(error: ValidationError) -> Message:
    fault = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in fault["loc"])
    if fault["type"] != "extra_forbidden":
        return message("{key}: {detail}.", key=key or EVENT_FILE, detail=fault["msg"].removeprefix("Value error, "))
    near = difflib.get_close_matches(str(fault["loc"][-1]), _known_keys(fault["loc"][:-1]), n=1, cutoff=0.5)
    if near:
        return message("unknown key {key}; did you mean {near}?", key=key, near=near[0])
    return message("unknown key {key}.", key=key)


def _known_keys(path: tuple[int | str, ...]) -> list[str]:
    """Return the keys that are allowed where ``path`` leads, by walking the model's own fields."""
    model: type[BaseModel] = Event
    for part in path:
        field = model.model_fields.get(str(part))
        if field is None:
            continue
        inner = [a for a in (field.annotation, *getattr(field.annotation, "__args__", ())) if _is_section(a)]
        if inner:
            model = inner[0]
    return list(model.model_fields)


def _is_section(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Section)
