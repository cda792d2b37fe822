"""What a gate is, and what it says: plain values that know neither Great Expectations nor the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from tasks.messages import Message

Severity: TypeAlias = Literal["stop", "warn"]
FrameName: TypeAlias = Literal[
    "base",
    "companies",
    "editions",
    "exclusions",
    "exhibitors",
    "files",
    "identity_links",
    "leaders",
    "merges",
    "offers",
    "registrations",
    "requests",
    "suggestions",
    "unavailabilities",
]


@dataclass(frozen=True, slots=True)
class Limits:
    """What the organiser's decisions ask of a registration base.

    ``minimum`` is meetings per leader. ``earlier_share`` (0 to 1) of last year's registrations is expected by now, and
    up to ``unknown_share`` (0 to 1) of the typed wishes may name somebody who was not recognised.
    """

    minimum: int
    earlier_share: float = 0.8
    unknown_share: float = 0.1


@dataclass(frozen=True, slots=True)
class Expectation:
    """An expectation by its name in Great Expectations, with its arguments.

    Named rather than built, so that the gates can be listed, hashed and shown without its seven seconds of import.
    """

    kind: str
    arguments: Mapping[str, object]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return tuple(str(value) for name, value in self.arguments.items() if name.startswith("column"))


@dataclass(frozen=True, slots=True)
class Gate:
    """One rule that the base must respect.

    ``rule`` is the sentence that holds when the gate passes, ``remedy`` what to do when it does not. ``keys`` are the
    columns of the judged ``frame`` that name a row; ``table_name`` is where the organiser's data comes from.
    """

    code: str
    severity: Severity
    table_name: str
    frame: FrameName
    keys: tuple[str, ...]
    rule: Message
    remedy: Message
    expectation: Expectation


@dataclass(frozen=True, slots=True)
class GateResult:
    """What one gate said: ``failed_keys`` name the rows by id (``L012``, ``L012 L015``) or by figure (``name=42``).

    ``failed_count`` counts all of them, ``failed_keys`` names the first thousand: nobody reads on.
    """

    code: str
    table_name: str
    severity: Severity
    is_passed: bool
    checked_count: int
    failed_count: int
    failed_keys: tuple[str, ...] = field(default=())


def holds(column: str) -> Expectation:
    """Expect a yes/no column to say yes in every row."""
    return Expectation("ExpectColumnValuesToBeInSet", {"column": column, "value_set": [True]})


def mostly_holds(column: str, share: float) -> Expectation:
    """Expect a yes/no column to say yes in at least ``share`` (0 to 1) of the rows."""
    return Expectation("ExpectColumnValuesToBeInSet", {"column": column, "value_set": [True], "mostly": share})


def is_unique(column: str) -> Expectation:
    """Expect no value twice; empty cells do not count."""
    return Expectation("ExpectColumnValuesToBeUnique", {"column": column})


def matches(column: str, pattern: str) -> Expectation:
    """Expect a pattern to be found in every text; empty cells do not count."""
    return Expectation("ExpectColumnValuesToMatchRegex", {"column": column, "regex": pattern})


def at_least(column: str, minimum: int, *, share: float = 1.0) -> Expectation:
    """Expect a number to reach ``minimum`` in at least ``share`` (0 to 1) of the rows; empty cells do not count."""
    return Expectation("ExpectColumnValuesToBeBetween", {"column": column, "min_value": minimum, "mostly": share})


def at_most(column: str, maximum: int) -> Expectation:
    """Expect no number above ``maximum``."""
    return Expectation("ExpectColumnValuesToBeBetween", {"column": column, "max_value": maximum})


def reaches(column: str, floor_column: str) -> Expectation:
    """Expect a number to reach the one beside it in every row."""
    return Expectation(
        "ExpectColumnPairValuesAToBeGreaterThanB",
        {"column_A": column, "column_B": floor_column, "or_equal": True},
    )


def keys_of(row: Mapping[str, object], keys: Sequence[str], *, is_named: bool) -> str:
    """Return what names a row: its ids, or, where the row is the whole base, its figures with their names."""
    return " ".join(f"{key}={row[key]}" if is_named else str(row[key]) for key in keys)
