"""All that a person weighs before deciding about a plan version, read once into frozen values."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final, Literal

from pydantic import TypeAdapter

from tasks.event import Event
from tasks.messages import Message
from tasks.publish.agendas.afternoon import Afternoon, Person, read_afternoon
from tasks.publish.agendas.compose import agendas
from tasks.publish.agendas.frame import Slot
from tasks.publish.agendas.wording import SHORT_REASONS
from tasks.publish.digest.words import OPEN
from tasks.publish.dossier.changes import LeaderChange, changes_between
from tasks.publish.outbox.kinds import AGENDAS
from tasks.publish.outbox.ledger import read_addresses, read_entries
from tasks.publish.outbox.owing import owed
from tasks.publish.outbox.sweeping import outdated
from tasks.store import Database


@dataclass(frozen=True, slots=True)
class Told:
    """A row of ``plan/select_version_told``."""

    tables_count: int
    stopped_by: str | None
    verdict: Literal["approved", "rejected"] | None
    decided_by: str | None
    decided_at: datetime | None
    remark: str | None
    approved_before: str | None


@dataclass(frozen=True, slots=True)
class SlotUse:
    """How many tables a slot takes."""

    slot: Slot
    used_count: int


@dataclass(frozen=True, slots=True)
class Lacking:
    """A leader with fewer meetings than the minimum, and why."""

    person: Person
    meeting_count: int
    reason: Message


@dataclass(frozen=True, slots=True)
class Mails:
    """Who would get which mail if the version were approved and sent now; ``void`` would wait no longer."""

    first: tuple[Person, ...]
    changed: tuple[Person, ...]
    none: tuple[Person, ...]
    unreachable: tuple[Person, ...]
    void_count: int


@dataclass(frozen=True, slots=True)
class Ruled:
    """A pair that the organiser has locked or forbidden; ``is_resting`` while one of them is not registered."""

    one: str
    other: str
    ruling: Literal["lock", "forbid"]
    is_resting: bool


@dataclass(frozen=True)
class Dossier:
    """A plan version before its decision. ``before`` is the version that was approved last before it."""

    told: Told
    afternoon: Afternoon
    before: Afternoon | None
    table_count: int
    mails: Mails
    rulings: tuple[Ruled, ...]
    open_counts: tuple[Message, ...]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many meetings each registered leader has."""
        by_leader = self.afternoon.meetings_by_leader
        return {person.leader_id: len(by_leader[person.leader_id]) for person in self.afternoon.registered}

    @property
    def met_count(self) -> int:
        """How many wishes are met."""
        return sum((m.rank_a is not None) + (m.rank_b is not None) for m in self.afternoon.meetings)

    @property
    def wish_count(self) -> int:
        """How many wishes there are."""
        return self.met_count + len(self.afternoon.unmet)

    @property
    def is_proven(self) -> bool:
        """Whether no plan can be worth more."""
        return self.afternoon.version.value == self.afternoon.version.value_bound

    @cached_property
    def lacking(self) -> tuple[Lacking, ...]:
        """The leaders under the minimum, those with the fewest meetings first."""
        found = [
            Lacking(self.afternoon.people[leader_id], count, SHORT_REASONS[reason])
            for leader_id, count in self.counts.items()
            if (reason := self.afternoon.frame.reason_for_few(leader_id, count)) is not None
        ]
        return tuple(sorted(found, key=lambda one: (one.meeting_count, one.person.leader_id)))

    @cached_property
    def unmet(self) -> tuple[tuple[str, int], ...]:
        """Reasons and how many wishes are not met for each, the most frequent first."""
        return tuple(Counter(request.reason for request in self.afternoon.unmet).most_common())

    @cached_property
    def slot_uses(self) -> tuple[SlotUse, ...]:
        """The tables in use, slot by slot."""
        used = Counter(meeting.starts_at for meeting in self.afternoon.meetings)
        return tuple(SlotUse(slot, used[slot.starts_at]) for slot in self.afternoon.frame.slots)

    @property
    def most_used_count(self) -> int:
        """How many tables the fullest slot takes."""
        return max((use.used_count for use in self.slot_uses), default=0)

    @cached_property
    def changes(self) -> tuple[LeaderChange, ...]:
        """What changes for whom since the version approved before; nothing where there is none."""
        return changes_between(self.before, self.afternoon) if self.before else ()


_TOLD: Final = TypeAdapter(Told)


def read_dossier(db: Database, event: Event, version_id: str) -> Dossier:
    """Read everything about a version. Raises DataError where the edition has no such version."""
    afternoon = read_afternoon(db, event.id, version_id, event.zone)
    told = _TOLD.validate_python(db.rows("plan/select_version_told", version_id=version_id)[0])
    before = told.approved_before and read_afternoon(db, event.id, told.approved_before, event.zone)
    open_items = Counter(str(row["kind"]) for row in db.rows("outbox/select_digest_open", edition_id=event.id))
    return Dossier(
        told=told,
        afternoon=afternoon,
        before=before or None,
        table_count=event.tables.count,
        mails=_mails(db, event, afternoon),
        rulings=_rulings(db, event, afternoon),
        open_counts=tuple(OPEN[kind].counting(open_items[kind]) for kind in OPEN if open_items[kind]),
    )


def _mails(db: Database, event: Event, afternoon: Afternoon) -> Mails:
    version_id = afternoon.version.version_id
    made = agendas(event, afternoon)
    addresses = read_addresses(db, event.id)
    entries = [entry for entry in read_entries(db, event.id) if entry.kind in AGENDAS]
    void = outdated(entries, made, version_id)
    reachable = [agenda for agenda in made if addresses.get(agenda.leader_id) is not None]
    new = owed([entry for entry in entries if entry not in void], reachable, version_id)
    first = {one.agenda.leader_id for one in new if one.told_version_id is None}
    changed = {one.agenda.leader_id for one in new if one.told_version_id is not None}
    reached = {agenda.leader_id for agenda in reachable}

    def named(leader_ids: set[str]) -> tuple[Person, ...]:
        return _in_order_of_names([person for person in afternoon.registered if person.leader_id in leader_ids])

    everybody = {person.leader_id for person in afternoon.registered}
    return Mails(
        named(first), named(changed), named(reached - first - changed), named(everybody - reached), void_count=len(void)
    )


def _in_order_of_names(people: Sequence[Person]) -> tuple[Person, ...]:
    return tuple(sorted(people, key=lambda person: person.place_in_alphabet))


def _rulings(db: Database, event: Event, afternoon: Afternoon) -> tuple[Ruled, ...]:
    there = {person.leader_id for person in afternoon.registered}
    return tuple(
        Ruled(
            one=str(row["leader_a"]),
            other=str(row["leader_b"]),
            ruling="lock" if row["ruling"] == "lock" else "forbid",
            is_resting=not {row["leader_a"], row["leader_b"]} <= there,
        )
        for row in db.rows("plan/select_rulings", edition_id=event.id)
    )
