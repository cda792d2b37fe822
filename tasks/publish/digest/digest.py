"""The morning digest: what a night changed, where the event stands, and what waits for the organiser.

Plain values; ``making`` makes them of a night's rows.
"""

from dataclasses import dataclass
from datetime import date

from tasks.messages import Message, message, plural
from tasks.publish.digest.words import CHANGES, DECISIONS, OPEN


@dataclass(frozen=True, slots=True)
class Guest:
    """A leader as the digest names them."""

    leader_id: str
    name: str
    company: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a leader before and after the night."""

    field: Message | str
    before: Message | str
    after: Message | str


@dataclass(frozen=True, slots=True)
class Changed:
    """A leader whom the night changed; ``fields`` are empty where the leader as a whole is the change."""

    guest: Guest
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The leaders to whom the same happened: the first of ``count``."""

    kind: str
    count: int
    leaders: tuple[Changed, ...]

    @property
    def title(self) -> Message:
        """What happened to how many, in words."""
        return CHANGES[self.kind].counting(self.count)

    @property
    def hidden_count(self) -> int:
        """How many are not listed."""
        return self.count - len(self.leaders)


@dataclass(frozen=True, slots=True)
class Curve:
    """The registrations of one edition: ``now`` as many days before the event as this night, ``final`` in the end.

    ``weeks`` is cumulated, from twelve weeks before the event to its own; None where that week is still to come.
    """

    number: int
    is_current: bool
    now: int
    final: int
    weeks: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """How many leaders have sent so many requests."""

    label: Message
    count: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A leader for whom ``request_count`` others ask."""

    guest: Guest
    request_count: int


@dataclass(frozen=True, slots=True)
class Few:
    """A leader with fewer possible partners than the minimum, and how many partners are proposed to them."""

    guest: Guest
    partner_count: int
    suggestion_count: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many things of one kind wait for a person, and how many of them are new since the night before."""

    kind: str
    count: int
    new_count: int

    @property
    def title(self) -> Message:
        """What waits, in words."""
        return OPEN[self.kind].counting(self.count)


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything that the organiser is told in the morning after ``night``.

    ``days_before`` is how many days the event lies ahead; negative once it is over.
    """

    night: date
    days_before: int
    leader_count: int
    groups: tuple[Group, ...]
    curve: tuple[Curve, ...]
    bars: tuple[Bar, ...]
    asked: tuple[Asked, ...]
    few: tuple[Few, ...]
    few_count: int
    waiting: tuple[Waiting, ...]

    @property
    def decision_count(self) -> int:
        """How many decisions a person has to take; checks that failed are no decision by themselves."""
        return sum(waiting.count for waiting in self.waiting if waiting.kind in DECISIONS)

    @property
    def stopped_count(self) -> int:
        """How many checks forbid a plan."""
        return sum(waiting.count for waiting in self.waiting if waiting.kind == "stop")

    @property
    def is_quiet(self) -> bool:
        """Whether nothing changed and nothing new waits."""
        return not self.groups and not any(waiting.new_count for waiting in self.waiting)

    @property
    def headline(self) -> tuple[Message, ...]:
        """What matters, in a few words each, the most important first."""
        if self.is_quiet:
            return (self.quiet_line,)
        parts = [group.title for group in self.groups]
        parts += [OPEN["gone"].counting(one.new_count) for one in self.waiting if one.kind == "gone" and one.new_count]
        if self.decision_count:
            parts.append(plural("{count} decision to take", "{count} decisions to take", count=self.decision_count))
        if self.stopped_count:
            parts.append(
                plural("{count} check forbids a plan", "{count} checks forbid a plan", count=self.stopped_count)
            )
        return tuple(parts) or (message("to look at: checks that failed"),)

    @property
    def quiet_line(self) -> Message:
        """The one line of a quiet night."""
        if self.decision_count == 0:
            return message("quiet night: nothing changed, and nothing waits for you")
        return plural(
            "quiet night: nothing changed; {count} decision still waits",
            "quiet night: nothing changed; {count} decisions still wait",
            count=self.decision_count,
        )
