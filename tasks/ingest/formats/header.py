"""The header of a sheet: on which line it stands, and which column holds which field."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from tasks.ingest.formats.closeness import Close
from tasks.ingest.formats.header_lines import NOTHING_DECLARED, Candidate, candidates
from tasks.ingest.formats.sources import DateOrder, Source
from tasks.ingest.formats.title_forms import ORDER_LEVEL, Title
from tasks.ingest.formats.wording import Known, Vocabulary
from tasks.ingest.reading.sheet import Sheet
from tasks.ingest.values.folding import fold

Match: TypeAlias = Literal["exact", "close", "declared", "repeated", "unknown"]
_SURE: Final = 100.0
# A form may have hundreds of columns that nobody knows; those that matter are not the last.
_LOOKED_AT_CLOSELY: Final = 300


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """One column of a header, as ``raw.header`` keeps it: position from 1, score from 0 to 100.

    ``field`` is None where the column is dropped at the door: known and not wanted (``exact``), or ``unknown``.
    """

    position: int
    title: str
    field: str | None
    match: Match
    score: float
    date_order: DateOrder | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """A header found in a sheet: its lines as they stand, the number of the last, its titles and cells.

    ``places`` (from 0) are those of each field; of several the first that holds something counts.
    """

    line_number: int
    lines: tuple[tuple[str, ...], ...]
    titles: tuple[str, ...]
    cells: tuple[HeaderCell, ...]
    places: Mapping[str, tuple[int, ...]]

    @property
    def columns(self) -> dict[str, int]:
        """The first place of each field."""
        return {name: places[0] for name, places in self.places.items()}

    @property
    def found(self) -> frozenset[str]:
        """The fields found, series and matrices by the names under which a format requires them."""
        return frozenset(self.places) | {f"{name.partition(':')[0]}" for name in self.places if ":" in name}


def find_header(sheet: Sheet, source: Source, declared: Mapping[str, str] = NOTHING_DECLARED) -> Header | None:
    """Return the line, among the first 30, that holds most fields of the format, None where none has all required ones.

    A header of two lines, such as a group above its columns, counts as one. ``declared`` maps fields to headers and
    wins over every other wording. Raises SetAside where a line is too wide for a header.
    """
    found = candidates(sheet, Vocabulary.of([source.wordings]), declared)
    header = nearest_header(found, source, declared)
    return header if header and not missing(header, source) else None


def missing(header: Header, source: Source) -> tuple[str, ...]:
    """Return the required headers that a sheet lacks, each as the first wording of its first alternative."""
    titles = {fold(cell.title) for cell in header.cells}
    fields = [alternatives[0] for alternatives in source.required if not header.found.intersection(alternatives)]
    marks = [alternatives[0] for alternatives in source.marks if titles.isdisjoint(map(fold, alternatives))]
    return (*(source.title_of(name) for name in fields), *marks)


def nearest_header(
    found: Sequence[Candidate], source: Source, declared: Mapping[str, str] = NOTHING_DECLARED
) -> Header | None:
    """Return the header that holds most fields of the format, whatever it lacks; None where none holds any."""
    wanted = {fold(title): name for name, title in declared.items()}
    counts = [_known_count(candidate, source, wanted) for candidate in found]
    best = max(counts, default=0)
    return _header(found[counts.index(best)], source, wanted) if best else None


def _known_count(candidate: Candidate, source: Source, wanted: Mapping[str, str]) -> int:
    found = (_exact(title, source, wanted) for title in candidate.named.values())
    return len({known.field for known in found if known and known.field})


def _exact(title: Title, source: Source, wanted: Mapping[str, str]) -> Known | None:
    name = wanted.get(fold(title.text)) if wanted else None
    return Known(name, -1) if name else source.wordings.find(title)


def _header(candidate: Candidate, source: Source, wanted: Mapping[str, str]) -> Header:
    """Give each column its field: exact wordings first, then close ones for fields that no column has yet."""
    named = candidate.named
    known = {place: found for place, title in named.items() if (found := _exact(title, source, wanted))}
    places = _placed(known)
    cells = {place: _cell(place, named[place].text, found, places) for place, found in known.items()}
    unknown = [place for place in named if place not in known]
    for place, close in _close({place: named[place] for place in unknown[:_LOOKED_AT_CLOSELY]}, source):
        if close.meaning not in places:
            places[close.meaning] = (place,)
            cells[place] = HeaderCell(place + 1, named[place].text, close.meaning, "close", close.score)
    for place in unknown:
        cells.setdefault(place, HeaderCell(place + 1, named[place].text, None, "unknown", 0.0))
    ordered = tuple(cell for _, cell in sorted(cells.items()))
    texts = tuple(title.text for title in candidate.titles)
    return Header(candidate.line_number, candidate.lines, texts, ordered, places)


def _placed(known: Mapping[int, Known]) -> dict[str, tuple[int, ...]]:
    """Return the places of each field, the best wording first; the buyer's answer only where nobody else gave one."""
    of_field: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for place, found in known.items():
        if found.field:
            of_field[found.field].append((found.level, found.order, place))
    return {
        name: tuple(place for level, _, place in sorted(ranked) if level < ORDER_LEVEL or min(ranked)[0] >= ORDER_LEVEL)
        for name, ranked in of_field.items()
    }


def _cell(place: int, title: str, found: Known, places: Mapping[str, tuple[int, ...]]) -> HeaderCell:
    if found.field is None or place not in places[found.field]:
        return HeaderCell(place + 1, title, None, "exact", _SURE)
    if found.level < 0:
        return HeaderCell(place + 1, title, found.field, "declared", _SURE)
    match: Match = "exact" if place == places[found.field][0] else "repeated"
    return HeaderCell(place + 1, title, found.field, match, _SURE)


def _close(titles: Mapping[int, Title], source: Source) -> list[tuple[int, Close]]:
    """Return what comes close to a wording, by place, the closest first."""
    found = [(place, close) for place, title in titles.items() if (close := source.wordings.find_close(title))]
    return sorted(found, key=lambda entry: (-entry[1].score, entry[0]))
