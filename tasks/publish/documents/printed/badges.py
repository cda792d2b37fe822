"""Badges, ten to a sheet of A4: the name as large as the card takes it, the company, the catalogue number."""

from dataclasses import dataclass
from typing import Final

from tasks.design import Design
from tasks.pages import render
from tasks.publish.documents.printed.lettering import LEADING, Block, Style, fitted, words
from tasks.publish.documents.printed.roll import Guest, Roll

# Cards of 85 x 54 mm, edge to edge, in the middle of the sheet; millimetres from its top left corner.
WIDTH: Final = 85.0
HEIGHT: Final = 54.0
COLUMNS: Final = 2
ROWS: Final = 5
LEFT: Final = (210 - COLUMNS * WIDTH) / 2
TOP: Final = (297 - ROWS * HEIGHT) / 2

_GIVEN: Final = Style("given", 600)
_FAMILY: Final = Style("family", 700)
_COMPANY: Final = Style("company", 600)
_ROOM: Final = (WIDTH - 2 * 6, 20.5)  # of the name
_BELOW: Final = (WIDTH - 2 * 6, 9.5)  # of the company
_NAME_SIZES: Final = (24, 22, 20, 18, 16.5, 15, 13.5, 12, 11, 10, 9, 8)
_COMPANY_SIZES: Final = (11.5, 10.5, 9.5, 8.5, 7.5, 6.5)


@dataclass(frozen=True, slots=True)
class Badge:
    """One badge: where its top left corner lies on the sheet (mm), and what it says."""

    left: float
    top: float
    name: Block
    company: Block
    number: int


def badges(roll: Roll, design: Design) -> str:
    """Return all badges as a page, in the order of names, by rows."""
    cards = [_badge(guest, place % (COLUMNS * ROWS)) for place, guest in enumerate(roll.guests)]
    return render(
        "poster/badges.html.j2",
        roll.languages[0],
        design=design,
        font="",
        leading=LEADING,
        roll=roll,
        sheets=[cards[start : start + COLUMNS * ROWS] for start in range(0, len(cards), COLUMNS * ROWS)],
        width=WIDTH,
        height=HEIGHT,
        cuts_across=[TOP + row * HEIGHT for row in range(ROWS + 1)],
        cuts_down=[LEFT + column * WIDTH for column in range(COLUMNS + 1)],
    )


def _badge(guest: Guest, place: int) -> Badge:
    name = (words(guest.given_name, _GIVEN), words(guest.family_name, _FAMILY))
    return Badge(
        left=LEFT + place % COLUMNS * WIDTH,
        top=TOP + place // COLUMNS * HEIGHT,
        name=fitted(name, *_ROOM, _NAME_SIZES),
        company=fitted((words(guest.company, _COMPANY),), *_BELOW, _COMPANY_SIZES),
        number=guest.number,
    )
