"""The lines of a sheet that may be its header: one that holds a known title, or two that are one header together."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Final

from tasks.ingest.formats.title_forms import Title, read_title
from tasks.ingest.formats.wording import Vocabulary
from tasks.ingest.reading.sheet import Line, SetAside, Sheet
from tasks.ingest.values.folding import fold
from tasks.messages import message

NOTHING_DECLARED: Final[Mapping[str, str]] = {}
_DEPTH: Final = 30
# No tool writes more columns than a form has questions and options; a header beyond this is none.
_WIDEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be the header of a sheet: the number of its last line, its lines as they stand, and the titles, read."""

    line_number: int
    lines: tuple[tuple[str, ...], ...]
    titles: tuple[Title, ...]

    @property
    def named(self) -> dict[int, Title]:
        """The titles that are not empty, by place."""
        return {place: title for place, title in enumerate(self.titles) if title.text}


def candidates(
    sheet: Sheet, vocabulary: Vocabulary, declared: Mapping[str, str] = NOTHING_DECLARED
) -> tuple[Candidate, ...]:
    """Return the lines, among the first 30, that hold a known title, then each two lines of which one does, as one.

    Raises SetAside where a line is too wide for a header.
    """
    wanted = set(map(fold, declared.values()))
    lines = [_titled(line) for line in sheet.lines[:_DEPTH]]
    known = [
        any(vocabulary.knows(title) or fold(title.text) in wanted for title in line.named.values()) for line in lines
    ]
    single = [line for line, is_known in zip(lines, known, strict=True) if is_known]
    pairs = [
        Candidate(below.line_number, (*above.lines, *below.lines), tuple(map(read_title, titles)))
        for (above, above_known), (below, below_known) in pairwise(zip(lines, known, strict=True))
        if (above_known or below_known) and above.named and below.named
        for titles in (_grouped(above, below), _running_on(above, below))
    ]
    return (*single, *pairs)


def _titled(line: Line) -> Candidate:
    if len(line.cells) > _WIDEST and sum(map(bool, line.cells)) > _WIDEST:
        count = len(line.cells)
        raise SetAside(
            message("line {number} has {count} columns: no export is so wide.", number=line.number, count=count),
            remedy=message("Check the separator of the file, or export it again with fewer columns."),
        )
    titles = tuple(read_title(" ".join(cell.split())) for cell in line.cells[:_WIDEST])
    return Candidate(line.number, (line.cells,), titles)


def _grouped(above: Candidate, below: Candidate) -> tuple[str, ...]:
    """Join two lines: a group stands above all its columns, until the next group."""
    group, titles = "", []
    for place, title in enumerate(below.titles):
        group = (above.titles[place].text if place < len(above.titles) else "") or group
        titles.append(f"{title.text} {group}".strip() if title.text else "")
    return tuple(titles)


def _running_on(above: Candidate, below: Candidate) -> tuple[str, ...]:
    """Join two lines: a title begun above goes on below."""
    both = zip_longest(above.titles, below.titles, fillvalue=read_title(""))
    return tuple(f"{first.text} {second.text}".strip() for first, second in both)
