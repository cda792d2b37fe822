"""Lines of type measured before anything is laid out, so that nothing on a printed piece is cut or runs into another.

A layout that tries sizes until one fits takes seconds a page. Inter's own widths are exact for Latin letters; what
another typeface draws (Arabic, Chinese) is reckoned on the wide side.
"""

import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

from tasks.fonts import static_font

BOUND: Final = "\u00a0"
MM_PER_PT: Final = 25.4 / 72
LEADING: Final = 1.16  # from line to line, in em of the piece
_DIGITS: Final = range(ord("0"), ord("9") + 1)
_SLACK: Final = 1.015  # kerning, and what a layout engine rounds
_WIDE: Final = 1.05  # of an ideogram, in em
_UNKNOWN: Final = 0.85  # of a letter that Inter lacks


@dataclass(frozen=True, slots=True)
class Style:
    """How words look: weight, size beside the piece's own; ``name`` is the template's class, empty for plain words."""

    name: str = ""
    weight: int = 400
    scale: float = 1


@dataclass(frozen=True, slots=True)
class Word:
    """What no line breaks, with its look; ``gap`` parts it from the word before, ``BOUND`` keeps it beside that one."""

    text: str
    style: Style
    gap: str = " "

    @property
    def width(self) -> float:
        """The width in em of the piece."""
        return width(self.text, self.style.weight) * self.style.scale

    @property
    def space(self) -> float:
        """The width of what parts the word from the one before, in em of the piece."""
        return width(self.gap, self.style.weight) * self.style.scale


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words of one look."""

    text: str
    style: str


Line: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines at the size, in points, at which they fit their place."""

    size: float
    lines: tuple[Line, ...]


@cache
def _advances(weight: int) -> dict[int, float]:
    from fontTools import ttLib  # noqa: PLC0415 -- 0.1 s, only where something is printed

    font = ttLib.TTFont(io.BytesIO(static_font(weight)))
    em = font["head"].unitsPerEm
    widths = font["hmtx"].metrics
    found = {code: widths[glyph][0] / em for code, glyph in font.getBestCmap().items()}
    widest = max(found[code] for code in _DIGITS)  # in columns all digits are as wide as this one
    return found | dict.fromkeys(_DIGITS, widest)


@cache
def _advance(sign: str, weight: int) -> float:
    known = _advances(weight).get(ord(sign))
    if known is not None:
        return known
    if unicodedata.combining(sign):
        return 0
    return _WIDE if unicodedata.east_asian_width(sign) in {"W", "F"} else _UNKNOWN


@cache
def width(text: str, weight: int) -> float:
    """Return the width of a text in em."""
    return sum(_advance(sign, weight) for sign in text) * _SLACK


def words(text: str, style: Style) -> list[Word]:
    """Return a text as words; a line may also break behind a hyphen."""
    found = []
    for word in text.split():
        parts = word.replace("-", "-\0").split("\0")
        found += [Word(part, style, "" if place else " ") for place, part in enumerate(parts) if part]
    return found


def lines(told: Iterable[Word], room: float) -> tuple[Line, ...]:
    """Break words into lines no wider than ``room`` em; a word too long for a line is broken anywhere."""
    rows: list[list[Word]] = []
    used = 0.0
    for bound in _bound(part for word in told for part in _parts(word, room)):
        own = sum(word.width for word in bound) + sum(word.space for word in bound[1:])
        if rows and used + bound[0].space + own <= room:
            rows[-1] += bound
            used += bound[0].space + own
        else:
            rows.append(bound)
            used = own
    return tuple(_runs(row) for row in rows)


def _bound(told: Iterable[Word]) -> list[list[Word]]:
    """Return words in groups that stay on one line."""
    groups: list[list[Word]] = []
    for word in told:
        if groups and word.gap == BOUND:
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def fitted(paragraphs: Sequence[Sequence[Word]], width_mm: float, height_mm: float, sizes: Sequence[float]) -> Block:
    """Return paragraphs, one below the other, at the first size (points, largest first) at which they fit a place.

    Below the last size they shrink on in small steps: nothing is left out, however long it is.
    """
    size = sizes[0]
    steps = iter(sizes)
    while True:
        size = next(steps, size * 0.94)
        em_mm = size * MM_PER_PT
        made = tuple(line for told in paragraphs for line in lines(told, width_mm / em_mm))
        if len(made) * LEADING * em_mm <= height_mm:
            return Block(round(size, 2), made)


def _parts(word: Word, room: float) -> list[Word]:
    """Return a word in as many parts as lines need it."""
    if word.width <= room:
        return [word]
    parts = [""]
    for sign in word.text:
        if parts[-1] and width(parts[-1] + sign, word.style.weight) * word.style.scale > room:
            parts.append("")
        parts[-1] += sign
    return [Word(part, word.style, "" if place else word.gap) for place, part in enumerate(parts)]


def _runs(row: Sequence[Word]) -> Line:
    runs: list[Run] = []
    for word in row:
        text = word.gap + word.text if runs else word.text
        if runs and runs[-1].style == word.style.name:
            runs[-1] = Run(runs[-1].text + text, word.style.name)
        else:
            runs.append(Run(text, word.style.name))
    return tuple(runs)
