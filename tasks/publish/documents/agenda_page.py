"""One agenda as a page for the screen and as one A4 sheet."""

from typing import Final

from tasks.design import HOUSE, Design
from tasks.errors import RencontresError
from tasks.messages import message
from tasks.overrides import OverrideBroken
from tasks.pages import render
from tasks.publish.agendas.agenda import Agenda, token
from tasks.publish.agendas.wording import UNMET_REASONS, origin
from tasks.publish.documents.fit import ON_SCREEN, Fit, likely_fits
from tasks.publish.documents.pictures import code, in_groups, room_picture
from tasks.publish.documents.printed.lettering import width

_LONG_NAME: Final = 24
_LONG_TABLE: Final = 4
_BOLD: Final = 700
_AROUND_TABLE: Final = 0.55  # rem, to the left and to the right of a table number


def page(agenda: Agenda, font: str, design: Design = HOUSE) -> str:
    """Return the page for the screen, with everything in it; ``font`` is the ``data:`` address of the typeface."""
    return render("agenda/page.html.j2", agenda.language, design=design, font=font, **_context(agenda, ON_SCREEN))


def sheet(agenda: Agenda, design: Design = HOUSE) -> bytes:
    """Return the agenda as a PDF of exactly one A4 sheet, in the largest type that fits.

    Raises OverrideBroken when it does not fit in an organiser's template, RencontresError when not even in ours.
    """
    from tasks.pdf import to_pdf_within  # noqa: PLC0415 -- WeasyPrint takes half a second; most jobs print nothing

    for fit in likely_fits(agenda):
        html = render(
            "agenda/sheet.html.j2",
            agenda.language,
            design=design,
            font="",
            name_size=_name_size(agenda.name),
            company_size=_company_size(agenda.company),
            table_size=_table_size(agenda),
            table_width=_table_width(agenda),
            **_context(agenda, fit),
        )
        pdf = to_pdf_within(html, pages=1)
        if pdf is not None:
            return pdf
    reason = message("the agenda of {leader} does not fit one sheet.", leader=agenda.leader_id)
    raise OverrideBroken("agenda/sheet.html.j2", reason) if design.overrides else RencontresError(reason)


def _context(agenda: Agenda, fit: Fit) -> dict[str, object]:
    mark = token(agenda)
    return {
        "agenda": agenda,
        "fit": fit,
        "origin": origin,
        "reason": UNMET_REASONS.__getitem__,
        "mark": in_groups(mark),
        "code": code(mark, message("Mark of this agenda, for the welcome desk").translated(agenda.language)),
        "room": room_picture(agenda.room),
    }


def _name_size(name: str) -> float:
    """Return the size of the name in points: 27, less for one that would take more than two lines."""
    return 27 if len(name) <= _LONG_NAME else max(14, 27 * _LONG_NAME / len(name) + 4)


def _company_size(company: str) -> float:
    return 16 if len(company) <= 2 * _LONG_NAME else 11


def _table_size(agenda: Agenda) -> float:
    """Return the size of the table numbers in rem, smaller where an organiser gave the tables long names."""
    longest = max((len(meeting.table) for meeting in agenda.meetings), default=0)
    return 1.5 if longest <= _LONG_TABLE else max(0.7, 1.5 * _LONG_TABLE / longest)


def _table_width(agenda: Agenda) -> float:
    """Return how wide the grounds of the table numbers are, in rem: as the widest of them needs."""
    widest = max((width(meeting.table, _BOLD) for meeting in agenda.meetings), default=0)
    return round(widest * _table_size(agenda) + 2 * _AROUND_TABLE, 2)
