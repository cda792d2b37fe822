"""Dates with the month in words: ``mardi 3 novembre 2026``, ``1er août 2026``, ``March 4, 2026``."""

import re
from typing import Final

from tasks.ingest.values.folding import fold
from tasks.ingest.values.lexicon import MONTHS, WEEKDAYS

_DAY: Final = r"(?P<day>\d{1,2})(?:er|st|nd|rd|th)?"
_MONTH: Final = r"(?P<month>[^\W\d_]{3,})\.?"
_IN_WORDS: Final = tuple(
    re.compile(rf"(?:(?P<weekday>[^\W\d_]+)\.?,? )?{pattern}(?P<clock>\D.*)?", re.IGNORECASE)
    for pattern in (rf"{_DAY}[ -]{_MONTH},?[ -](?P<year>\d{{4}})", rf"{_MONTH} {_DAY},? (?P<year>\d{{4}})")
)


def in_figures(text: str) -> str | None:
    """Return a date with its month in words, and the time after it, as ``2026-11-03 14:25``; None where it is none."""
    for pattern in _IN_WORDS:
        found = pattern.fullmatch(text)
        if found and (month := MONTHS.get(fold(found["month"]))) and _is_weekday(found["weekday"]):
            return f"{found['year']}-{month:02}-{int(found['day']):02}{found['clock'] or ''}"
    return None


def _is_weekday(word: str | None) -> bool:
    return word is None or fold(word) in WEEKDAYS
