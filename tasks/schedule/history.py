"""What is told of plan versions: their figures, and what changes from one to another."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from tasks.messages import Message, message, plural

Kind: TypeAlias = Literal["final", "same_day"]


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
    approved_at: datetime | None

    @property
    def row(self) -> dict[str, object]:
        """The figures under their names, for machines."""
        return asdict(self)

    @property
    def sentence(self) -> Message:
        """One line for people."""
        return message(
            "{version} ({state}): {meetings}, value {value} of {value_bound} at most, "
            "idle slots {gaps} of {gaps_bound} at least",
            version=self.version_id,
            state=message("approved") if self.approved_at else message("draft"),
            meetings=plural("{count} meeting", "{count} meetings", count=self.meetings_count),
            value=self.value,
            value_bound=self.value_bound,
            gaps=self.gaps,
            gaps_bound=self.gaps_bound,
        )


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
        pair = {"one": self.leader_a, "other": self.leader_b}
        before = f"{self.slot_before} {self.table_before}"
        after = f"{self.slot_after} {self.table_after}"
        if self.change == "gained":
            return message("{one} and {other} now meet: {after}", **pair, after=after)
        if self.change == "lost":
            return message("{one} and {other} no longer meet: {before}", **pair, before=before)
        return message("{one} and {other} move: {before} → {after}", **pair, before=before, after=after)
