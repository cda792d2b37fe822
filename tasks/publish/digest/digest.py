"""The morning digest: what a night changed, where the event stands, and what waits for the organiser.

Plain values made from rows; whatever people typed is cut and freed of marks that nobody sees before it gets in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from tasks.messages import Message, message, plural
from tasks.pages import in_name_case
from tasks.publish.digest.words import CHANGES, DECISIONS, OPEN, field_in_words, value_in_words
from tasks.publish.outbox.letters.letter import one_line

_NAME_LENGTH: Final = 60
_VALUE_LENGTH: Final = 80

Row = Mapping[str, Any]


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
class Facts:
    """The rows from which a digest is made, as the statements under ``sql/outbox`` return them.

    ``known_items`` are the hashes of what waited in the night before.
    """

    change_counts: Sequence[Row]
    changes: Sequence[Row]
    curve: Sequence[Row]
    requests: Sequence[Row]
    asked: Sequence[Row]
    few: Sequence[Row]
    open_items: Sequence[Row]
    known_items: frozenset[str]


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


def digest_of(facts: Facts, night: date, held_on: date, minimum: int, maximum: int) -> Digest:
    """Return the digest of a night; ``minimum`` and ``maximum`` are meetings per leader."""
    return Digest(
        night=night,
        days_before=(held_on - night).days,
        leader_count=sum(row["leader_count"] for row in facts.requests),
        groups=_groups(facts),
        curve=_curves(facts.curve),
        bars=_bars(facts.requests, minimum, maximum),
        asked=tuple(Asked(_guest(row), row["request_count"]) for row in facts.asked),
        few=tuple(Few(_guest(row), row["partner_count"], row["suggestion_count"]) for row in facts.few),
        few_count=facts.few[0]["all_count"] if facts.few else 0,
        waiting=_waiting(facts.open_items, facts.known_items),
    )


def cut(text: str, length: int) -> str:
    """Return a text on one line, without marks that nobody sees, and at most ``length`` characters long."""
    # Cut before it is cleaned too: a cell may hold a hundred thousand characters.
    line = one_line(text[: 4 * length])
    return line if len(line) <= length and len(text) <= 4 * length else f"{line[: length - 1].rstrip()}…"


def _guest(row: Row) -> Guest:
    names = (in_name_case(cut(row[name], _NAME_LENGTH)) for name in ("given_name", "family_name"))
    return Guest(row["leader_id"], cut(" ".join(names), _NAME_LENGTH), cut(row["company"], _NAME_LENGTH))


def _groups(facts: Facts) -> tuple[Group, ...]:
    counts = {row["kind"]: row["leader_count"] for row in facts.change_counts}
    changes = {kind: tuple(rows) for kind, rows in groupby(facts.changes, key=lambda row: row["kind"])}
    return tuple(
        Group(kind, counts[kind], tuple(_changed(changes.get(kind, ())))) for kind in CHANGES if kind in counts
    )


def _changed(rows: Iterable[Row]) -> Iterable[Changed]:
    for _, members in groupby(rows, key=lambda row: row["leader_id"]):
        mine = list(members)
        named = {row["field"] for row in mine}
        # The number of wishes says more than the list of their numbers; the list is told where only it changed.
        told = [row for row in mine if row["field"] and not (row["field"] == "wish_list" and "wishes" in named)]
        yield Changed(_guest(mine[0]), tuple(_field_change(row) for row in told))


def _field_change(row: Row) -> FieldChange:
    name = row["field"]
    before, after = (value_in_words(name, cut(row[side], _VALUE_LENGTH)) for side in ("before", "after"))
    return FieldChange(field_in_words(name), before, after)


def _curves(rows: Sequence[Row]) -> tuple[Curve, ...]:
    curves = []
    for number, members in groupby(rows, key=lambda row: row["number"]):
        mine = list(members)
        reached = {row["weeks_before"]: row["leader_count"] for row in mine}
        weeks = tuple(reached.get(week) for week in range(12, -1, -1))
        curves.append(Curve(number, mine[0]["is_current"], mine[0]["now_count"], mine[0]["final_count"], weeks))
    return tuple(curves)


def _bars(rows: Sequence[Row], minimum: int, maximum: int) -> tuple[Bar, ...]:
    """Return how many leaders asked for nobody, for too few, for a good number and for more than can be held."""
    spans = [
        (message("none"), 0, 0),
        (message("1 to {last}", last=minimum - 1), 1, minimum - 1),
        (message("{first} to {last}", first=max(minimum, 1), last=maximum), max(minimum, 1), maximum),
        (message("more than {last}", last=maximum), maximum + 1, None),
    ]
    return tuple(
        Bar(label, sum(row["leader_count"] for row in rows if _lies(row["request_count"], first, last)))
        for label, first, last in spans
        if last is None or first <= last
    )


def _lies(count: int, first: int, last: int | None) -> bool:
    return first <= count and (last is None or count <= last)


def _waiting(rows: Sequence[Row], known: frozenset[str]) -> tuple[Waiting, ...]:
    items: dict[str, list[str]] = {}
    for row in rows:
        items.setdefault(row["kind"], []).append(row["item"])
    return tuple(
        Waiting(kind, len(items[kind]), sum(item not in known for item in items[kind]))
        for kind in OPEN
        if kind in items
    )
