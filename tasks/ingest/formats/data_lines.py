"""Which lines below a header are data: not the blank ones, totals, repeated headers, and notes that close a list."""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from tasks.ingest.formats.header import Header
from tasks.ingest.reading.sheet import Line
from tasks.ingest.values.folding import fold
from tasks.ingest.values.lexicon import BESIDE_TOTALS, TOTALS

_TOTAL_INITIALS: Final = "TtSsGg"
# What may stand beside the word TOTAL: sums, not names.
_SUM: Final = re.compile(r"(?:[\s\d.,:%€$£+-]|EUR|\u00a0|\u202f)*")
_DONE: Final = r"(?:edit|imprim|gener|export|extrai|arret|telecharg|cre|etabl|mis)(?:e|i|t)?e?s?"
# Folded: Édité le 12/11/2026 · Liste arrêtée au 15 novembre 2026 · Printed on 12 November 2026 · Page 1/3
_NOTE: Final = re.compile(
    rf"(?:[a-z]+ )?{_DONE}(?: a jour)? (?:le|au|a la date du) .*\d.*"
    r"|(?:[a-z]+ )?(?:printed|generated|exported|updated|created|as) (?:on|at|of) .*\d.*"
    r"|page \d+(?: (?:(?:sur|de|of) )?\d+)?|fin (?:de (?:la )?liste|du fichier)|end of (?:list|file)"
)
_NOTE_MARK: Final = re.compile(r"\s*(?:\*|\(\*|n\.?b\.?\s*:)", re.IGNORECASE)


def data_lines(lines: Iterable[Line], header: Header) -> list[Line]:
    """Return the lines that are data; of most, one letter tells that they are."""
    repeated = {_trimmed(cells) for cells in header.lines}
    suspects = frozenset(_TOTAL_INITIALS) | {letter for cells in header.lines for letter in _initials(_first(cells))}
    kept = []
    for line in lines:
        cells = line.cells
        first = cells[0] if cells and cells[0] else _first(cells)
        initial = first[:1]
        if (initial in suspects or not initial or initial.isspace()) and _is_decoration(cells, repeated):
            continue
        kept.append(line)
    is_wide = sum(map(bool, header.titles)) > 1
    while is_wide and kept and _is_note(kept[-1].cells):
        kept.pop()
    return kept


def _first(cells: Iterable[str]) -> str:
    return next((cell for cell in cells if cell and not cell.isspace()), "")


def _initials(cell: str) -> set[str]:
    letter = cell.strip()[:1]
    return {letter.lower(), letter.upper()}


def _is_decoration(cells: Sequence[str], repeated: AbstractSet[tuple[str, ...]]) -> bool:
    first = _first(cells)
    name = fold(first)
    if not first or (_is_total(name) and _is_sum(cells, first)):
        return True
    return any(name == (next(filter(None, names), "")) for names in repeated) and _trimmed(cells) in repeated


def _is_total(folded: str) -> bool:
    """Say whether a text is the word for a total with what is counted; ``Total Energies`` counts nothing we know."""
    words = folded.split()
    start = words[1:2] if words[:1] in (["sous"], ["grand"]) else words[:1]
    return not TOTALS.isdisjoint(start) and _only_counts(words)


def _only_counts(words: Iterable[str]) -> bool:
    return all(word.isdecimal() or word in TOTALS or word in BESIDE_TOTALS for word in words)


def _is_sum(cells: Iterable[str], first: str) -> bool:
    """Say whether there are but numbers beside the word for a total: there is a company of that name."""
    return all(cell == first or _SUM.fullmatch(cell) for cell in cells)


def _is_note(cells: Sequence[str]) -> bool:
    """Say whether a line is a note below the list: one cell that counts, dates or comments it."""
    filled = [cell for cell in cells if cell and not cell.isspace()]
    if len(filled) != 1:
        return False
    words = fold(filled[0]).split()
    is_count = any(map(str.isdecimal, words)) and not all(map(str.isdecimal, words)) and _only_counts(words)
    return is_count or bool(_NOTE.fullmatch(" ".join(words)) or _NOTE_MARK.match(filled[0]))


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the folded cells without the empty ones at the end."""
    names = [fold(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)
