"""The plan before the organiser: one self-contained page that says how good it is, and where everybody is."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tasks.event import Event
from tasks.messages import Language, Message
from tasks.pages import render
from tasks.publish.agendas.afternoon import Afternoon, Person, PlannedMeeting
from tasks.publish.agendas.frame import Slot
from tasks.publish.agendas.wording import SHORT_REASONS, UNMET_LABELS


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A leader with fewer meetings than the minimum, and why."""

    person: Person
    meeting_count: int
    reason: Message


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of leaders or tables over the slots of the afternoon: who sits where, and when."""

    slots: tuple[Slot, ...]
    by_leader: Mapping[str, Mapping[datetime, PlannedMeeting]]
    by_table: Mapping[str, Mapping[datetime, PlannedMeeting]]


def plan_page(event: Event, afternoon: Afternoon, language: Language) -> str:
    """Return the organiser's page of a plan version in ``language``."""
    counts = {person.leader_id: len(afternoon.meetings_by_leader[person.leader_id]) for person in afternoon.registered}
    return render(
        "page/plan.html.j2",
        language,
        event=event,
        version=afternoon.version,
        people=afternoon.people,
        registered=sorted(afternoon.registered, key=lambda person: person.catalogue_number),
        meetings=afternoon.meetings,
        counts=counts,
        spread=sorted(Counter(counts.values()).items()),
        shortfalls=_shortfalls(afternoon, counts),
        unmet=Counter(request.reason for request in afternoon.unmet).most_common(),
        unmet_by_leader=Counter(request.from_leader_id for request in afternoon.unmet),
        labels=UNMET_LABELS,
        request_count=len(afternoon.unmet) + _fulfilled_count(afternoon),
        fulfilled_count=_fulfilled_count(afternoon),
        minimum=afternoon.frame.minimum,
        grid=_grid(afternoon),
    )


def _fulfilled_count(afternoon: Afternoon) -> int:
    return sum((meeting.rank_a is not None) + (meeting.rank_b is not None) for meeting in afternoon.meetings)


def _shortfalls(afternoon: Afternoon, counts: Mapping[str, int]) -> tuple[Shortfall, ...]:
    """Return the leaders under the minimum, those with the fewest meetings first."""
    found = []
    for leader_id, count in counts.items():
        reason = afternoon.frame.reason_for_few(leader_id, count)
        if reason is not None:
            found.append(Shortfall(afternoon.people[leader_id], count, SHORT_REASONS[reason]))
    return tuple(sorted(found, key=lambda shortfall: (shortfall.meeting_count, shortfall.person.leader_id)))


def _grid(afternoon: Afternoon) -> Grid:
    by_leader: dict[str, dict[datetime, PlannedMeeting]] = defaultdict(dict)
    by_table: dict[str, dict[datetime, PlannedMeeting]] = defaultdict(dict)
    for meeting in afternoon.meetings:
        for leader_id in (meeting.leader_a, meeting.leader_b):
            by_leader[leader_id][meeting.starts_at] = meeting
        by_table[meeting.table_id][meeting.starts_at] = meeting
    return Grid(afternoon.frame.slots, by_leader, dict(sorted(by_table.items())))
