"""What an event is, as sections of ``event.toml``: its afternoon, its tables, its price, who invites."""

from datetime import date, time
from decimal import Decimal
from math import ceil, sqrt
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from tasks.messages import Message, message

Euros: TypeAlias = Annotated[Decimal, Field(ge=0, decimal_places=2)]
Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]
SpaceCode: TypeAlias = Literal["meetings", "exhibition", "brochures", "meeting_place"]


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
    """Where people meet. ``fixed`` maps a company's name, as typed, to the table where its leader stays.

    ``columns`` is how many tables stand in a row of the room, for the small plan on the agendas; None: as in a room
    that is about half again as wide as it is deep.
    """

    count: int = Field(default=60, ge=1, le=2000)
    columns: int | None = Field(default=None, ge=1, le=100)
    names: tuple[str, ...] = ()
    fixed: dict[str, str] = Field(default_factory=dict)

    @property
    def ids(self) -> tuple[str, ...]:
        """The tables' names in order: those given, else T01, T02 and so on."""
        width = max(2, len(str(self.count)))
        return self.names or tuple(f"T{number:0{width}d}" for number in range(1, self.count + 1))

    def row_length(self, count: int) -> int:
        """Return how many of ``count`` tables stand in a row."""
        return self.columns or max(1, ceil(sqrt(1.5 * count)))

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
    place_en: str = ""


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
