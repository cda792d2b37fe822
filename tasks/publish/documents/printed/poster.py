"""The posters at the entrance: everybody from A to Z with their tables, in the largest type that fits the sheets.

Each place where somebody changes to another table stands with its time; two meetings in a row at one table are one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, Literal, TypeAlias

from tasks.design import Design
from tasks.messages import message
from tasks.pages import render
from tasks.publish.documents.printed.columns import Entry, balanced, needed
from tasks.publish.documents.printed.lettering import BOUND, LEADING, MM_PER_PT, Line, Style, Word, lines, words
from tasks.publish.documents.printed.roll import Guest, Roll
from tasks.publish.documents.printed.wording import in_each

Format: TypeAlias = Literal["A3", "A1"]

WELCOME: Final = message("please come to the welcome desk")
_TITLE: Final = message("Everybody's tables")
_TIMES: Final = message("a time is given where you change tables")

_FAMILY: Final = Style("family", 700)
_GIVEN: Final = Style()
_COMPANY: Final = Style("company", scale=0.86)
_TIME: Final = Style("time", scale=0.9)
_TABLE: Final = Style("table", 700, scale=0.9)
_BETWEEN: Final = "\u2003"  # as wide as the type is high, so that a time stands by its own table
_GAP: Final = 0.42
_LETTER: Final = 1.75  # the height of a letter between the names, in em


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet in millimetres, upright, and the type that can be read on it in points."""

    width: float
    height: float
    smallest: float
    largest: float

    @property
    def unit(self) -> float:
        """How much larger everything is than on A3."""
        return self.width / 297

    @property
    def room(self) -> tuple[float, float]:
        """The width and height that the names have."""
        return self.width - 2 * 11 * self.unit, self.height - (42 + 15) * self.unit


PAPERS: Final[dict[Format, Paper]] = {"A3": Paper(297, 420, 8.5, 22), "A1": Paper(594, 841, 13, 44)}
_GUTTER: Final = 6.0  # between columns, in millimetres on A3
_COLUMNS: Final = range(1, 5)


@dataclass(frozen=True, slots=True)
class Setting:
    """How the names are set: points, columns of a sheet, sheets."""

    size: float
    columns: int
    sheets: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the poster; ``span`` is empty where there is only one."""

    span: str
    columns: tuple[tuple[Entry, ...], ...]


def poster(roll: Roll, paper_format: Format, design: Design) -> str:
    """Return the poster as a page, one sheet or as many as legible type needs."""
    paper = PAPERS[paper_format]
    setting = _best(roll, paper)
    return render(
        "poster/poster.html.j2",
        roll.languages[0],
        design=design,
        font="",
        roll=roll,
        paper=paper,
        setting=setting,
        column_width=_column_width(paper, setting.columns),
        gutter=_GUTTER * paper.unit,
        headings=in_each(_TITLE, roll.languages),
        times=in_each(_TIMES, roll.languages),
        sheets=_sheets(roll, paper, setting),
        gap=_GAP,
        leading=LEADING,
        letter=_LETTER,
    )


def _best(roll: Roll, paper: Paper) -> Setting:
    """Return the fewest sheets on which the type stays legible, and on them the largest type that fits."""
    sheets = {columns: ceil(_needed(roll, paper, paper.smallest, columns) / columns) for columns in _COLUMNS}
    fewest = min(sheets.values())
    settings = (
        Setting(_largest(roll, paper, columns, columns * fewest), columns, fewest)
        for columns in _COLUMNS
        if sheets[columns] == fewest
    )
    return max(settings, key=lambda setting: (setting.size, -setting.columns))


def _largest(roll: Roll, paper: Paper, columns: int, room: int) -> float:
    """Return the largest type, in quarters of a point, with which the names take at most ``room`` columns."""
    low, high = round(paper.smallest * 4), round(paper.largest * 4)
    while low < high:
        middle = (low + high + 1) // 2
        if _needed(roll, paper, middle / 4, columns) <= room:
            low = middle
        else:
            high = middle - 1
    return low / 4


def _needed(roll: Roll, paper: Paper, size: float, columns: int) -> int:
    em_mm = size * MM_PER_PT
    return needed(_entries(roll, _column_width(paper, columns) / em_mm), paper.room[1] / em_mm)


def _column_width(paper: Paper, columns: int) -> float:
    return (paper.room[0] - (columns - 1) * _GUTTER * paper.unit) / columns


def _sheets(roll: Roll, paper: Paper, setting: Setting) -> tuple[Sheet, ...]:
    em_mm = setting.size * MM_PER_PT
    entries = _entries(roll, _column_width(paper, setting.columns) / em_mm)
    columns = balanced(entries, setting.columns * setting.sheets, paper.room[1] / em_mm)
    grouped = [columns[start : start + setting.columns] for start in range(0, len(columns), setting.columns)]
    counts = [sum(len(column) for column in sheet) for sheet in grouped]
    firsts = [sum(counts[:place]) for place in range(len(counts))]
    spans = [_span(roll.guests, first, count) for first, count in zip(firsts, counts, strict=True)]
    return tuple(
        Sheet(span if len(grouped) > 1 else "", tuple(sheet)) for span, sheet in zip(spans, grouped, strict=True)
    )


def _span(guests: Sequence[Guest], first: int, count: int) -> str:
    """Return what a sheet holds, from A to F, say; where two sheets share a letter, from Dup."""
    last = first + count - 1
    begins = _bound(guests[first], guests[first - 1] if first else None)
    ends = _bound(guests[last], guests[last + 1] if last + 1 < len(guests) else None)
    return begins if begins == ends else f"{begins} \N{EN DASH} {ends}"


def _bound(guest: Guest, neighbour: Guest | None) -> str:
    """Return what tells a guest from the neighbour on another sheet: a letter, else the beginning of the name."""
    if neighbour is None or neighbour.initial != guest.initial:
        return guest.initial
    is_enough = guest.family_name[:3] != neighbour.family_name[:3]
    return guest.family_name[: 3 if is_enough else 4]


def _entries(roll: Roll, room: float) -> list[Entry]:
    """Return everybody as lines no wider than ``room`` em; the first of a letter carries it."""
    found = []
    before = ""
    for guest in roll.guests:
        made = (*_who(guest, room), *lines(_where(guest, roll), room))
        letter = guest.initial if guest.initial != before else ""
        height = len(made) * LEADING + _GAP
        found.append(Entry(letter, made, height + (_LETTER if letter else 0)))
        before = guest.initial
    return found


def _who(guest: Guest, room: float) -> tuple[Line, ...]:
    """Return name and company in one line where they fit it, else the company below the name."""
    name = [*words(guest.family_name, _FAMILY), *words(guest.given_name, _GIVEN)]
    company = words(guest.company, _COMPANY)
    together = lines([*name, *company], room)
    return together if len(together) == 1 else (*lines(name, room), *lines(company, room))


def _where(guest: Guest, roll: Roll) -> list[Word]:
    if not guest.moves:
        return words(" · ".join(in_each(WELCOME, roll.languages)), _TIME)
    return [
        word
        for seat in guest.moves
        for word in (Word(f"{seat.starts_at:%H:%M}", _TIME, _BETWEEN), Word(seat.table, _TABLE, BOUND))
    ]
