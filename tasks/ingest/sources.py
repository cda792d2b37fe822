"""The export formats we read, as data: one TOML file a format in ``sources/``. To add a format is to add a file."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from tasks.messages import Message, message

SOURCE_FOLDER: Final = Path(__file__).parent / "sources"

Kind: TypeAlias = Literal["registration", "wishes", "exhibitors", "checkin", "outcomes", "survey", "deals"]
TicketStatus: TypeAlias = Literal["valid", "cancelled", "unpaid", "test"]


class Section(BaseModel):
    """A part of a source file: frozen, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class StatusRule(Section):
    """A ticket has ``status`` if one of ``fields`` is one of ``values``, holds one of ``words``, or is above zero."""

    status: TicketStatus
    fields: tuple[str, ...]
    values: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    above_zero: bool = False
    is_refunded: bool = False


class Source(Section):
    """One export format.

    ``columns`` maps each field that is kept to its headers, the best first; whatever is not named is dropped at the
    door. ``series`` does so for numbered columns (``{n}`` in the header; fields ``wish_1``, ``wish_2`` ...). A file is
    of this format if all ``required`` fields are there. ``joined`` puts a field together from others:
    ``"{order_number}-{position}"``.
    ``codes`` translates what cells say; ``sheets`` tells what the name of a sheet means.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str
    kind: Kind
    required: tuple[str, ...] = Field(min_length=1)
    dated_by: str = ""
    date_order: Literal["day_first", "month_first"] = "day_first"
    columns: dict[str, tuple[str, ...]]
    series: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    joined: dict[str, str] = Field(default_factory=dict)
    statuses: tuple[StatusRule, ...] = ()
    codes: dict[str, dict[str, str]] = Field(default_factory=dict)
    sheets: dict[str, str] = Field(default_factory=dict)

    @property
    def name(self) -> Message:
        """The title in a reader's language; products keep their names, our own lists are in the catalogue."""
        return message(self.title)


@cache
def all_sources() -> tuple[Source, ...]:
    """Return every format of ``sources/``, ordered by id."""
    return tuple(read_source(path) for path in sorted(SOURCE_FOLDER.glob("*.toml")))


def read_source(path: Path) -> Source:
    """Read one format. Raises pydantic's ValidationError where the file is not one: that is a fault of ours."""
    return Source.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


@cache
def source_named(source_id: str) -> Source:
    """Return a format by its id. Raises KeyError where there is none."""
    return {source.id: source for source in all_sources()}[source_id]
