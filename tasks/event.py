"""What the organiser decides: ``event.toml`` as one closed model."""

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, field_validator

from tasks.event_choices import (
    Brand,
    Category,
    Digest,
    Export,
    Mail,
    Objective,
    PlanChoices,
    PrintChoices,
    Retention,
    Suggestions,
    TemplateChoices,
)
from tasks.event_sections import (
    EarlierEdition,
    Meetings,
    Organiser,
    Price,
    ProgrammeItem,
    Published,
    Section,
    Space,
    Tables,
    refusal,
)
from tasks.messages import Language, message

# The system's list is some hundred files; every step of a job reads event.toml.
_known_zones: Final = cache(available_timezones)


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
    brand: Brand = Brand()
    templates: TemplateChoices = TemplateChoices()
    mail: Mail = Mail()
    print: PrintChoices = PrintChoices()

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
