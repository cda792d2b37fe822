"""One record of JSON to the cells of its lines: names joined by dots, answers under their questions."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias

from tasks.ingest.reading.json_names import Names, text_of

Json: TypeAlias = Any  # what json.loads returns: objects, lists, texts, true, false, null; numbers are texts here
Record: TypeAlias = dict[str, Json]

_QUESTIONS: Final = ("question", "label", "title", "name", "field", "key")
_ANSWERS: Final = ("answer", "value")


class Column(NamedTuple):
    """A column: the names that lead to it, and its title, which need not be its own (two questions may read alike)."""

    path: tuple[str, ...]
    title: str


Cells: TypeAlias = dict[Column, str]


@dataclass(frozen=True, slots=True)
class Shape:
    """How the records of one list are laid out. ``exploded`` names the nested list that makes lines of its own."""

    names: Names
    exploded: str | None

    def lines(self, record: Record) -> Iterator[Cells]:
        """Yield the lines of a record: one, or one for each element of the nested list."""
        elements = records_in(record.get(self.exploded)) if self.exploded else []
        own = {name: value for name, value in record.items() if name != self.exploded or not elements}
        cells = dict(self._cells(own, ()))
        for element in elements:
            yield cells | dict(self._cells(element, (self.exploded or "",)))
        if not elements:
            yield cells

    def _cells(self, record: Record, path: tuple[str, ...]) -> Iterator[tuple[Column, str]]:
        for name, value in record.items():
            yield from self._of_value(value, (*path, name))

    def _of_value(self, value: Json, path: tuple[str, ...]) -> Iterator[tuple[Column, str]]:
        elements = records_in(value)
        if value == []:
            return  # no cell: an order without fees is no order with a column of fees
        if elements and len(elements) == len(value) and is_answers(elements):
            yield from self._answers(elements, path)
        elif elements:
            yield _column(path), json.dumps(value, ensure_ascii=False)
        elif (text := text_of(value)) is None:
            yield from self._cells(value, path)
        else:
            yield _column(path), text
            known = self.names.name(path[-1], value)
            if known:
                yield _column((*path, "name")), known

    def _answers(self, answers: Sequence[Record], path: tuple[str, ...]) -> Iterator[tuple[Column, str]]:
        """Yield one cell a question; several answers to one question stand under one another."""
        given: dict[Column, list[str]] = {}
        for answer in answers:
            key = _first(answer, _QUESTIONS)
            title = self.names.question(key) or text_of(answer.get("question_identifier")) or key
            given.setdefault(Column((*path, key), title), []).append(_first(answer, _ANSWERS))
        for column, texts in given.items():
            yield column, "\n".join(texts)


@lru_cache(maxsize=4096)
def _column(path: tuple[str, ...]) -> Column:
    return Column(path, ".".join(path))


def _first(record: Mapping[str, Json], names: Sequence[str]) -> str:
    return next((text_of(record[name]) or "" for name in names if name in record), "")


def records_in(value: Json) -> list[Record]:
    """Return the objects of a list, none where the value is no list."""
    return [element for element in value if isinstance(element, dict)] if isinstance(value, list) else []


def is_answers(elements: Sequence[Record]) -> bool:
    """Say whether every record is a question with its answer."""
    return all(
        any(name in element for name in _QUESTIONS) and any(name in element for name in _ANSWERS)
        for element in elements
    )


def leaf_count(value: Json) -> int:
    """Count the values within a value."""
    if isinstance(value, dict):
        return sum(map(leaf_count, value.values()))
    return sum(map(leaf_count, value)) if isinstance(value, list) else 1
