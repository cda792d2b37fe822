"""A raw row read field by field. A value that cannot be read is refused and listed; the row goes on without it."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from tasks.ingest import quantities
from tasks.ingest.folding import fold
from tasks.ingest.rejection import ROW, Place, Rejection, value_class
from tasks.ingest.sources import Source

Value = TypeVar("Value")


@dataclass(slots=True)
class Reader:
    """One row of an export with its format; ``rejections`` grows as fields are read."""

    place: Place
    source: Source
    content: Mapping[str, str]
    zone: ZoneInfo
    rejections: list[Rejection] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return a field as typed, one space between words; empty where it is missing."""
        return " ".join(self._typed(name).split())

    def lines(self, name: str) -> tuple[str, ...]:
        """Return what a cell of several lines, or of parts between semicolons, holds."""
        parts = self._typed(name).replace(";", "\n").splitlines()
        return tuple(tidy for part in parts if (tidy := " ".join(part.split())))

    def series(self, name: str) -> tuple[tuple[int, str], ...]:
        """Return the numbered fields ``name_1``, ``name_2`` ... that hold something, as (number, cell)."""
        prefix = f"{name}_"
        numbers = sorted(int(key.removeprefix(prefix)) for key in self.content if key.startswith(prefix))
        return tuple((number, self.content[f"{prefix}{number}"]) for number in numbers)

    def matrix(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return the columns ``name_of:<label>`` that hold something, as (label, cell), in the order of the file."""
        prefix = f"{name}_of:"
        return tuple((key.removeprefix(prefix), cell) for key, cell in self.content.items() if key.startswith(prefix))

    def value(self, name: str, convert: Callable[[str], Value]) -> Value | None:
        """Return a field converted, None where it is empty or refused; ``convert`` raises ValueError(rule)."""
        typed = self.text(name)
        if not typed:
            return None
        try:
            return convert(typed)
        except ValueError as error:
            self.refuse(name, str(error))
            return None

    def instant(self, name: str) -> datetime | None:
        """Return a date as an aware datetime in the event's zone."""
        return self.value(name, lambda text: quantities.instant(text, self.zone, self.source.date_order))

    def code(self, name: str, otherwise: str | None = None) -> str | None:
        """Return what the format says a cell means; an unknown word is refused and gives ``otherwise``."""
        codes = self.source.codes.get(name, {})
        typed = self.text(name)
        if not typed:
            return otherwise
        meaning = codes.get(fold(typed))
        if meaning is None:
            self.refuse(name, "unknown_word")
        return meaning or otherwise

    def is_yes(self, name: str) -> bool:
        """Say whether a cell says yes."""
        return fold(self.text(name)) in {"oui", "yes", "true", "vrai", "1", "x"}

    def refuse(self, name: str, rule: str) -> None:
        """List a value as refused by a rule."""
        self.rejections.append(Rejection(self.place, name, rule, value_class(self.text(name))))

    def refuse_row(self, rule: str) -> None:
        """List the whole row as refused by a rule."""
        self.rejections.append(Rejection(self.place, ROW, rule, "row"))

    def _typed(self, name: str) -> str:
        pattern = self.source.joined.get(name)
        if pattern is None or name in self.content:
            return self.content.get(name, "")
        return pattern.format_map(defaultdict(str, self.content)).strip(" -")
