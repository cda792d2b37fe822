"""Money, numbers, instants and times of day: what was typed to what is meant.

As in ``normalise``, a ValueError carries the name of the rule that refused the value.
"""

import re
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

_TIMES: Final = ("", " %H:%M", " %H:%M:%S", " %Hh%M", " à %H:%M")
_DAY_FIRST: Final = tuple(day + clock for day in ("%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y") for clock in _TIMES)
_MONTH_FIRST: Final = tuple(day + clock for day in ("%m/%d/%Y", "%m/%d/%y") for clock in _TIMES)
_SERIAL: Final = re.compile(r"[2-7]\d{4}(?:[.,]\d+)?")
# Excel counts days from here; it holds 1900 for a leap year, which matters to nobody after 1900.
_SERIAL_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 -- a count of days, made aware by the caller's zone
_NO_DATE: Final = ("0000-00-00",)
_CLOCK: Final = re.compile(r"\b([01]?\d|2[0-4])\s*(?:[:hH]\s*([0-5]\d)?)(?::[0-5]\d)?(?!\d)")
_FRACTION: Final = re.compile(r"0?[.,]\d+")
_MONEY: Final = re.compile(r"-?\d+(?:\.\d{1,2})?")
_PER_CENT: Final = 100


def instant(text: str, zone: ZoneInfo, order: str = "day_first") -> datetime | None:
    """Return an aware datetime in ``zone``, None for an empty date such as ``0000-00-00 00:00``.

    Day or month comes first as the source says, never as a value suggests. Raises ValueError("not_a_date").
    """
    tidy = " ".join(text.split())
    if not tidy or tidy.startswith(_NO_DATE):
        return None
    if _SERIAL.fullmatch(tidy):
        days = float(tidy.replace(",", "."))
        return (_SERIAL_ZERO + timedelta(seconds=round(days * 86400))).replace(tzinfo=zone)
    found = _iso(tidy) or _formatted(tidy, _MONTH_FIRST if order == "month_first" else _DAY_FIRST)
    return found.astimezone(zone) if found.tzinfo else found.replace(tzinfo=zone)


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _formatted(text: str, formats: tuple[str, ...]) -> datetime:
    for pattern in formats:
        try:
            return datetime.strptime(text, pattern)  # noqa: DTZ007 -- the caller adds the zone
        except ValueError:
            continue
    msg = "not_a_date"
    raise ValueError(msg)


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


def cents(text: str) -> int:
    """Return an amount in cents from ``36,00``, ``1 234,50 €`` or ``1,234.50``. Raises ValueError("not_an_amount")."""
    tidy = re.sub(r"[\s\u00a0\u202f€]|EUR|HT|TTC", "", text)
    whole, mark, tail = max(tidy.rpartition(","), tidy.rpartition("."), key=lambda parts: len(parts[0]))
    # A mark before three digits divides thousands; any other divides cents.
    whole, tail = (whole, tail) if mark and len(tail) != len("000") else (tidy, "0")
    tidy = re.sub(r"[.,]", "", whole) + "." + tail
    if not _MONEY.fullmatch(tidy):
        msg = "not_an_amount"
        raise ValueError(msg)
    return int(Decimal(tidy) * 100)


def integer_between(text: str, low: int, high: int) -> int:
    """Return a whole number within bounds. Raises ValueError("out_of_range")."""
    tidy = re.sub(r"[.,]0+$", "", text.strip())
    if tidy.isdecimal() and low <= int(tidy) <= high:
        return int(tidy)
    msg = "out_of_range"
    raise ValueError(msg)


def share(text: str) -> float:
    """Return ``80`` or ``80 %`` as 0.8. Raises ValueError("out_of_range") beyond 0 to 100."""
    tidy = re.sub(r"[\s\u00a0\u202f%]", "", text).replace(",", ".")
    if re.fullmatch(r"\d+(?:\.\d+)?", tidy) and float(tidy) <= _PER_CENT:
        return float(tidy) / _PER_CENT
    msg = "out_of_range"
    raise ValueError(msg)
