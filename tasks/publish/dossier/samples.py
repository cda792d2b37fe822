"""A handful of agendas worth opening before a decision: the extremes, and those whom something happens to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from tasks.messages import Message, message
from tasks.publish.agendas.afternoon import Afternoon
from tasks.publish.dossier.facts import Dossier

_MOST: Final = 6


@dataclass(frozen=True, slots=True)
class Sample:
    """A leader whose agenda is worth a look, and why."""

    leader_id: str
    why: Message


def samples(dossier: Dossier) -> tuple[Sample, ...]:
    """Return up to six leaders, each once, the first reason first."""
    found: dict[str, Sample] = {}
    for sample in _candidates(dossier):
        found.setdefault(sample.leader_id, sample)
    return tuple(islice(found.values(), _MOST))


def _candidates(dossier: Dossier) -> Iterator[Sample]:
    afternoon, counts = dossier.afternoon, dossier.counts
    busy = [leader_id for leader_id, count in counts.items() if count]
    if not busy:
        return
    yield Sample(max(busy, key=lambda one: (counts[one], one)), message("the most meetings"))
    yield Sample(min(counts, key=lambda one: (counts[one], one)), message("the fewest meetings"))
    idle = {leader_id: _idle_count(afternoon, leader_id) for leader_id in busy}
    yield Sample(max(busy, key=lambda one: (idle[one], one)), message("the longest waits between two meetings"))
    if dossier.changes:
        most = max(dossier.changes, key=lambda change: (len(change.meetings), change.person.leader_id))
        if most.person.is_registered:
            yield Sample(most.person.leader_id, message("the most changes"))
    yield from _spoken(afternoon, busy)
    unmet = [request.from_leader_id for request in afternoon.unmet if request.from_leader_id in counts]
    if unmet:
        yield Sample(max(sorted(set(unmet)), key=unmet.count), message("the most wishes not met"))


def _spoken(afternoon: Afternoon, busy: Iterable[str]) -> Iterator[Sample]:
    for language, why in (("en", message("in English")), ("fr", message("in French"))):
        yield from (
            Sample(one, why) for one in islice((i for i in busy if afternoon.people[i].language == language), 1)
        )


def _idle_count(afternoon: Afternoon, leader_id: str) -> int:
    """Return how many slots a leader waits between two meetings."""
    starts = [meeting.starts_at for meeting in afternoon.meetings_by_leader[leader_id]]
    return sum(
        min(starts) < slot.starts_at < max(starts)
        and slot.starts_at not in starts
        and afternoon.frame.is_available(leader_id, slot)
        for slot in afternoon.frame.slots
    )
