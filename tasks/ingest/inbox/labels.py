"""Two events in one inbox: told apart by the name that an export gives its event, and never mixed."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from rapidfuzz import fuzz

from tasks.event import Event
from tasks.ingest.formats.columns import Table
from tasks.ingest.reading.decode import SetAside
from tasks.ingest.values.folding import fold
from tasks.ingest.values.shown import shown
from tasks.messages import Message, message

FIELD: Final = "event_label"
# One name must resemble the event's own by so much more than every other to be taken for it.
_CLEARLY_MORE: Final = 20.0
_SHOWN_LENGTH: Final = 80


@dataclass(frozen=True, slots=True)
class Labelled:
    """A file of one source and edition with the name that it gives its event.

    ``is_settled`` means that the organiser has said in ``event.toml`` which edition it is, ``is_counting`` that it has
    counted since an earlier night, ``is_present`` that it lies in the inbox.
    """

    file_sha256: str
    label: str
    is_settled: bool
    is_counting: bool
    is_present: bool


_Group: TypeAlias = tuple[Labelled, ...]


def label_of(tables: Iterable[Table], event: Event, *, is_settled: bool) -> str | None:
    """Return the name that a file gives its event, None where it gives none.

    Raises SetAside where its rows name two events and the organiser has not settled it.
    """
    typed = Counter(label for table in tables for row in table.rows if (label := row.content.get(FIELD, "").strip()))
    labels: dict[str, str] = {}
    for label in sorted(typed, key=lambda label: (-typed[label], label)):
        labels.setdefault(fold(label), label)
    names = list(labels.values())
    if len(names) > 1 and not is_settled:
        raise SetAside(
            message(
                "this file holds two events, {first} and {second}.",
                first=shown(names[0], _SHOWN_LENGTH),
                second=shown(names[1], _SHOWN_LENGTH),
            ),
            remedy=way_out(event),
        )
    return names[0] if names else None


def foreign_files(files: Sequence[Labelled], akin: Collection[frozenset[str]], event: Event) -> dict[str, Message]:
    """Return which files of the inbox belong to another event, each with the sentence that says so.

    All are of one source and edition. ``akin`` holds pairs of files that share rows: an event may be renamed. The order
    of the files plays no part. Where the names do not tell which event is ours, what counted before goes on counting;
    where nothing did, no file is taken.
    """
    groups = _events(files, akin)
    ours = _ours(groups, event)
    return {
        file.file_sha256: _sentence(file, next(other for other in (*ours, *groups) if other is not group), event)
        for group in groups
        if group not in ours
        for file in group
        if file.is_present
    }


def _events(files: Sequence[Labelled], akin: Collection[frozenset[str]]) -> list[_Group]:
    """Return the files in groups, one an event, in an order that depends on their names and contents alone."""
    groups: list[_Group] = []
    for file in sorted(files, key=lambda file: (fold(file.label), file.file_sha256)):
        near = [group for group in groups if any(_is_same_event(file, other, akin) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append((*(other for group in near for other in group), file))
    return groups


def _is_same_event(one: Labelled, other: Labelled, akin: Collection[frozenset[str]]) -> bool:
    return fold(one.label) == fold(other.label) or frozenset((one.file_sha256, other.file_sha256)) in akin


def _ours(groups: Sequence[_Group], event: Event) -> list[_Group]:
    """Return the groups that are ours: by the organiser's word, else by the name, else by what counted before."""
    if len(groups) == 1:
        return list(groups)
    settled = [group for group in groups if any(file.is_settled for file in group)]
    if settled:
        return settled
    ranked = sorted(groups, key=lambda group: _likeness(group, event), reverse=True)
    if len(ranked) > 1 and _likeness(ranked[0], event) - _likeness(ranked[1], event) >= _CLEARLY_MORE:
        return ranked[:1]
    # What the organiser has taken out of the inbox makes way for the only other one.
    present = [group for group in groups if any(file.is_present for file in group)]
    counting = [group for group in present if any(file.is_counting for file in group)]
    return next((found for found in (present, counting) if len(found) == 1), [])


def _likeness(group: _Group, event: Event) -> float:
    """Return how much a name of this group resembles the event's title or id, from 0 to 100."""
    own = [fold(text) for text in (event.title, event.title_en, event.id) if text]
    return max(fuzz.token_set_ratio(fold(file.label), name) for file in group for name in own)


def _sentence(file: Labelled, others: _Group, event: Event) -> Message:
    what = message(
        "this file is about {first}, another one about {second}: two events are not mixed.",
        first=shown(file.label, _SHOWN_LENGTH),
        second=shown(others[0].label, _SHOWN_LENGTH),
    )
    return message("{what} {remedy}", what=what, remedy=way_out(event))


def way_out(event: Event) -> Message:
    """Return what the organiser can do about a file of another event."""
    return message(
        'Take it out of the inbox, or write in event.toml, under [exports."name of this file"]: '
        'edition = "{edition}" (or an earlier one) if it is ours, is_ignored = true if it is not.',
        edition=event.id,
    )
