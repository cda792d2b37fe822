"""What the frozen problem of a plan version says about the afternoon: its slots, and who could be where.

The event file may have changed since; a published agenda follows what was planned with.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, TypedDict
from zoneinfo import ZoneInfo

ShortReason: TypeAlias = Literal["few_partners", "own_maximum", "few_slots", "partners_full"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of the afternoon in which one round of meetings is held."""

    slot_id: str
    starts_at: datetime
    ends_at: datetime
    session: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Slots and tables in order, and per leader where they cannot be, how many meetings they take and who was possible.

    A leader who was not in the problem is available throughout and has no possible partner.
    """

    slots: tuple[Slot, ...]
    tables: tuple[str, ...]
    minimum: int
    unavailable: Mapping[str, frozenset[str]]
    maximum: Mapping[str, int]
    partners: Mapping[str, frozenset[str]]

    def is_available(self, leader_id: str, slot: Slot) -> bool:
        """Say whether a leader could meet in a slot."""
        return slot.slot_id not in self.unavailable.get(leader_id, frozenset())

    def reason_for_few(self, leader_id: str, meeting_count: int) -> ShortReason | None:
        """Say why a leader has fewer meetings than the minimum, None where there are enough."""
        if meeting_count >= self.minimum:
            return None
        if len(self.partners.get(leader_id, frozenset())) < self.minimum:
            return "few_partners"
        if self.maximum.get(leader_id, self.minimum) < self.minimum:
            return "own_maximum"
        if sum(self.is_available(leader_id, slot) for slot in self.slots) < self.minimum:
            return "few_slots"
        return "partners_full"


class _SlotRecord(TypedDict):
    id: str
    start: str
    minutes: int
    session: int


class _LeaderRecord(TypedDict, total=False):
    id: str
    company: str
    unavailable: list[str]
    max_meetings: int


def read_frame(problem: str, zone: ZoneInfo) -> Frame:
    """Read what an agenda needs from a problem of the format ``rencontres-problem/1``; instants in ``zone``."""
    content = json.loads(problem)
    leaders: list[_LeaderRecord] = content["leaders"]
    unavailable = {leader["id"]: frozenset(leader.get("unavailable", ())) for leader in leaders}
    slots = tuple(_slot(record, zone) for record in content["slots"])
    return Frame(
        slots=slots,
        tables=tuple(content["tables"]),
        minimum=content["limits"]["min_meetings"],
        unavailable=unavailable,
        maximum={leader["id"]: leader["max_meetings"] for leader in leaders if "max_meetings" in leader},
        partners=_possible_partners(content, unavailable, frozenset(slot.slot_id for slot in slots)),
    )


def _slot(record: _SlotRecord, zone: ZoneInfo) -> Slot:
    start = datetime.fromisoformat(record["start"]).astimezone(zone)
    return Slot(record["id"], start, start + timedelta(minutes=record["minutes"]), record["session"])


def _possible_partners(
    content: Mapping[str, list[dict[str, str]]], unavailable: Mapping[str, frozenset[str]], slots: frozenset[str]
) -> dict[str, frozenset[str]]:
    """Return the distinct partners of every leader, as the objective of the contract counts them."""
    company = {leader["id"]: leader["company"] for leader in content["leaders"]}
    excluded = {frozenset(pair) for pair in content["excluded"]}
    found: dict[str, set[str]] = {leader_id: set() for leader_id in company}
    for request in content["requests"]:
        one, other = request["from"], request["to"]
        if other not in company or company[one] == company[other] or frozenset((one, other)) in excluded:
            continue
        if slots - unavailable[one] - unavailable[other]:
            found[one].add(other)
            found[other].add(one)
    return {leader_id: frozenset(partners) for leader_id, partners in found.items()}
