"""Money, numbers and times of day: what was typed to what is meant.

As in ``normalise``, a ValueError carries the name of the rule that refused the value.
"""

import re
from datetime import time
from functools import lru_cache
from typing import Final

from tasks.ingest.values.folding import fold
from tasks.ingest.values.lexicon import FREE

_CLOCK: Final = re.compile(r"\b([01]?\d|2[0-4])\s*(?:[:hH]\s*([0-5]\d)?)(?::[0-5]\d)?(?!\d)")
_FRACTION: Final = re.compile(r"0?[.,]\d+")
# Twelve figures: no event costs more, and a column of 64 bits holds it.
_PLAIN_AMOUNT: Final = re.compile(r"(\d{1,12})(?:[.,](\d\d?))?", re.ASCII)
# What may stand around an amount in euros; other currencies are refused rather than taken for euros.
_AROUND_AMOUNT: Final = re.compile(r"[\s\u00a0\u202f'’€]|EUROS?|EUR|HT|TTC", re.IGNORECASE)  # noqa: RUF001 -- Excel writes it so
# A mark before three digits divides thousands; any other divides cents, and is not the one that divides thousands.
_AMOUNT: Final = re.compile(
    r"(?P<whole>\d{1,12}|[1-9]\d{0,2}(?P<mark>[.,])\d{3}(?:(?P=mark)\d{3}){0,2})(?:(?!(?P=mark))[.,](?P<tail>\d\d?))?"
)
_BELOW_ZERO: Final = re.compile(r"\((.+)\)|[-−](.+)|(.+)[-−]")  # noqa: RUF001 -- the minus sign of typography
_PER_CENT: Final = 100
_MOST_FIGURES: Final = 18
_REMEMBERED: Final = 4096


def times_of_day(text: str) -> tuple[time, ...]:
    """Return the times that a text names, in order: ``15:40-16:00``, ``de 15h40 à 16 h``, ``14:00``."""
    if _FRACTION.fullmatch(text.strip()):  # a cell of Excel without its format: a share of the day
        minutes = round(float("0" + text.strip().lstrip("0").replace(",", ".")) * 1440)
        return (time(minutes // 60 % 24, minutes % 60),)
    return tuple(time(int(hour) % 24, int(minute or 0)) for hour, minute in _CLOCK.findall(text))


def time_of_day(text: str) -> time:
    """Return the one time that a text names. Raises ValueError("not_a_time")."""
    times = times_of_day(text)
    if len(times) != 1:
        msg = "not_a_time"
        raise ValueError(msg)
    return times[0]


def span(text: str) -> tuple[time, time]:
    """Return start and end of a span such as ``15:40-16:00``. Raises ValueError("not_a_span")."""
    times = times_of_day(text)
    if len(times) != len(("start", "end")) or times[0] >= times[1]:
        msg = "not_a_span"
        raise ValueError(msg)
    return times[0], times[1]


@lru_cache(maxsize=_REMEMBERED)  # an event has few prices
def cents(text: str) -> int:
    """Return an amount in cents from ``36,00``, ``1 234,50 €`` or ``1,234.50``.

    ``(36,00)`` is below zero, ``gratuit`` is 0.

    Raises ValueError("not_an_amount").
    """
    plain = _PLAIN_AMOUNT.fullmatch(text)
    if plain:
        return _cents(plain[1], plain[2])
    tidy = _AROUND_AMOUNT.sub("", text)
    below_zero = _BELOW_ZERO.fullmatch(tidy)
    found = _AMOUNT.fullmatch(next(filter(None, below_zero.groups())) if below_zero else tidy)
    if found is None and fold(text) in FREE:
        return 0
    if found is None:
        msg = "not_an_amount"
        raise ValueError(msg)
    amount = _cents(found["whole"].replace(".", "").replace(",", ""), found["tail"])
    return -amount if below_zero else amount


def _cents(whole: str, tail: str | None) -> int:
    return int(whole) * _PER_CENT + (int(tail.ljust(2, "0")) if tail else 0)


def integer_between(text: str, low: int, high: int) -> int:
    """Return a whole number within bounds. Raises ValueError: ``not_a_number``, or ``out_of_range``."""
    tidy = re.sub(r"[.,]0+$", "", text.strip())
    if tidy.isdecimal() and len(tidy) <= _MOST_FIGURES and low <= int(tidy) <= high:
        return int(tidy)
    raise ValueError(_no_number(text))


def share(text: str) -> float:
    """Return ``80``, ``80 %`` or ``0.8`` as 0.8: of a percentage a spreadsheet keeps the share, and 1 is all of it.

    Raises ValueError: ``not_a_number``, or ``out_of_range`` beyond 0 to 100.
    """
    tidy = re.sub(r"[\s\u00a0\u202f%]", "", text).replace(",", ".")
    if re.fullmatch(r"\d+(?:\.\d+)?", tidy) and float(tidy) <= _PER_CENT:
        return float(tidy) / (1 if float(tidy) <= 1 and "%" not in text else _PER_CENT)
    raise ValueError(_no_number(text))


def _no_number(text: str) -> str:
    return "out_of_range" if any(map(str.isdecimal, text)) else "not_a_number"
