"""A raw row read field by field. A value that cannot be read is refused and listed; the row goes on without it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from tasks.ingest.formats.sources import Source
from tasks.ingest.records.rejection import ROW, Place, Rejection, value_class
from tasks.ingest.values.folding import fold
from tasks.ingest.values.instants import instant

Value = TypeVar("Value")

_YES: Final = frozenset({"oui", "yes", "true", "vrai", "1", "x"})


@dataclass(slots=True)
class Reader:
    """One row of an export with its format; ``rejections`` grows as fields are read.

    ``date_orders`` says of fields whose column was judged whether the day or the month comes first in it. ``is_tidy``
    means that every cell is known to have one space between words and none around them. The reader of a sheet may turn
    from row to row: give it the next ``place``, ``content`` and ``is_tidy``.
    """

    place: Place
    source: Source
    content: Mapping[str, str]
    zone: ZoneInfo
    date_orders: Mapping[str, str] = field(default_factory=dict)
    rejections: list[Rejection] = field(default_factory=list)
    is_tidy: bool = False

    def text(self, name: str) -> str:
        """Return a field as typed, one space between words; empty where it is missing."""
        typed = self.content.get(name)
        if typed:
            return typed if self.is_tidy else " ".join(typed.split())
        return self._joined(name) if self.source.joined else ""

    def typed(self, names: Iterable[str]) -> list[str]:
        """Return those of the fields that hold something, as they stand in the file; none is put together."""
        return [cell for name in names if (cell := self.content.get(name))]

    def lines(self, name: str) -> tuple[str, ...]:
        """Return what a cell of several lines, or of parts between semicolons, holds."""
        parts = self.content.get(name, "").replace(";", "\n").splitlines()
        return tuple(tidy for part in parts if (tidy := " ".join(part.split())))

    def series(self, name: str) -> tuple[tuple[int, str], ...]:
        """Return the numbered fields ``name_1``, ``name_2`` ... that hold something, as (number, cell)."""
        prefix = f"{name}_"
        named = [(key.removeprefix(prefix), cell) for key, cell in self.content.items() if key.startswith(prefix)]
        return tuple(sorted((int(number), cell) for number, cell in named if number.isdecimal()))

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
        """Return a date as an aware datetime in the event's zone, in the order of its column or else its format."""
        typed = self.text(name)
        if not typed:
            return None
        try:
            return instant(typed, self.zone, self.date_orders.get(name) or self.source.date_order)
        except ValueError as error:
            self.refuse(name, str(error))
            return None

    def code(self, name: str, otherwise: str | None = None) -> str | None:
        """Return what the format says a cell means; an unknown word is refused and gives ``otherwise``."""
        typed = self.text(name)
        if not typed:
            return otherwise
        meaning = self.source.codes.get(name, {}).get(fold(typed))
        if meaning is None:
            self.refuse(name, "unknown_word")
        return meaning or otherwise

    def is_yes(self, name: str) -> bool:
        """Say whether a cell says yes."""
        return fold(self.text(name)) in _YES

    def refuse(self, name: str, rule: str) -> None:
        """List a value as refused by a rule."""
        self.rejections.append(Rejection(self.place, name, rule, value_class(self.text(name))))

    def refuse_row(self, rule: str) -> None:
        """List the whole row as refused by a rule."""
        self.rejections.append(Rejection(self.place, ROW, rule, "row"))

    def _joined(self, name: str) -> str:
        """Return a field that the format puts together from others, empty where it does not or they are missing."""
        pattern = self.source.joined.get(name)
        return " ".join(pattern.format_map(defaultdict(str, self.content)).strip(" -").split()) if pattern else ""
