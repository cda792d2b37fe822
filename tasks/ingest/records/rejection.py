"""What was refused, where and why: never the value itself, only its class."""

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

_SCIENTIFIC: Final = re.compile(r"\d+(?:[.,]\d+)?e[+-]?\d+", re.IGNORECASE)
_NUMBER: Final = re.compile(r"-?[\d\s\u00a0\u202f]*[.,]\d+")
_CLASSES: Final = (
    ("scientific notation", re.compile(_SCIENTIFIC.pattern, re.IGNORECASE)),
    ("decimal number", _NUMBER),
    ("e-mail", re.compile(r"\S*@\S*")),
    ("date or time", re.compile(r"\d{1,4}[-/.:h]\d{1,2}(?:[-/.:h]\d{1,4})?[\s\dT:.Zz+-]*")),
)
ROW: Final = "(row)"
SET_ASIDE: Final = "set_aside_by_hand"


class Place(NamedTuple):
    """A line of an export as a person finds it: the file's hash, the sheet (empty for text), the row from 1.

    A tuple, since places are made, sorted and looked up by the million.
    """

    file_sha256: str
    sheet: str
    row_number: int


@dataclass(frozen=True, slots=True, order=True)
class Rejection:
    """A refused value, or a refused row (column ``(row)``), with the rule that refused it."""

    place: Place
    column_name: str
    rule: str
    value_class: str


def value_class(value: str) -> str:
    """Describe a value without showing it: ``empty``, ``13 digits``, ``scientific notation``, ``text`` and the like."""
    text = value.strip()
    if not text:
        return "empty"
    compact = re.sub(r"[\s.()+\u00a0\u202f-]", "", text)
    if compact.isdecimal() and not _NUMBER.fullmatch(text):
        return f"{len(compact)} digits"
    return next((name for name, pattern in _CLASSES if pattern.fullmatch(text)), "text")
