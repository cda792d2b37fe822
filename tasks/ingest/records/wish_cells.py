"""The cells that hold whom a leader wishes to meet: numbered ones, one with a name a line, numbers, or a matrix."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from tasks.ingest.records import catalogue
from tasks.ingest.records.choices import AVOIDED, UNRANKED, Choice, choice_of, is_ticked
from tasks.ingest.records.reader import Reader
from tasks.ingest.records.vocabulary import NOBODY
from tasks.ingest.values.folding import fold

Origin: TypeAlias = Literal["typed", "numbers", "matrix"]

_BULLET: Final = re.compile(r"^\s*(?:[-*•–]|\d{1,2}\s*[.)/°-])\s+")  # noqa: RUF001 -- people type dashes
_COUNTING: Final = re.compile(r"(?<![^\s,/])(\d{1,2})\s*[.)/°-]\s+(?=\S)")
_MOST_NAMES: Final = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """A text as typed, at its rank from 1; ``origin`` tells a column for numbers and a matrix from what is typed.

    Where its rank ``is_counted`` on from what stands before it, each name of several in the text is counted.
    """

    rank: int
    typed: str
    origin: Origin = "typed"
    is_counted: bool = False


@dataclass(frozen=True, slots=True)
class WishCells:
    """Whom a row asks for, and whom it says no to."""

    wishes: tuple[Wish, ...]
    excluded: tuple[str, ...]


def read_wish_cells(reader: Reader) -> WishCells:
    """Return all wishes of a row: numbered cells, then the cell with one a line, then numbers, each counted on.

    The columns of a matrix carry their own ranks. Where one cell is all that is filled, its lines are its ranks.
    """
    typed = tuple(Wish(number, name) for number, _ in reader.series("wish") for name in _few(reader, f"wish_{number}"))
    if len({wish.rank for wish in typed}) == 1 and not reader.text("more_wishes"):
        typed = tuple(_counted((wish.typed for wish in typed), typed[0].rank, "typed"))
    more = tuple(_counted(_few(reader, "more_wishes"), _after(typed), "typed"))
    numbers = tuple(_counted(_few(reader, "numbers"), _after((*typed, *more)), "numbers"))
    chosen = tuple(_chosen(reader))
    return WishCells(
        wishes=(*typed, *more, *numbers, *_ranked(chosen)),
        excluded=(
            *_few(reader, "excluded"),
            *(label for label, choice in chosen if choice == AVOIDED),
        ),
    )


def names(cell: str) -> tuple[str, ...]:
    """Split a cell into the names it holds, without bullets; what says "nobody" is no name."""
    parts = (part for line in cell.replace(";", "\n").splitlines() for part in _counted_parts(line))
    lines = (_without_bullet(part) for part in parts)
    return tuple(line for line in lines if fold(line) not in NOBODY)


def _counted_parts(line: str) -> tuple[str, ...]:
    """Split a line that counts its names, ``1. Morel 2. Roux``: only where it counts from 1 on without a gap."""
    marks = list(_COUNTING.finditer(line))
    counts = [int(mark[1]) for mark in marks]
    if len(marks) < len(("1.", "2.")) or counts != list(range(1, len(counts) + 1)) or line[: marks[0].start()].strip():
        return (line,)
    ends = [*(mark.start() for mark in marks[1:]), len(line)]
    return tuple(line[mark.end() : end].strip(" ,/") for mark, end in zip(marks, ends, strict=True))


def _few(reader: Reader, name: str) -> tuple[str, ...]:
    """Return the names of a cell, none (and the cell refused) where it holds more than anybody types."""
    found = names("\n".join(reader.lines(name)))
    if len(found) > _MOST_NAMES:
        reader.refuse(name, "too_many_names")
        return ()
    return found


def _without_bullet(line: str) -> str:
    """Return a line without its bullet; in ``12 / 45`` the first number is none."""
    tidy = " ".join(line.split())
    return tidy if catalogue.numbers_in(tidy) else _BULLET.sub("", tidy)


def _after(wishes: Iterable[Wish]) -> int:
    return max((wish.rank for wish in wishes), default=0) + 1


def _counted(typed: Iterable[str], first: int, origin: Origin) -> Iterator[Wish]:
    return (Wish(rank, name, origin, is_counted=True) for rank, name in enumerate(typed, start=first))


def _chosen(reader: Reader) -> Iterator[tuple[str, Choice | Wish]]:
    """Yield what each cell of the matrix says of the label of its column; what says nothing we know is refused.

    Where the columns are the ranks (``1er choix``) the cells hold the names.
    """
    for label, cell in reader.matrix("wish"):
        choice, rank = choice_of(cell), choice_of(label)
        if choice is not None:
            yield label, choice
        elif is_ticked(label, cell):
            yield label, UNRANKED
        elif rank is not None and rank.rank:
            yield from ((label, Wish(rank.rank, name)) for name in names(cell))
        else:
            reader.refuse(f"wish_of:{label}", "unknown_word")


def _ranked(chosen: Iterable[tuple[str, Choice | Wish]]) -> Iterator[Wish]:
    """Yield the wishes of a matrix; a plain yes ranks after whatever was given a rank."""
    found = [(label, choice) for label, choice in chosen if isinstance(choice, Wish) or choice.is_wish]
    after = max((choice.rank for _, choice in found), default=0) + 1
    for label, choice in found:
        if isinstance(choice, Wish):
            yield choice
        else:
            yield Wish(choice.rank or after, _without_bullet(label), "matrix")
