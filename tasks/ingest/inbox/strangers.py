"""Two events in one inbox whose exports do not name them: suspected by their rates, said, and never decided alone.

Parts of one event may have been sold at other rates, so such exports count until the organiser says otherwise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from tasks.event import Event
from tasks.ingest.inbox.reports import FileReport, few, joined
from tasks.ingest.values.folding import fold
from tasks.messages import Message, message
from tasks.store import Database


@dataclass(frozen=True, slots=True)
class RatedFile:
    """A registration export with the rates at which its tickets were sold, as typed; it may count or not.

    ``role`` is its source and edition. ``is_told`` means that ``event.toml`` or the day on its tickets says which
    edition it is, ``has_label`` that it names its event: of two names one has been set aside by then.
    """

    file_sha256: str
    file_name: str
    role: tuple[str, str]
    rates: tuple[str, ...]
    is_current: bool
    is_told: bool = False
    has_label: bool = False


@dataclass(frozen=True, slots=True)
class Stranger:
    """An export that may be of another event than those ``beside`` which it counts."""

    file: RatedFile
    beside: tuple[RatedFile, ...]


def read_rated_files(db: Database) -> list[RatedFile]:
    """Return every registration export that names rates, those of one role together, the one read first before."""
    return [
        RatedFile(sha256, name, (source, edition_id), tuple(rates), is_current, is_told, has_label)
        for sha256, name, source, edition_id, rates, is_current, is_told, has_label in db.frame(
            "raw/select_rated_files"
        ).iter_rows()
    ]


def strangers(files: Sequence[RatedFile]) -> dict[str, Stranger]:
    """Return the exports that may be of another event than those of which one was read first, by hash.

    ``files`` are in the order in which they were read, those of one role together. Exports that have a rate in common
    are of one event, by way of a third one or of one that counts no more, too.
    """
    found: dict[str, Stranger] = {}
    for _, of_role in groupby(files, key=lambda file: file.role):
        counting = [family for family in _families(list(of_role)) if any(file.is_current for file in family)]
        for family in counting[1:]:
            if not any(file.is_told for file in family):
                first = tuple(file for file in counting[0] if file.is_current)
                found |= {file.file_sha256: Stranger(file, first) for file in family if file.is_current}
    return found


def _families(files: Sequence[RatedFile]) -> list[list[RatedFile]]:
    """Return the files in groups, one an event as far as the rates tell, in the order of their first files."""
    families: list[tuple[set[str], list[RatedFile]]] = []
    for file in files:
        marks = {f"rate {fold(rate)}" for rate in file.rates} | ({"label"} if file.has_label else set())
        near = [family for family in families if family[0] & marks]
        joint = (marks.union(*(marks for marks, _ in near)), [*(each for _, group in near for each in group), file])
        place = next((place for place, family in enumerate(families) if family in near), len(families))
        families = [*families[:place], joint, *(family for family in families[place:] if family not in near)]
    return [group for _, group in families]


def with_doubts(reports: Sequence[FileReport], found: Mapping[str, Stranger], event: Event) -> list[FileReport]:
    """Return the reports; those of exports that may be of another event say so, every night until it is settled."""
    return [
        replace(report, sentence=joined(report.sentence, _sentence(stranger, event)), is_warning=True)
        if report.state in {"new", "known"} and (stranger := found.get(report.file_sha256 or ""))
        else report
        for report in reports
    ]


def _sentence(stranger: Stranger, event: Event) -> Message:
    theirs = dict.fromkeys(rate for other in stranger.beside for rate in other.rates)
    return message(
        "Is it of the same event as {names}? They have no rate in common: here {rates}; there {others}. In event.toml, "
        'under [exports."name of the file"]: is_ignored = true for the one that is not ours (leave it in the inbox); '
        'edition = "{edition}" for this one if both are.',
        names=few([other.file_name for other in stranger.beside]),
        rates=few(stranger.file.rates),
        others=few(list(theirs)),
        edition=event.id,
    )
