"""The export formats we read, as data: one TOML file a format in ``sources/``. To add a format is to add a file."""

import tomllib
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from tasks.ingest.formats import fields
from tasks.ingest.formats.wording import Wordings
from tasks.ingest.values.folding import fold
from tasks.messages import Message, message

SOURCE_FOLDER: Final = Path(__file__).parents[1] / "sources"

Kind: TypeAlias = Literal[
    "registration", "wishes", "exhibitors", "checkin", "outcomes", "survey", "deals", "corrections"
]
TicketStatus: TypeAlias = Literal["valid", "cancelled", "unpaid", "test"]
DateOrder: TypeAlias = Literal["day_first", "month_first"]


def _alternatives(value: object) -> object:
    """Return a lone name as one of one: ``["status", ["company", "email"]]`` wants a company or an e-mail."""
    return (value,) if isinstance(value, str) else value


Alternatives: TypeAlias = Annotated[tuple[str, ...], BeforeValidator(_alternatives), Field(min_length=1)]


class Section(BaseModel):
    """A part of a source file: frozen, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class StatusRule(Section):
    """A ticket has ``status`` if one of ``fields`` is one of ``values``, or holds one of ``words``, or is above zero.

    Of the three a rule has one.
    """

    status: TicketStatus
    fields: tuple[str, ...]
    values: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    above_zero: bool = False
    is_refunded: bool = False

    @cached_property
    def folded_values(self) -> frozenset[str]:
        """The values as they are compared."""
        return frozenset(fold(value) for value in self.values)

    @cached_property
    def word_set(self) -> frozenset[str]:
        """The words as they are compared."""
        return frozenset(fold(word) for word in self.words)


class Source(Section):
    """One export format.

    Columns: ``columns`` maps each field that is kept to its headers, the best first; what is not named is dropped at
    the door. ``series`` does so for numbered columns (``{n}``; fields ``wish_1``, ``wish_2`` ...), ``matrix`` for
    one column an option (``{label}``; fields ``wish_of:<label>``). ``dropped`` names columns known and not kept.
    ``joined`` puts a field together from others: ``"{order_number}-{position}"``.

    Recognition: of each of ``required`` one field must be there (``wish_1`` and ``wish_of`` stand for a series and a
    matrix), and of each of ``marks``, which are among the dropped, one column. What is also of a format of
    ``yields_to`` (``*``: of any other) is of that one. ``tool`` is what several formats have in common.

    Cells: ``codes`` translates what they say, ``nothing`` lists what the tool writes into an empty one, ``date_order``
    holds where a column of dates leaves it open, ``sheets`` tells what the name of a sheet means.

    Rows: ``statuses`` judges them, the first rule that holds; ``key`` holds the fields that tell a row again in a later
    export, where it is not the rule of its kind; ``dated_by`` the date that tells the edition. Where nobody is named,
    ``participant = "payer"`` takes the payer for the participant.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str
    tool: str = ""
    kind: Kind
    required: tuple[Alternatives, ...] = Field(min_length=1)
    marks: tuple[Alternatives, ...] = ()
    key: tuple[str, ...] = ()
    participant: Literal["named", "payer"] = "named"
    dated_by: str = ""
    date_order: DateOrder = "day_first"
    yields_to: tuple[str, ...] = ()
    columns: dict[str, tuple[str, ...]]
    series: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    matrix: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    nothing: tuple[str, ...] = ()
    joined: dict[str, str] = Field(default_factory=dict)
    statuses: tuple[StatusRule, ...] = ()
    codes: dict[str, dict[str, str]] = Field(default_factory=dict)
    sheets: dict[str, str] = Field(default_factory=dict)

    @property
    def name(self) -> Message:
        """The title in a reader's language; products keep their names, our own lists are in the catalogue."""
        return message(self.title)

    @property
    def maker(self) -> str:
        """The tool that writes the format, or the format itself where no tool has several."""
        return self.tool or self.id

    @cached_property
    def wordings(self) -> Wordings:
        """Every header that the format knows, folded once."""
        return Wordings.of(self.columns, self.series, self.matrix, self.dropped)

    def title_of(self, name: str) -> str:
        """Return the best header of a field, of a series (``wish_1``) or of a matrix (``wish_of``)."""
        if name in self.columns:
            return self.columns[name][0]
        series, _, number = name.rpartition("_")
        return self.series[series][0].replace("{n}", number) if number.isdecimal() else self.matrix[series][0]

    @property
    def fields(self) -> frozenset[str]:
        """Every field that a column may be declared to be."""
        return frozenset((*self.columns, *fields.COLUMNS))


@cache
def all_sources() -> tuple[Source, ...]:
    """Return every format of ``sources/``, ordered by id."""
    return tuple(sorted(map(read_source, SOURCE_FOLDER.glob("*.toml")), key=lambda source: source.id))


def read_source(path: Path) -> Source:
    """Read one format. Raises pydantic's ValidationError where the file is not one: that is a fault of ours."""
    return source_from(tomllib.loads(path.read_text(encoding="utf-8")))


def source_from(raw: Mapping[str, Any]) -> Source:
    """Return the format that the content of a file describes. Raises as ``read_source``."""
    return Source.model_validate(fields.taken_in(raw))


@cache
def source_named(source_id: str) -> Source:
    """Return a format by its id. Raises KeyError where there is none."""
    return {source.id: source for source in all_sources()}[source_id]
