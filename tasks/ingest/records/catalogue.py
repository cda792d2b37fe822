"""Catalogue numbers in what people typed. A number counts only where nothing else stands beside it."""

import re
from typing import Final

# n° 12, No. 12, # 12, numéro 12
_MARK: Final = re.compile(
    r"(?:\bn\s?[°º]s?|[#№]|\b(?:no|nos|nr|num|nums|num[ée]ros?|numbers?|cat|catalogue)\b\.?)\s*", re.IGNORECASE
)
_APART: Final = re.compile(r"[\s,/+&|]+|\bet\b|\band\b|\bpuis\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"0*(\d{1,6})(?:\.0)?", re.ASCII)


def numbers_in(text: str) -> tuple[int, ...]:
    """Return the numbers of a text that holds nothing else: ``12, 45 et 7``, ``n° 12``; none where it holds a word."""
    parts = [part for part in _APART.split(_MARK.sub(" ", text)) if part]
    found = [_NUMBER.fullmatch(part) for part in parts]
    return tuple(int(number[1]) for number in found if number) if all(found) else ()
