"""What a cell of a matrix says of the company of its column: a rank, a level of interest, yes, no, or better never."""

import re
from dataclasses import dataclass
from typing import Final

from tasks.ingest.records.vocabulary import AVOID, LEVELS, NO, ORDINALS, RANK_WORDS, YES
from tasks.ingest.values.folding import fold

_ORDINAL_TAIL: Final = r"(?:er|ere|ier|iere|re|e|eme|ieme|nd|nde|st|rd|th)"
_RANK: Final = re.compile(
    rf"(?:{RANK_WORDS.pattern} ?)*(?:(?P<number>[1-9]\d?) ?{_ORDINAL_TAIL}?|(?P<word>[a-z]+))(?: {RANK_WORDS.pattern})*"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen; ``rank`` counts from 1 and is 0 where none is given."""

    is_wish: bool
    rank: int = 0


UNRANKED: Final = Choice(is_wish=True)
REFUSED: Final = Choice(is_wish=False)
AVOIDED: Final = Choice(is_wish=False, rank=-1)


def choice_of(cell: str) -> Choice | None:
    """Return what a cell says (``1``, ``1er choix``, ``indispensable``, ``x``, ``non``), None where that is unknown."""
    words = fold(cell.strip().removesuffix(".0"))
    if words in AVOID:
        return AVOIDED
    if words in NO:
        return REFUSED
    if words in YES:
        return UNRANKED
    rank = LEVELS.get(words) or _rank(words)
    return Choice(is_wish=True, rank=rank) if rank else None


def _rank(words: str) -> int | None:
    found = _RANK.fullmatch(words)
    if found is None:
        return None
    return int(found["number"]) if found["number"] else ORDINALS.get(found["word"])


def is_ticked(label: str, cell: str) -> bool:
    """Say whether an option was chosen in its own column: some tools repeat the option there, others write 1 or yes."""
    choice = choice_of(cell)
    return choice.is_wish if choice else fold(cell) == fold(label)
