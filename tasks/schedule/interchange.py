"""Reading the JSON files of the contract strictly: closed objects, exact types, and the place of every fault."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NoReturn

from tasks.errors import DataError
from tasks.messages import Message, message

_LONGEST_SECONDS: Final = 10**9
# More is no number that anybody meant, and Python itself takes fright at some thousands.
_MOST_DIGITS: Final = 100
_HALF_A_CHARACTER: Final = re.compile("[\ud800-\udfff]")

# What json says, by how its sentence begins.
_FAULTS: Final[dict[str, Message]] = {
    "Expecting value": message("a value should stand here"),
    "Expecting property name": message("a key in double quotes should stand here"),
    "Expecting ':'": message("a colon should stand here"),
    "Expecting ','": message("a comma should stand here"),
    "Unterminated string": message("a text begins here and has no end"),
    "Invalid control character": message("a line break or another control character stands in a text"),
    "Invalid \\": message("what follows the backslash has no meaning"),
    "Extra data": message("something follows the end"),
    "Unexpected UTF-8 BOM": message("a byte order mark stands before the text"),
}


@dataclass(frozen=True, slots=True)
class _Endless:
    """A whole number with more digits than are read."""

    digits: int


def refuse(what: Message, where: Message | str) -> NoReturn:
    """Raise the DataError of a fault in a file, naming the item."""
    raise DataError(what, where=where, remedy=message("Correct the file and call again."))


def canonical(content: object) -> str:
    """Write a value as the one JSON text that stands for it: keys in the order given, no spaces, one newline."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a JSON file and its place, for example ``leaders[3].max_meetings``."""

    value: object
    place: str

    def record(self, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, "Node"]:
        """Return the fields of a closed object. Raises DataError for a missing or an unknown key."""
        found, needed = self.free_record(), set(required)
        for key in sorted(needed - found.keys()):
            refuse(message("the key {key} is missing.", key=key), self.place)
        for key in found:
            if key not in needed and key not in optional:
                refuse(message("unknown key {key}.", key=key), self.place)
        return found

    def free_record(self) -> dict[str, "Node"]:
        """Return the fields of an object with whatever keys it has. Raises DataError when it is none."""
        if not isinstance(self.value, dict):
            refuse(message("an object was expected."), self.place)
        return {key: Node(value, f"{self.place}.{key}".lstrip(".")) for key, value in self.value.items()}

    def items(self) -> tuple["Node", ...]:
        """Return the elements of a list. Raises DataError when it is none."""
        if not isinstance(self.value, list):
            refuse(message("a list was expected."), self.place)
        return tuple(Node(value, f"{self.place}[{number}]") for number, value in enumerate(self.value))

    def text(self) -> str:
        """Return a string that is not empty. Raises DataError."""
        if not isinstance(self.value, str) or not self.value:
            refuse(message("a text was expected."), self.place)
        _require_characters(self.value, self.place)
        return self.value

    def texts(self) -> tuple[str, ...]:
        """Return a list of strings. Raises DataError."""
        return tuple(item.text() for item in self.items())

    def pair(self) -> tuple[str, str]:
        """Return two strings. Raises DataError."""
        texts = self.texts()
        if len(texts) != 2:  # noqa: PLR2004 -- a pair is two
            refuse(message("two ids were expected."), self.place)
        return texts[0], texts[1]

    def whole(self) -> int:
        """Return a whole number; NaN, fractions and true are none. Raises DataError."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            refuse(message("a whole number was expected, not {found}.", found=_shown(self.value)), self.place)
        return self.value

    def count(self) -> int:
        """Return a whole number from 0. Raises DataError."""
        number = self.whole()
        if number < 0:
            refuse(message("a whole number from 0 was expected, not {found}.", found=str(number)), self.place)
        return number

    def flag(self) -> bool:
        """Return true or false. Raises DataError."""
        if not isinstance(self.value, bool):
            refuse(message("true or false was expected, not {found}.", found=_shown(self.value)), self.place)
        return self.value

    def seconds(self) -> float:
        """Return a duration in seconds. Raises DataError when it is negative, NaN or beyond every run."""
        number = self.value
        if isinstance(number, bool) or not isinstance(number, int | float) or not 0 <= number < _LONGEST_SECONDS:
            refuse(message("a duration in seconds was expected, not {found}.", found=_shown(number)), self.place)
        return float(number)

    def instant(self) -> datetime:
        """Return an instant with its offset. Raises DataError."""
        try:
            found = datetime.fromisoformat(self.text())
        except ValueError:
            refuse(message("{found} is no instant.", found=self.text()), self.place)
        if found.tzinfo is None:
            example = "2026-12-03T14:00:00+01:00"
            refuse(
                message("{found} has no offset; write for example {example}.", found=found, example=example), self.place
            )
        return found


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Build an object, refusing a key that stands twice: json would silently keep the last."""
    found: dict[str, object] = {}
    for key, value in pairs:
        _require_characters(key, "JSON")
        if key in found:
            refuse(message("the key {key} stands twice.", key=key), "JSON")
        found[key] = value
    return found


def _whole_number(digits: str) -> int | _Endless:
    return int(digits) if len(digits) <= _MOST_DIGITS else _Endless(len(digits))


def _require_characters(text: str, place: str) -> None:
    """Refuse what UTF-8 cannot hold, so that no plan could be written about it."""
    if _HALF_A_CHARACTER.search(text):
        refuse(message("{found} holds half a character.", found=ascii(text)), place)


def _shown(value: object) -> Message | str:
    """Return a value that was not expected as the file has it; of what is long only its kind."""
    if isinstance(value, _Endless):
        return message("a number of {count} digits", count=value.digits)
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    return json.dumps(value)


def read_object(text: str | bytes) -> Node:
    """Read a JSON text. Raises DataError with line and column when it is none."""
    try:
        return Node(json.loads(text, object_pairs_hook=_once, parse_int=_whole_number), "")
    except json.JSONDecodeError as error:
        said = (detail for begins, detail in _FAULTS.items() if error.msg.startswith(begins))
        detail = next(said, message("what stands here has no meaning"))
        place = message("line {line}, column {column}", line=error.lineno, column=error.colno)
        refuse(message("this is not valid JSON: {detail}.", detail=detail), place)
    except UnicodeDecodeError:
        refuse(message("this is no UTF-8 text."), "JSON")
    except RecursionError:
        refuse(message("this is not valid JSON: {detail}.", detail=message("it is nested too deeply")), "JSON")
