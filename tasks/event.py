"""What the organiser decides: ``event.toml`` as one closed model."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Annotated, Final, Literal, Self, TypeAlias
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from tasks.messages import Language, Message, message

Euros: TypeAlias = Annotated[Decimal, Field(ge=0, decimal_places=2)]
Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]
SpaceCode: TypeAlias = Literal["meetings", "exhibition", "brochures", "meeting_place"]

# The system's list is some hundred files; every step of a job reads event.toml.
_known_zones: Final = cache(available_timezones)


def refusal(reason: Message) -> PydanticCustomError:
    """Return what a validator raises to refuse a value with a sentence that can be translated."""
    return PydanticCustomError("refused", "{reason}", {"reason": reason})


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
            raise refusal(
                message("closes ({closes}) must come after opens ({opens})", closes=self.closes, opens=self.opens)
            )
        if self.minimum > self.maximum:
            raise refusal(message("minimum ({low}) is above maximum ({high})", low=self.minimum, high=self.maximum))
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
            raise refusal(message("names must hold {count} different names", count=self.count))
        for company, table in self.fixed.items():
            if table not in self.ids:
                raise refusal(
                    message(
                        "fixed: {table} ({company}) is no table; tables run from {first} to {last}",
                        table=table,
                        company=company,
                        first=self.ids[0],
                        last=self.ids[-1],
                    ),
                )
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
    """Weights of the objective (``docs/interchange.md``); the defaults are those of the contract."""

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
            raise refusal(message("gain must not rise and must not be negative"))
        return gain


class Retention(Section):
    """How long identities are kept after a person's last contact."""

    prospect_years: int = Field(default=3, ge=1, le=10)


class Export(Section):
    """What one file of the inbox is, where its content leaves a doubt; ``columns`` maps fields to headers."""

    source: str | None = None
    edition: str | None = None
    is_ignored: bool = False
    columns: dict[str, str] = Field(default_factory=dict)


class Suggestions(Section):
    """Partners proposed to leaders with fewer requests than the minimum, and for whom the plan may use them.

    ``used_for`` is ``nobody``, ``listed`` (the ``leaders`` named here) or ``everyone`` below the minimum. ``count`` is
    how many are proposed to each.
    """

    used_for: Literal["nobody", "listed", "everyone"] = "nobody"
    leaders: tuple[str, ...] = ()
    count: int = Field(default=6, ge=0, le=20)


class PlanChoices(Section):
    """How the plan is made. ``idle``: wait in as few slots as can be, or in as few groups of slots (breaks).

    ``nightly``: a preliminary plan every night, for the organiser alone, until a plan is approved.
    """

    idle: Literal["slots", "breaks"] = "slots"
    nightly: bool = False


class Category(Section):
    """An entry of the nomenclature of what companies sell and seek; ``words`` are other ways to say it."""

    code: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: str
    name_en: str = ""
    words: tuple[str, ...] = ()


class Digest(Section):
    """The organiser's morning mail: always written, mailed only where this says so."""

    is_mailed: bool = False
    to: str = ""


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
    suggestions: Suggestions = Suggestions()
    plan: PlanChoices = PlanChoices()
    categories: tuple[Category, ...] = ()
    digest: Digest = Digest()

    @field_validator("timezone")
    @classmethod
    def zone_exists(cls, timezone: str) -> str:
        """Refuse a zone that the system does not know."""
        if timezone not in _known_zones():
            raise refusal(message("{zone} is no time zone; write for example Europe/Paris", zone=timezone))
        return timezone

    @field_validator("categories")
    @classmethod
    def codes_differ(cls, categories: tuple[Category, ...]) -> tuple[Category, ...]:
        """Refuse a code that stands for two categories."""
        codes = [category.code for category in categories]
        for code in codes:
            if codes.count(code) > 1:
                raise refusal(message("the code {code} stands for two categories", code=code))
        return categories

    @property
    def zone(self) -> ZoneInfo:
        """The event's time zone."""
        return ZoneInfo(self.timezone)

    def at(self, moment: time) -> datetime:
        """Return a local time of the event's day as an aware datetime in its zone."""
        return datetime.combine(self.date, moment, tzinfo=self.zone)

    @property
    def report_rule(self) -> str:
        """When the report is due, as an iCalendar rule in local time: once, at 8 on the day after the event."""
        due = self.date + timedelta(days=1)
        return f"DTSTART:{due:%Y%m%d}T080000\nRRULE:FREQ=DAILY;COUNT=1"

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
