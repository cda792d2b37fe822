"""Which format a file is: judged by its header alone, never by its name, with a score and the nearest other format.

A header that many tools write says little of the tool, one that only one writes says nearly all. So each known column
weighs 1 divided by the number of tools that know it, and the score is the share of what speaks for a format in all that
speaks for any, less up to a fifth for columns that nobody knows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tasks.ingest.formats.header import Header, missing, nearest_header
from tasks.ingest.formats.header_lines import NOTHING_DECLARED, candidates
from tasks.ingest.formats.sources import Source
from tasks.ingest.formats.title_forms import read_title
from tasks.ingest.formats.wording import Vocabulary
from tasks.ingest.reading.sheet import SetAside, Sheet
from tasks.ingest.values.folding import fold
from tasks.messages import Message, message

_UNKNOWN_WEIGHS: Final = 0.2
_NEAREST: Final = 3
# Three columns that every tool has are thin evidence; six are a list, one that a single tool writes is enough.
_ENOUGH: Final = 0.6
_EVERY_OTHER: Final = "*"
# All real samples score 0.98 and more, with a gap of 0.7 and more, but for the two that hold nothing of their tool,
# with 0.43 and less; a plain list of name, company and address scores 0.55.
DOUBTFUL_BELOW: Final = 0.5
DOUBTFUL_GAP: Final = 0.2


@dataclass(frozen=True, slots=True)
class Recognition:
    """The format of a file and how well it fits, 0 to 1; ``rival`` is the best of another tool or another kind.

    What yields to the format is a rival only where it would fit better.
    """

    source: Source
    score: float
    rival: Source | None = None
    rival_score: float = 0.0

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should confirm the format: it fits badly, or another fits nearly as well."""
        return self.score < DOUBTFUL_BELOW or self.score - self.rival_score < DOUBTFUL_GAP


@dataclass(slots=True)
class _Tools:
    """Who knows which header; remembers what was asked, for the formats look at the same lines."""

    sources: Sequence[Source]
    known: dict[str, frozenset[str]] = field(default_factory=dict)

    def of(self, title: str) -> frozenset[str]:
        found = self.known.get(title)
        if found is None:
            found = frozenset(source.maker for source in self.sources if source.wordings.find(read_title(title)))
            self.known[title] = found
        return found


def recognise(
    sheets: Sequence[Sheet], sources: Sequence[Source], declared: Mapping[str, str] = NOTHING_DECLARED
) -> Recognition:
    """Return the format that fits a header line of the file best, among those whose required columns are all there.

    ``declared`` maps fields to headers, as ``event.toml`` does. Raises SetAside where no format fits, naming what the
    nearest one lacks, and where a declared header is not in the file.
    """
    vocabulary = Vocabulary.of(source.wordings for source in sources)
    found = [candidates(sheet, vocabulary, declared) for sheet in sheets]
    headers = [
        (source, header) for source in sources for lines in found if (header := nearest_header(lines, source, declared))
    ]
    fitting = [(source, header) for source, header in headers if not missing(header, source)]
    if not fitting:
        raise _unknown(headers, sources)
    tools = _Tools(sources)
    scores: dict[str, float] = {}
    for source, header in fitting:
        scores[source.id] = max(scores.get(source.id, 0), _score(header, source, tools))
    chosen = _best({source.id: source for source, _ in fitting}, scores)
    _check_declared([header for source, header in fitting if source is chosen], declared)
    return Recognition(chosen, scores[chosen.id], *_rival(chosen, (source for source, _ in fitting), scores))


def _best(fitting: Mapping[str, Source], scores: Mapping[str, float]) -> Source:
    """Return the best format, leaving out those that yield to another one that fits too."""
    free = [source for source in fitting.values() if not any(_yields(source, other) for other in fitting.values())]
    return max(free, key=lambda source: scores[source.id])


def _yields(source: Source, other: Source) -> bool:
    return source is not other and (other.id in source.yields_to or _EVERY_OTHER in source.yields_to)


def _rival(chosen: Source, fitting: Iterable[Source], scores: Mapping[str, float]) -> tuple[Source | None, float]:
    others = [
        source
        for source in fitting
        if (source.maker, source.kind) != (chosen.maker, chosen.kind)
        and (not _yields(source, chosen) or scores[source.id] > scores[chosen.id])
    ]
    rival = max(others, key=lambda source: scores[source.id], default=None)
    return rival, scores[rival.id] if rival else 0.0


def _score(header: Header, source: Source, tools: _Tools) -> float:
    speaking = foreign = 0.0
    known_count = 0
    for cell in header.cells:
        others = tools.of(cell.title) - {source.maker}
        if cell.match != "unknown":
            known_count += 1
            speaking += cell.score / 100 / (1 + len(others))
        elif others:
            foreign += 1 / len(others)
    coverage = known_count / len(header.cells)
    share = speaking / (speaking + foreign) * (1 - _UNKNOWN_WEIGHS * (1 - coverage))
    return round(share * min(1, speaking / _ENOUGH), 3)


def _check_declared(headers: Sequence[Header], declared: Mapping[str, str]) -> None:
    """Refuse a header of ``event.toml`` that no sheet has: what was meant would be missing without a word."""
    titles = {fold(title) for header in headers for title in header.titles}
    for name, title in declared.items():
        if fold(title) not in titles:
            raise SetAside(
                message(
                    'event.toml says that "{title}" holds {field}, but no column has this header.',
                    title=title,
                    field=name,
                ),
                remedy=message("Write the header in event.toml as it stands in the file, or take it out."),
            )


def _unknown(headers: Sequence[tuple[Source, Header]], sources: Sequence[Source]) -> SetAside:
    """Return the error for a file of no known format; it names the nearest formats and the columns that lack."""
    tools = _Tools(sources)
    lacking = [(missing(header, source), source, header) for source, header in headers]
    resembling = sorted(
        (entry for entry in lacking if len(entry[0]) < _wanted(entry[1])),
        key=lambda entry: (len(entry[0]) / _wanted(entry[1]), -_score(entry[2], entry[1], tools)),
    )
    if not resembling:
        return SetAside(
            message("no line of this file is the header of a known export."),
            remedy=message("Check that it is an export with its header line; if it is none, take it out of the inbox."),
        )
    lacked, nearest, _ = resembling[0]
    names = list(dict.fromkeys(source.title for _, source, _ in resembling))
    return SetAside(
        message(
            "this file resembles {title}, but these columns are missing: {columns}.",
            title=nearest.name,
            columns=", ".join(lacked),
        ),
        remedy=_check_header([message(name) for name in names[:_NEAREST]]),
    )


def _check_header(names: Sequence[Message]) -> Message:
    """Return what to do about a file of no known format, given the nearest of them."""
    listed = Message(" · ".join(f"{{name_{number}}}" for number in range(len(names))), dict(_numbered(names)))
    return message("Check that it is an export with its header line. The nearest known ones: {known}.", known=listed)


def _numbered(names: Sequence[Message]) -> Iterator[tuple[str, Message]]:
    return ((f"name_{number}", name) for number, name in enumerate(names))


def _wanted(source: Source) -> int:
    return len(source.required) + len(source.marks)
