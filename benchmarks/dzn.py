"""The published instances of the B2B scheduling problem, as they are written: MiniZinc data.

Positions count from 1 in the files and from 0 here; 0 in a set of slots is a placeholder of the files' authors.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, NoReturn, TypeAlias

from tasks.errors import DataError
from tasks.messages import message
from tasks.schedule.given import GivenMeeting, GivenMeetings

Value: TypeAlias = "int | frozenset[int] | list[Value]"

_NUMBERS: Final = ("nBusiness", "nMeetings", "nTables", "nTotalSlots", "nMorningSlots")
_LISTS: Final = ("requested", "forbidden", "fixed", "precedences")
# The files also say, for the models they were made for, what follows from ``requested``.
_REDUNDANT: Final = ("meetingsxBusiness", "nMeetingsBusiness")

_WORD: Final = re.compile(r"\s+|%[^\n]*|(?P<word>-?\d+|[A-Za-z_]\w*|\[\||\|\]|[][{}|,=;])")
# No hall has more of anything; a slot more costs a variable for each meeting.
_MOST_DIGITS: Final = 5
_MORNING, _AFTERNOON, _ANY = 1, 2, 3


def read_instance(path: Path, fairness: int | None) -> GivenMeetings:
    """Read an instance. Raises DataError naming file and item where it is not one, or contradicts itself."""
    try:
        return instance_of(path.read_text(encoding="utf-8"), fairness)
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(message("this file cannot be read: {detail}.", detail=str(error)), where=path.name) from error
    except RecursionError as error:
        raise DataError(message("this file is nested too deeply."), where=path.name) from error
    except DataError as error:
        where = f"{path.name}, {error.where}" if error.where else path.name
        raise DataError(error.what, where=where, remedy=error.remedy) from error


def instance_of(text: str, fairness: int | None) -> GivenMeetings:
    """Read the text of an instance. Raises DataError naming the item."""
    fields = dict(_statements(text))
    for name in (*_NUMBERS, *_LISTS):
        if name not in fields:
            _refuse("this item is missing", name)
    participants, count, tables, slots, morning = (_number(fields[name], name) for name in _NUMBERS)
    if not 0 <= morning <= slots:
        _refuse(f"there are {slots} slots", "nMorningSlots")
    rows = _list(fields, "requested", count)
    fixed = [_number(value, "fixed") for value in _list(fields, "fixed", count)]
    earlier = [_set(value, "precedences") for value in _list(fields, "precedences", count)]
    sessions = {_MORNING: frozenset(range(morning)), _AFTERNOON: frozenset(range(morning, slots)), _ANY: None}
    meetings = []
    for number, (row, slot, after) in enumerate(zip(rows, fixed, earlier, strict=True), 1):
        meeting = _meeting(row, sessions, f"requested {number}")
        meetings.append(replace(meeting, fixed=slot - 1 if slot else None, after=after))
    given = GivenMeetings(
        slots=slots,
        tables=tables,
        meetings=tuple(meetings),
        forbidden=tuple(_set(value, "forbidden") for value in _list(fields, "forbidden", participants)),
        half_days=(0,) * slots,  # the published objective counts a wait over noon like any other
        fairness=fairness,
    )
    if "nMeetingsBusiness" in fields:
        stated = _list(fields, "nMeetingsBusiness", participants)
        for number, (said, own) in enumerate(zip(stated, given.meetings_of, strict=True), 1):
            if said != len(own):
                _refuse(f"participant {number} has {len(own)}", "nMeetingsBusiness")
    return given


def _meeting(row: Value, sessions: dict[int, frozenset[int] | None], where: str) -> GivenMeeting:
    if not isinstance(row, list) or len(row) != 3:  # noqa: PLR2004 -- two participants and a session
        _refuse("a meeting is written as participant, participant, session", where)
    one, other, session = (_number(value, where) for value in row)
    if session not in sessions:
        _refuse(f"session {session} is none of 1 (morning), 2 (afternoon), 3 (any)", where)
    return GivenMeeting(one - 1, other - 1, sessions[session])


def _statements(text: str) -> Iterator[tuple[str, Value]]:
    """Yield each ``name = value;``, refusing names that are not known or stand twice."""
    words, seen = _Words(text), set()
    while words.is_left():
        name = words.take()
        if name not in (*_NUMBERS, *_LISTS, *_REDUNDANT):
            _refuse("this item is not known", name)
        if name in seen:
            _refuse("this item stands twice", name)
        seen.add(name)
        words.take("=", name)
        yield name, words.value(name)
        words.take(";", name)


class _Words:
    """The text as words, taken one after the other."""

    def __init__(self, text: str) -> None:
        self._left: list[str] = []
        at = 0
        while at < len(text):
            match = _WORD.match(text, at)
            if match is None:
                _refuse(f"{text[at]!r} has no meaning here", f"line {text.count(chr(10), 0, at) + 1}")
            if match["word"]:
                self._left.append(match["word"])
            at = match.end()
        self._left.reverse()

    def is_left(self) -> bool:
        return bool(self._left)

    def take(self, wanted: str | None = None, where: str = "") -> str:
        if not self._left:
            _refuse("the file ends too early", where)
        word = self._left.pop()
        if wanted is not None and word != wanted:
            _refuse(f"{wanted!r} should stand where {word!r} does", where)
        return word

    def value(self, where: str) -> Value:
        word = self.take(where=where)
        if word == "{":
            return frozenset(_number(item, where) for item in self._items("}", where))
        if word == "[":
            return self._items("]", where)
        if word == "[|":
            rows: list[Value] = []
            while self._left and self._left[-1] != "|]":
                rows.append(self._items("|", where))
            self.take("|]", where)
            return rows
        if not word.lstrip("-").isdigit():
            _refuse(f"{word!r} is no value", where)
        if len(word.lstrip("-")) > _MOST_DIGITS:
            _refuse(f"no number here has more than {_MOST_DIGITS} digits", where)
        return int(word)

    def _items(self, end: str, where: str) -> list[Value]:
        """Take values parted by commas until ``end``; the last line of a table ends with the table."""
        items: list[Value] = []
        while self._left and self._left[-1] not in (end, "|]"):
            items.append(self.value(where))
            if self._left and self._left[-1] not in (end, "|]"):
                self.take(",", where)
        if not (end == "|" and self._left and self._left[-1] == "|]"):
            self.take(end, where)
        return items


def _list(fields: dict[str, Value], name: str, count: int) -> list[Value]:
    values = fields[name]
    if not isinstance(values, list):
        _refuse("a list should stand here", name)
    if len(values) != count:
        _refuse(f"{len(values)} entries instead of {count}", name)
    return values


def _number(value: Value, where: str) -> int:
    if not isinstance(value, int):
        _refuse("a whole number should stand here", where)
    return value


def _set(value: Value, where: str) -> frozenset[int]:
    if not isinstance(value, frozenset):
        _refuse("a set should stand here", where)
    return frozenset(number - 1 for number in value if number != 0)


def _refuse(what: str, where: str) -> NoReturn:
    raise DataError(message("{what}.", what=what), where=where)
