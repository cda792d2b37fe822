"""The printed pieces of a plan version: which there are, and what each is made of.

What hangs or stands in the hall (posters, table cards, badges) speaks the languages of the event at once; the list of
the welcome desk the organiser's; the list of exhibitors is made once in every language, for whoever picks it up.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from tasks.design import Design
from tasks.publish.documents.printed import badges, lists, poster, table_cards
from tasks.publish.documents.printed.piece import LaidOut, Merged, Piece
from tasks.publish.documents.printed.roll import Roll

AGENDAS: Final = "agendas.pdf"
_CARDS: Final = 60  # tables laid out at once
_BADGES: Final = 200  # a whole number of sheets


def pieces(roll: Roll, contents: Mapping[str, str], agendas: Path, bleed_mm: float, design: Design) -> Iterator[Piece]:
    """Return the pieces of a plan version, those that take longest first; none that would be empty.

    ``contents`` maps leaders to the hash of their agenda, whose sheet lies in the folder ``agendas``.
    """
    if roll.guests:
        order = [guest.leader_id for guest in roll.guests]
        yield Merged(AGENDAS, [(agendas / f"{leader}.pdf", contents[leader]) for leader in order], bleed_mm)
    if roll.tables:
        parts = (
            replace(roll, tables=roll.tables[place : place + _CARDS]) for place in range(0, len(roll.tables), _CARDS)
        )
        yield LaidOut("table-cards.pdf", tuple(table_cards.faces(part, design) for part in parts), "tent")
    if roll.guests:
        parts = (
            replace(roll, guests=roll.guests[place : place + _BADGES]) for place in range(0, len(roll.guests), _BADGES)
        )
        yield LaidOut("badges.pdf", tuple(badges.badges(part, design) for part in parts))
        yield LaidOut("poster-a3.pdf", (poster.poster(roll, "A3", design),), bleed_mm=bleed_mm)
        yield LaidOut("poster-a1.pdf", (poster.poster(roll, "A1", design),), bleed_mm=bleed_mm)
        yield LaidOut("welcome-desk.pdf", (lists.welcome_desk(roll, design),), is_tagged=True)
    if roll.stands or roll.halls:
        for language in roll.languages:
            ending = "" if language == "fr" else f".{language}"
            yield LaidOut(f"exhibitors{ending}.pdf", (lists.exhibitors(roll, language, design),), is_tagged=True)
