"""The printed pieces of a plan version: which there are, and what each is made of.

What hangs or stands in the hall (posters, table cards, badges) speaks the languages of the event at once; the list of
the welcome desk the organiser's; the list of exhibitors is made once in every language, for whoever picks it up.
"""

import gc
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal, TypeAlias

from tasks.design import Design
from tasks.files import write
from tasks.publish.documents.printed import badges, lists, poster, sheets, table_cards
from tasks.publish.documents.printed.roll import Roll

Finish: TypeAlias = Literal["flat", "tent"]

AGENDAS: Final = "agendas.pdf"
_CARDS: Final = 60  # tables laid out at once
_BADGES: Final = 200  # a whole number of sheets


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A piece that is laid out, in parts: a long one takes WeasyPrint a gigabyte. A tent has its faces put twice.

    ``bleed_mm`` is how far the colour of a flat one runs on beyond the edge of the sheet. ``is_tagged`` is a list that
    is read on a screen too; what only hangs or stands in the hall is not, which takes a tenth to a quarter less.
    """

    file_name: str
    parts: tuple[str, ...]
    finish: Finish = "flat"
    bleed_mm: float = 0
    is_tagged: bool = False

    @property
    def sha256(self) -> str:
        """The hash of all that the piece shows, and how."""
        how = (self.finish, str(self.bleed_mm), str(self.is_tagged))
        return hashlib.sha256("\n".join((*how, *self.parts)).encode()).hexdigest()

    def make(self, folder: Path) -> None:
        """Write the piece into ``folder``. It is laid out in this process: call it in one of its own."""
        from tasks.pdf import to_pdf  # noqa: PLC0415 -- WeasyPrint takes half a second; whoever plans pieces prints none

        gc.disable()  # as for the sheets of agendas: a fifth less
        try:
            made = []
            for part in self.parts:
                pdf = to_pdf(part, is_tagged=self.is_tagged)
                made.append(self._finished(pdf))
                gc.collect()
        finally:
            gc.enable()
        write(folder / self.file_name, made[0] if len(made) == 1 else sheets.joined(made))

    def _finished(self, pdf: bytes) -> bytes:
        if self.finish == "tent":
            return sheets.tents(pdf)
        return sheets.with_bleed(pdf, self.bleed_mm) if self.bleed_mm else pdf


@dataclass(frozen=True, slots=True)
class Merged:
    """The file of all agendas: ``agendas`` are the sheets, in the order of names, with the hashes of their content."""

    file_name: str
    agendas: Sequence[tuple[Path, str]]
    bleed_mm: float

    @property
    def sha256(self) -> str:
        """The hash of all sheets and of how they are put together."""
        parts = (str(self.bleed_mm), *(f"{path.name} {content}" for path, content in self.agendas))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def make(self, folder: Path) -> None:
        """Write the file into ``folder``."""
        write(folder / self.file_name, sheets.merged((path for path, _ in self.agendas), self.bleed_mm))


Piece: TypeAlias = LaidOut | Merged


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
