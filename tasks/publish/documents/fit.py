"""How large an agenda can be printed so that it stays on one sheet.

Laying out a sheet costs 0.2 s, so the height is reckoned beforehand. The reckoning only chooses where to begin:
whether a sheet fits is decided by laying it out.
"""

from dataclasses import dataclass, replace
from math import ceil
from typing import Final

from tasks.publish.agendas.agenda import Agenda, Away, FreeTime, Meeting, ProgrammeMoment, Room


@dataclass(frozen=True, slots=True)
class Fit:
    """How much a sheet shows, and how large.

    ``scale`` multiplies the type of the meetings, ``side`` that of the column beside them, ``air`` the space between
    rows; ``offers`` counts categories a side, ``presentation`` characters (0: none), ``wishes`` the unmet ones listed.
    """

    scale: float
    air: float
    offers: int
    presentation: int
    wishes: int = 0
    side: float = 1

    @property
    def are_offers_apart(self) -> bool:
        """Whether what a partner sells and what they seek have a line each."""
        return self.scale >= _APART


_APART: Final = 0.88
# The page leaves nothing out. The sheet first loses air, then size, and only then words.
ON_SCREEN: Final = Fit(scale=1, air=1, offers=99, presentation=2000, wishes=999)
ON_PAPER: Final = (
    Fit(scale=1.18, air=2.0, offers=8, presentation=220),
    Fit(scale=1.12, air=1.5, offers=8, presentation=200),
    Fit(scale=1.06, air=1.2, offers=8, presentation=180),
    Fit(scale=1.0, air=1.0, offers=8, presentation=150),
    Fit(scale=0.94, air=0.9, offers=6, presentation=120),
    Fit(scale=0.88, air=0.8, offers=5, presentation=100),
    Fit(scale=0.82, air=0.6, offers=4, presentation=74),
    Fit(scale=0.82, air=0.5, offers=2, presentation=0),
    Fit(scale=0.76, air=0.5, offers=2, presentation=0),
    Fit(scale=0.76, air=0.4, offers=1, presentation=0),
    Fit(scale=0.68, air=0.4, offers=1, presentation=0),
    Fit(scale=0.58, air=0.3, offers=1, presentation=0),
    Fit(scale=0.5, air=0.2, offers=0, presentation=0),
)

# Measured on sheets of the template: heights in rem of 9.6 pt at scale 1, characters to a line of the middle column.
_SHEET: Final = 66.0  # where a second layout is seldom needed and little room is left
_HEAD_LINE: Final = 1.6  # names of several lines are set smaller
_NAME_LINE: Final = 1.4
_TEXT_LINE: Final = 1.32
_SMALL_LINE: Final = 1.14
_NAME_CHARACTERS: Final = 58
_TEXT_CHARACTERS: Final = 62
_SMALL_CHARACTERS: Final = 75
_SIDE_CHARACTERS: Final = 46
_UNBROKEN: Final = 0.6  # of a line: a word from here on leaves most of the line before it empty
_SIDE_REST: Final = 22.0  # headings, place, people to call, the mark
_LONG: Final = 42
_LONG_COMPANY: Final = 56
_FEWEST_WISHES: Final = 4
_MOST_WISHES: Final = 60
_SIDES: Final = (1, 0.94, 0.88, 0.82, 0.76, 0.72, 0.68, 0.64, 0.6, 0.56, 0.52, 0.48)


def likely_fits(agenda: Agenda) -> tuple[Fit, ...]:
    """Return the fits worth laying out, the largest that probably fits first; never none.

    The column at the side has a size of its own, and lists as many unmet wishes as there is room for. Each further fit
    has both smaller: whichever of the two was too long, one of the next holds.
    """
    room = _SHEET - _head(agenda)
    begin = next((index for index, fit in enumerate(ON_PAPER) if _way(agenda, fit) <= room), len(ON_PAPER) - 1)
    return tuple(
        _with_side(agenda, fit, room, _SIDES[min(tried, len(_SIDES) - 1)]) for tried, fit in enumerate(ON_PAPER[begin:])
    )


def _way(agenda: Agenda, fit: Fit) -> float:
    return fit.scale * sum(_row(moment, fit) for moment in agenda.moments)


def _with_side(agenda: Agenda, fit: Fit, room: float, cap: float) -> Fit:
    """Return a fit with the largest side of at most ``cap`` that probably fits, and as many wishes as it then holds."""
    sizes = [size for size in _SIDES if size <= cap]
    few = [replace(fit, side=size, wishes=_FEWEST_WISHES) for size in sizes]
    chosen = next((one for one in few if _side(agenda, one) <= room), few[-1])
    count = min(len(agenda.unmet), _MOST_WISHES)
    while count > _FEWEST_WISHES and _side(agenda, replace(chosen, wishes=count)) > room:
        count -= 1
    return replace(chosen, wishes=count)


def _head(agenda: Agenda) -> float:
    return _HEAD_LINE * (_lines(agenda.name, _LONG) + _lines(agenda.company, _LONG_COMPANY) - 2)


def _row(moment: ProgrammeMoment | Meeting | FreeTime | Away, fit: Fit) -> float:
    if isinstance(moment, Meeting):
        return _meeting(moment, fit) + 0.9 * fit.air
    return 2.6 + (0.6 if isinstance(moment, FreeTime | Away) else 0.9 * fit.air)


def _meeting(meeting: Meeting, fit: Fit) -> float:
    partner = meeting.partner
    name = partner.name + " " * 18  # whose wish it is stands behind the name
    sides = [" · ".join(side[: fit.offers]) for side in (partner.sells, partner.seeks)]
    offers = sides if fit.are_offers_apart else [" · ".join(sides)]
    return (
        _NAME_LINE * _lines(name, _NAME_CHARACTERS / fit.scale)
        + _TEXT_LINE * _lines(partner.company + partner.job_title, _TEXT_CHARACTERS / fit.scale)
        + _SMALL_LINE * _lines(partner.presentation[: fit.presentation], _SMALL_CHARACTERS / fit.scale)
        + _SMALL_LINE * sum(_lines(line and line + " " * 10, _SMALL_CHARACTERS / fit.scale) for line in offers)
    )


def _side(agenda: Agenda, fit: Fit) -> float:
    width = _SIDE_CHARACTERS / fit.side
    spaces = sum(1.7 + _SMALL_LINE * _lines(space.description, width) for space in agenda.spaces)
    shown = agenda.unmet[: fit.wishes]
    wishes = sum(_SMALL_LINE * _wish_lines(f"{wish.name} {wish.company}", width) for wish in shown)
    reasons = 2.5 * len({wish.reason for wish in shown}) + (4 if agenda.unmet else 0)
    return fit.side * (_SIDE_REST + spaces + wishes + reasons) + _room(agenda.room)


def _wish_lines(text: str, characters: float) -> int:
    """Return the lines of a wish with its number behind it; a word too long for a line begins one of its own."""
    longest = max((len(word) for word in text.split()), default=0)
    return _lines(text + " " * 8, characters) + (2 if longest > _UNBROKEN * characters else 0)


def _room(room: Room) -> float:
    if not room.seats:
        return 0
    return 3.5 + min(13, 16 * 1.3 * len(room.row_names) / room.columns) + _SMALL_LINE * ceil(len(room.seats) / 2)


def _lines(text: str, characters: float) -> int:
    return ceil(len(text) / characters)
