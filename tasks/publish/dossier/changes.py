"""What changes for whom between two plan versions: meetings that come, go or move."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from tasks.messages import Message, plural
from tasks.publish.agendas.afternoon import Afternoon, Person, PlannedMeeting

ChangeKind: TypeAlias = Literal["gained", "lost", "moved"]
Pair: TypeAlias = tuple[str, str]

COUNTED: Final[dict[ChangeKind, Message]] = {
    "gained": plural("{count} new meeting", "{count} new meetings", count=0),
    "lost": plural("{count} meeting no longer held", "{count} meetings no longer held", count=0),
    "moved": plural("{count} meeting moved", "{count} meetings moved", count=0),
}


@dataclass(frozen=True, slots=True)
class MeetingChange:
    """One meeting of a leader that comes, goes or moves; ``earlier`` or ``later`` is None where there is none."""

    kind: ChangeKind
    partner: Person
    earlier: PlannedMeeting | None
    later: PlannedMeeting | None


@dataclass(frozen=True, slots=True)
class LeaderChange:
    """What changes for one leader, in the order of the afternoon."""

    person: Person
    meetings: tuple[MeetingChange, ...]


def changes_between(before: Afternoon, after: Afternoon) -> tuple[LeaderChange, ...]:
    """Return the leaders whose meetings differ, in the order of their names."""
    people = before.people | after.people
    changes: dict[str, list[MeetingChange]] = {}
    earlier, later = _by_pair(before), _by_pair(after)
    for pair in sorted(earlier.keys() | later.keys()):
        was, is_now = earlier.get(pair), later.get(pair)
        kind = _kind(was, is_now)
        if kind is not None:
            for leader_id, partner_id in (pair, pair[::-1]):
                changes.setdefault(leader_id, []).append(MeetingChange(kind, people[partner_id], was, is_now))
    found = [LeaderChange(people[leader_id], tuple(sorted(mine, key=_when))) for leader_id, mine in changes.items()]
    return tuple(sorted(found, key=lambda one: one.person.place_in_alphabet))


def counts_of(changes: tuple[LeaderChange, ...]) -> dict[ChangeKind, int]:
    """Return how many meetings come, go and move; each stands with two leaders and counts once."""
    kinds: list[ChangeKind] = [meeting.kind for change in changes for meeting in change.meetings]
    return {kind: kinds.count(kind) // 2 for kind in COUNTED}


def _by_pair(afternoon: Afternoon) -> dict[Pair, PlannedMeeting]:
    return {(meeting.leader_a, meeting.leader_b): meeting for meeting in afternoon.meetings}


def _kind(was: PlannedMeeting | None, is_now: PlannedMeeting | None) -> ChangeKind | None:
    if was is None or is_now is None:
        return "gained" if was is None else "lost"
    return None if was.seat == is_now.seat else "moved"


def _when(change: MeetingChange) -> tuple[str, str]:
    meeting = change.later or change.earlier
    return (meeting.starts_at.isoformat() if meeting else "", change.partner.leader_id)
