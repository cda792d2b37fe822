"""How large an agenda can be printed so that it stays on one sheet.

Laying out a sheet costs 0.2 s, so the height is reckoned beforehand. The reckoning only chooses where to begin:
whether a sheet fits is decided by laying it out.
"""

from dataclasses import dataclass
from math import ceil
from typing import Final

from tasks.publish.agendas.agenda import Agenda, Away, FreeTime, Meeting, ProgrammeMoment


@dataclass(frozen=True, slots=True)
class Fit:
    """How much a sheet shows, and how large.

    ``scale`` multiplies the type, ``air`` the space between rows; ``offers`` counts categories a side,
    ``presentation`` characters (0: none), ``wishes`` the unmet ones listed.
    """

    scale: float
    air: float
    offers: int
    presentation: int
    wishes: int


# The page leaves nothing out. The sheet first loses air, then size, and only then words.
ON_SCREEN: Final = Fit(scale=1, air=1, offers=99, presentation=2000, wishes=999)
ON_PAPER: Final = (
    Fit(scale=1.18, air=2.0, offers=8, presentation=220, wishes=99),
    Fit(scale=1.12, air=1.5, offers=8, presentation=200, wishes=99),
    Fit(scale=1.06, air=1.2, offers=8, presentation=180, wishes=99),
    Fit(scale=1.0, air=1.0, offers=8, presentation=150, wishes=99),
    Fit(scale=0.94, air=0.9, offers=6, presentation=120, wishes=40),
    Fit(scale=0.88, air=0.8, offers=5, presentation=100, wishes=30),
    Fit(scale=0.82, air=0.6, offers=4, presentation=60, wishes=24),
    Fit(scale=0.76, air=0.5, offers=3, presentation=0, wishes=16),
    Fit(scale=0.68, air=0.4, offers=2, presentation=0, wishes=12),
    Fit(scale=0.58, air=0.3, offers=1, presentation=0, wishes=8),
)

# Measured on sheets of the template: heights in rem of 9.6 pt at scale 1, characters to a line of the middle column.
_SHEET: Final = 66.0  # where a second layout is seldom needed and little room is left
_HEAD_LINE: Final = 3.2
_NAME_LINE: Final = 1.4
_TEXT_LINE: Final = 1.32
_SMALL_LINE: Final = 1.14
_NAME_CHARACTERS: Final = 58
_TEXT_CHARACTERS: Final = 62
_SMALL_CHARACTERS: Final = 75
_SIDE_CHARACTERS: Final = 46
_LONG: Final = 34


def likely_fits(agenda: Agenda) -> tuple[Fit, ...]:
    """Return the fits worth laying out, the largest that probably fits first; never none."""
    begin = next((index for index, fit in enumerate(ON_PAPER) if _is_likely(agenda, fit)), len(ON_PAPER) - 1)
    return ON_PAPER[begin:]


def _is_likely(agenda: Agenda, fit: Fit) -> bool:
    head = _HEAD_LINE * (_lines(agenda.name, _LONG) + _lines(agenda.company, 2 * _LONG) - 2)
    middle = sum(_row(moment, fit) for moment in agenda.moments)
    return head + max(fit.scale * middle, min(fit.scale, 1) * _side(agenda, fit)) <= _SHEET


def _row(moment: ProgrammeMoment | Meeting | FreeTime | Away, fit: Fit) -> float:
    if isinstance(moment, Meeting):
        return _meeting(moment, fit) + 0.9 * fit.air
    return 2.6 + (0.6 if isinstance(moment, FreeTime | Away) else 0.9 * fit.air)


def _meeting(meeting: Meeting, fit: Fit) -> float:
    partner = meeting.partner
    name = partner.name + " " * 18  # whose wish it is stands behind the name
    offers = " · ".join((*partner.sells[: fit.offers], *partner.seeks[: fit.offers]))
    return (
        _NAME_LINE * _lines(name, _NAME_CHARACTERS / fit.scale)
        + _TEXT_LINE * _lines(partner.company + partner.job_title, _TEXT_CHARACTERS / fit.scale)
        + _SMALL_LINE * _lines(partner.presentation[: fit.presentation], _SMALL_CHARACTERS / fit.scale)
        + _SMALL_LINE * _lines(offers and offers + " " * 16, _SMALL_CHARACTERS / fit.scale)
    )


def _side(agenda: Agenda, fit: Fit) -> float:
    width = _SIDE_CHARACTERS / min(fit.scale, 1)
    spaces = sum(1.7 + _SMALL_LINE * _lines(space.description, width) for space in agenda.spaces)
    wishes = sum(_SMALL_LINE * _lines(wish.name + wish.company + " " * 9, width) for wish in agenda.unmet[: fit.wishes])
    reasons = 2.5 * len({wish.reason for wish in agenda.unmet})
    return 13 + spaces + wishes + reasons


def _lines(text: str, characters: float) -> int:
    return ceil(len(text) / characters)
