"""Table cards: a sheet of A4 folded to a tent, both faces with the table's name and its afternoon by time.

One face is laid out; it is put on the sheet twice, the upper one upside down.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tasks.design import Design
from tasks.messages import message
from tasks.pages import render
from tasks.publish.documents.printed.lettering import LEADING, MM_PER_PT, Block, Line, Style, fitted, lines, words
from tasks.publish.documents.printed.roll import Guest, Roll, Round, Table
from tasks.publish.documents.printed.wording import in_each

_TABLE: Final = message("Table")
_FREE: Final = message("free")

_NAME: Final = Style("name", 700)
_COMPANY: Final = Style("company", scale=0.78)
_NUMBER: Final = Style("number", 700)

# A face is 210 x 148.5 mm; millimetres.
_PANEL: Final = (50.0, 60.0)  # where the table's name stands
_LIST_HEIGHT: Final = 128.0
_PERSON_WIDTH: Final = 57.0
_TALLEST: Final = 16.0  # of a row: a short afternoon is not spread over the whole face
_MANY: Final = 16  # rounds, above which free ones are left out
_NUMBER_SIZES: Final = (76, 64, 54, 46, 38, 32, 26, 22, 18)
_SIZES: Final = (11.0, 10.25, 9.5, 8.75, 8.0, 7.25)
_AIR: Final = 1.4  # of a row, above and below its names
_NOTHING: Final[Line] = ()


@dataclass(frozen=True, slots=True)
class Aside:
    """Somebody whose names are too long for their line: set smaller, in a place of their own."""

    row: int
    block: Block


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two who meet, over all rows: a line of names and one of companies for each, empty for an aside.

    Set as two texts of many lines. A text for every person takes WeasyPrint three times as long.
    """

    names: tuple[Line, ...]
    companies: tuple[Line, ...]
    asides: tuple[Aside, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One table: its name as large as the panel takes it, and rows of ``row_height`` mm in type of ``size`` points."""

    table: Block
    times: tuple[str, ...]
    sides: tuple[Side, ...]
    row_height: float
    size: float

    @property
    def company_top(self) -> float:
        """How far below the names the companies stand, in mm."""
        return self.size * MM_PER_PT * LEADING * 0.97


def faces(roll: Roll, design: Design) -> str:
    """Return one face of every card as a page, in the order of tables."""
    free = words(" · ".join(in_each(_FREE, roll.languages)), Style("none"))
    return render(
        "poster/card.html.j2",
        roll.languages[0],
        design=design,
        font="",
        leading=LEADING,
        roll=roll,
        cards=[_card(table, lines(free, 99)[0]) for table in roll.tables],
        labels=in_each(_TABLE, roll.languages),
    )


def _card(table: Table, free: Line) -> Card:
    rounds = table.rounds if len(table.rounds) <= _MANY else tuple(held for held in table.rounds if held.guests)
    height = min(_TALLEST, _LIST_HEIGHT / len(rounds))
    largest = (height - _AIR) / LEADING / (1 + _COMPANY.scale) / MM_PER_PT
    size = min(_SIZES[0], largest)
    return Card(
        table=fitted((words(table.table_id, _NUMBER),), *_PANEL, _NUMBER_SIZES),
        times=tuple(f"{held.starts_at:%H:%M}" for held in rounds),
        sides=(_side(rounds, 0, height, size, free), _side(rounds, 1, height, size, _NOTHING)),
        row_height=round(height, 3),
        size=round(size, 2),
    )


def _side(rounds: Sequence[Round], place: int, height: float, size: float, free: Line) -> Side:
    names, companies, asides = [], [], []
    for row, held in enumerate(rounds):
        guest = held.guests[place] if held.guests else None
        line = _line(guest, _PERSON_WIDTH / (size * MM_PER_PT)) if guest else (free, _NOTHING)
        if line is None and guest:
            asides.append(Aside(row, _aside(guest, height, size)))
        name, company = line or (_NOTHING, _NOTHING)
        names.append(name)
        companies.append(company)
    return Side(tuple(names), tuple(companies), tuple(asides))


def _line(guest: Guest, room: float) -> tuple[Line, Line] | None:
    """Return name and company, None where one of them needs more than a line of ``room`` em."""
    name = lines(words(guest.name, _NAME), room)
    company = lines(words(guest.company, _COMPANY), room)
    return (name[0], company[0]) if len(name) == len(company) == 1 else None


def _aside(guest: Guest, height: float, size: float) -> Block:
    told = (words(guest.name, _NAME), words(guest.company, _COMPANY))
    return fitted(told, _PERSON_WIDTH, height - _AIR, [smaller for smaller in _SIZES if smaller <= size] or [size])
