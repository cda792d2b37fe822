"""The plan before the organiser: one self-contained page that says how good it is, and where everybody is."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tasks.design import HOUSE, Design
from tasks.event import Event
from tasks.messages import Language, Message, message, plural
from tasks.pages import clock, render
from tasks.publish.agendas.afternoon import Afternoon, Person
from tasks.publish.agendas.wording import AWAY, SHORT_REASONS, UNMET_LABELS
from tasks.publish.documents.policy import sealed

# What the script of the page says; the rest of its words stands in the template.
_WORDS: Final[Mapping[str, Message]] = {
    "agenda": message("Agenda"),
    "away": message("cannot be there"),
    "bothFree": message("Both are free at:"),
    "found": message("Leaders found:"),
    "free": message("free"),
    "freeThen": message("Leaders free then:"),
    "leader": message("Leader"),
    "meets": message("Meets"),
    "more": message("(the first of them are shown; type more letters)"),
    "neverBoth": message("They are never free at the same time, with a table left."),
    "nobody": message("Nobody found."),
    "samePerson": message("Choose two different leaders."),
    "table": message("table"),
    "tableHead": message("Table"),
    "tablesFree": message("Tables left"),
    "tablesLeft": message("Tables left:"),
    "theyMeet": message("They meet at"),
    "time": message("Time"),
}


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A leader with fewer meetings than the minimum, and why."""

    person: Person
    meeting_count: int
    reason: Message


def plan_page(event: Event, afternoon: Afternoon, language: Language, design: Design = HOUSE) -> str:
    """Return the organiser's page of a plan version in ``language``."""
    counts = {person.leader_id: len(afternoon.meetings_by_leader[person.leader_id]) for person in afternoon.registered}
    html = render(
        "page/plan.html.j2",
        language,
        design=design,
        event=event,
        version=afternoon.version,
        people=afternoon.people,
        registered=afternoon.registered,
        meetings=afternoon.meetings,
        spread=sorted(Counter(counts.values()).items()),
        shortfalls=_shortfalls(afternoon, counts),
        unmet=Counter(request.reason for request in afternoon.unmet).most_common(),
        labels=UNMET_LABELS,
        request_count=len(afternoon.unmet) + _fulfilled_count(afternoon),
        fulfilled_count=_fulfilled_count(afternoon),
        minimum=afternoon.frame.minimum,
        slots=afternoon.frame.slots,
        rows=tuple(_rows(afternoon)),
        told=_told(event, afternoon, language),
    )
    return sealed(html)


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


def _rows(afternoon: Afternoon) -> Iterator[tuple[Person, list[str]]]:
    """Yield whoever has an agenda or a meeting, in the order of the catalogue, with what they do in each slot."""
    planned = afternoon.meetings_by_leader
    for person in sorted(afternoon.people.values(), key=lambda person: person.catalogue_number):
        meetings = {meeting.starts_at: meeting for meeting in planned[person.leader_id]}
        if not person.is_registered and not meetings:
            continue
        cells = []
        for slot in afternoon.frame.slots:
            meeting = meetings.get(slot.starts_at)
            if meeting:
                partner = afternoon.people[meeting.partner_of(person.leader_id)]
                cells.append(f"{meeting.table_id} {partner.catalogue_number}")
            else:
                cells.append("" if afternoon.frame.is_available(person.leader_id, slot) else AWAY)
        yield person, cells


def _told(event: Event, afternoon: Afternoon, language: Language) -> dict[str, object]:
    """Return what the script must know beside the table of the whole plan."""
    slots = afternoon.frame.slots
    words: dict[str, object] = {name: words.translated(language) for name, words in _WORDS.items()}
    words["meetings"] = [
        plural("{count} meeting", "{count} meetings", count=count).translated(language)
        for count in range(len(slots) + 1)
    ]
    tables = dict.fromkeys((*event.tables.ids, *sorted({meeting.table_id for meeting in afternoon.meetings})))
    return {
        "slots": [clock(slot.starts_at, language) for slot in slots],
        "tables": list(tables),
        "minimum": afternoon.frame.minimum,
        "away": AWAY,
        "words": words,
    }
