"""Printed pieces that make their own file, in the process that they are sent to: it has little to import for them."""

import gc
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from tasks.files import write
from tasks.publish.documents.printed import sheets

Finish: TypeAlias = Literal["flat", "tent"]


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
