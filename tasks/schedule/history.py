"""What is told of plan versions: their figures, and what changes from one to another."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias

from tasks.messages import Message, message, plural

Kind: TypeAlias = Literal["preliminary", "final", "same_day"]

KINDS: Final[Mapping[Kind, Message]] = {
    "preliminary": message("preliminary"),
    "final": message("final"),
    "same_day": message("on the day"),
}


@dataclass(frozen=True, slots=True)
class Version:
    """A row of ``plan/select_versions``."""

    version_id: str
    number: int
    kind: Kind
    parent_version_id: str | None
    status: str
    seed: int
    solver: str
    meetings_count: int
    shortfall: int
    shortfall_bound: int
    value: int
    value_bound: int
    gaps: int
    gaps_bound: int
    breaks: int
    table_changes: int
    table_changes_bound: int
    created_at: datetime
    verdict: Literal["approved", "rejected"] | None
    decided_by: str | None
    decided_at: datetime | None
    remark: str | None

    @property
    def row(self) -> dict[str, object]:
        """The figures under their names, for machines."""
        return asdict(self)

    @property
    def sentence(self) -> Message:
        """One line for people."""
        return message(
            "{version} ({kind}, {state}): {meetings}, value {value} of {value_bound} at most, "
            "idle slots {gaps} of {gaps_bound} at least",
            version=self.version_id,
            kind=KINDS[self.kind],
            state=self._state,
            meetings=plural("{count} meeting", "{count} meetings", count=self.meetings_count),
            value=self.value,
            value_bound=self.value_bound,
            gaps=self.gaps,
            gaps_bound=self.gaps_bound,
        )

    @property
    def _state(self) -> Message:
        if self.verdict is None:
            return message("draft")
        if self.verdict == "approved":
            return message("approved by {by}", by=self.decided_by)
        return message("rejected by {by}", by=self.decided_by)


@dataclass(frozen=True, slots=True)
class Difference:
    """A meeting that another version gives, takes or moves; ids of the two leaders."""

    leader_a: str
    leader_b: str
    change: Literal["gained", "lost", "moved"]
    slot_before: str | None
    table_before: str | None
    slot_after: str | None
    table_after: str | None

    @property
    def row(self) -> dict[str, object]:
        """The difference under its names, for machines."""
        return asdict(self)

    @property
    def sentence(self) -> Message:
        """One line for people."""
        return self.sentence_about(message("{id}", id=self.leader_a), message("{id}", id=self.leader_b))

    def sentence_about(self, one: Message, other: Message) -> Message:
        """One line about the two leaders, named as the reader knows them."""
        pair = {"one": one, "other": other}
        before = f"{self.slot_before} {self.table_before}"
        after = f"{self.slot_after} {self.table_after}"
        if self.change == "gained":
            return message("{one} and {other} now meet: {after}", **pair, after=after)
        if self.change == "lost":
            return message("{one} and {other} no longer meet: {before}", **pair, before=before)
        return message("{one} and {other} move: {before} → {after}", **pair, before=before, after=after)
