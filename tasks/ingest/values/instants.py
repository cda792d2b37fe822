"""Dates as exports write them, from a fixed list of forms: a library that guesses turns ``11/29/24`` into another day.

As in ``normalise``, a ValueError carries the name of the rule that refused the value.
"""

import re
from datetime import datetime, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from tasks.ingest.values.month_names import in_figures

_NO_DATE: Final = ("0000-00-00", "00/00/0000")
# What nearly every export writes; the forms below hold it too.
_PLAIN: Final = re.compile(r"(\d\d)/(\d\d)/(\d{4})(?: (\d\d:\d\d(?::\d\d)?))?", re.ASCII)
_YEAR_FIRST: Final = r"(?P<year>\d{4})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
_YEAR_LAST: Final = r"(?P<one>\d{1,2})(?P<sign>[/.-])(?P<two>\d{1,2})(?P=sign)(?P<late_year>\d{4}|\d\d)"
# 14:25 · 14:25:07.123 · à 14h25 · 14 h · 2:25:07 PM
_CLOCK: Final = (
    r"(?:,? (?:à |at )?|T)(?P<hour>\d{1,2})"
    r"(?: ?h ?(?P<after_h>[0-5]\d)?|:(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?)(?: ?(?P<half>[AP])M)?"
)
# Z · UTC · UTC+1, as Google Forms writes · +01:00 · CEST
_OFFSET: Final = r"(?: ?(?P<named>Z|UTC|GMT|CET|CEST)| ?(?:UTC|GMT)?(?P<offset>[+-]\d{1,2}):?(?P<rest>\d\d)?)"
_WRITTEN: Final = re.compile(
    rf"(?:{_YEAR_FIRST}|{_YEAR_LAST})(?:{_CLOCK}{_OFFSET}?)?",
    re.ASCII | re.IGNORECASE,
)
_HOURS_OF: Final = {"Z": 0, "UTC": 0, "GMT": 0, "CET": 1, "CEST": 2}
_SERIAL: Final = re.compile(r"[2-7]\d{4}(?:[.,]\d+)?", re.ASCII)
# Excel counts days from here; it holds 1900 for a leap year, which matters to nobody after 1900.
_SERIAL_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 -- a count of days, made aware by the caller's zone
_DAY_SECONDS: Final = 86400
_CENTURY: Final = 2000
_HALF_DAY_HOURS: Final = 12
# No event took place outside, and near the ends of the calendar another zone would not exist.
_YEARS: Final = range(1900, 2200)


def instant(text: str, zone: ZoneInfo, order: str = "day_first") -> datetime | None:
    """Return an aware datetime in ``zone``, None for an empty date such as ``0000-00-00 00:00``.

    ``order`` is ``day_first`` or ``month_first``: as the column says, never as a value suggests. A year first is
    followed by the month. Raises ValueError("not_a_date").
    """
    plain = _PLAIN.fullmatch(text)
    if plain and order == "day_first":
        day, month, year, clock = plain.groups()
        found = _iso(f"{year}-{month}-{day} {clock or '00:00'}")
        if found and found.year in _YEARS:
            return found.replace(tzinfo=zone)
    return _any_form(" ".join(text.split()), zone, order)


def _any_form(tidy: str, zone: ZoneInfo, order: str) -> datetime | None:
    if not tidy or tidy.startswith(_NO_DATE):
        return None
    if _SERIAL.fullmatch(tidy):
        days = float(tidy.replace(",", "."))
        return (_SERIAL_ZERO + timedelta(seconds=round(days * _DAY_SECONDS))).replace(tzinfo=zone)
    found = _iso(tidy) or _written(tidy, order) or _written(in_figures(tidy) or "", order)
    if found is None or found.year not in _YEARS:
        msg = "not_a_date"
        raise ValueError(msg)
    return found.astimezone(zone) if found.tzinfo else found.replace(tzinfo=zone)


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _written(text: str, order: str) -> datetime | None:
    form = _WRITTEN.fullmatch(text)
    if form is None:
        return None
    year, month, day = _day(form, order)
    try:
        naive = datetime(year, month, day, _hour(form), int(form["after_h"] or form["minute"] or 0))  # noqa: DTZ001 -- the offset follows
        return naive.replace(second=int(form["second"] or 0), tzinfo=_offset(form))
    except ValueError:
        return None


def _day(form: re.Match[str], order: str) -> tuple[int, int, int]:
    if form["year"]:
        return int(form["year"]), int(form["month"]), int(form["day"])
    one, two, year = int(form["one"]), int(form["two"]), int(form["late_year"])
    return year + _CENTURY * (len(form["late_year"]) == len("26")), *(
        (one, two) if order == "month_first" else (two, one)
    )


def _hour(form: re.Match[str]) -> int:
    """Return the hour of the day. Raises ValueError for an hour that no half of a day has."""
    hour = int(form["hour"] or 0)
    if form["half"] is None:
        return hour
    if not 1 <= hour <= _HALF_DAY_HOURS:
        msg = "not_a_date"
        raise ValueError(msg)
    return hour % _HALF_DAY_HOURS + _HALF_DAY_HOURS * (form["half"].upper() == "P")


def _offset(form: re.Match[str]) -> timezone | None:
    """Return the distance to UTC that is written, None where none is. Raises ValueError beyond a day."""
    if form["named"]:
        return timezone(timedelta(hours=_HOURS_OF[form["named"].upper()]))
    if form["offset"] is None:
        return None
    away = timedelta(hours=abs(int(form["offset"])), minutes=int(form["rest"] or 0))
    return timezone(-away if form["offset"].startswith("-") else away)
