"""The problem of an event: who may meet whom, when, at how many tables, and what it is worth.

Frozen values that refuse nonsense at birth. The JSON form is ``rencontres-problem/1`` of the contract
(``docs``: interchange); two files that say the same in another order are the same problem, with the same hash.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final, Literal, TypeAlias, cast, get_args

from tasks.messages import message
from tasks.schedule.checks import require_sound
from tasks.schedule.interchange import Node, canonical, read_object, refuse

FORMAT: Final = "rencontres-problem/1"

Pair: TypeAlias = tuple[str, str]
# What is counted of the time between meetings once value is settled: the slots, or the groups of slots.
Idle: TypeAlias = Literal["slots", "breaks"]


def pair_of(one: str, other: str) -> Pair:
    """Return two ids as an unordered pair: the one that sorts first stands first."""
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at which meetings begin; ``session`` numbers the half-days, and a gap never spans two."""

    id: str
    start: datetime
    minutes: int
    session: int


@dataclass(frozen=True, slots=True)
class Limits:
    """Meetings per leader over the whole event."""

    min_meetings: int
    max_meetings: int


@dataclass(frozen=True, slots=True)
class Weights:
    """What a fulfilled request is worth, in points."""

    rank_first: int
    rank_step: int
    rank_floor: int
    mutual: int
    gain: tuple[int, ...]

    def of_rank(self, rank: int) -> int:
        """Return the points of a request of this rank (1 is the dearest wish)."""
        return max(self.rank_floor, self.rank_first - self.rank_step * rank)


@dataclass(frozen=True, slots=True)
class Leader:
    """One person who meets others; ``unavailable`` holds slot ids, ``table`` where the leader always sits."""

    id: str
    company: str
    unavailable: frozenset[str] = frozenset()
    max_meetings: int | None = None
    table: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """``asking`` would like to meet ``asked``; rank counts from 1.

    ``is_suggested`` means that nobody asked: it is planned like a request, and told as what it is.
    """

    asking: str
    asked: str
    rank: int
    is_suggested: bool = False

    @property
    def pair(self) -> Pair:
        """The two leaders, unordered."""
        return pair_of(self.asking, self.asked)


@dataclass(frozen=True, slots=True)
class Fixed:
    """A meeting that must be in the plan at this slot, and at this table unless it is None."""

    pair: Pair
    slot: str
    table: str | None = None

    @property
    def name(self) -> str:
        """What conflicts and violations call it."""
        return f"{self.pair[0]}-{self.pair[1]} {self.slot}"


@dataclass(frozen=True)
class Problem:
    """All that the scheduling core knows of an event, in canonical order.

    Raises DataError, which names the item, when the parts contradict one another (``checks``).
    """

    slots: tuple[Slot, ...]
    tables: tuple[str, ...]
    limits: Limits
    weights: Weights
    leaders: tuple[Leader, ...] = ()
    requests: tuple[Request, ...] = ()
    excluded: tuple[Pair, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    idle: Idle = "slots"

    def __post_init__(self) -> None:
        require_sound(self)
        fixed = (Fixed(pair_of(*item.pair), item.slot, item.table) for item in self.fixed)
        # Canonical order at birth: the plan then depends on what a problem says, not on how its file was sorted.
        object.__setattr__(self, "leaders", tuple(sorted(self.leaders, key=lambda leader: leader.id)))
        object.__setattr__(self, "requests", tuple(sorted(self.requests, key=lambda r: (r.asking, r.asked))))
        object.__setattr__(self, "excluded", tuple(sorted({pair_of(*pair) for pair in self.excluded})))
        object.__setattr__(self, "fixed", tuple(sorted(fixed, key=lambda item: item.pair)))

    @cached_property
    def leader_by_id(self) -> dict[str, Leader]:
        """The leaders by their id."""
        return {leader.id: leader for leader in self.leaders}

    @cached_property
    def slot_by_id(self) -> dict[str, Slot]:
        """The slots by their id."""
        return {slot.id: slot for slot in self.slots}

    def maximum_of(self, leader: Leader) -> int:
        """Return how many meetings a leader may have: the own maximum, else that of the limits."""
        return self.limits.max_meetings if leader.max_meetings is None else leader.max_meetings

    @classmethod
    def from_json(cls, text: str | bytes) -> "Problem":
        """Read ``rencontres-problem/1``. Raises DataError naming the place of the first fault."""
        lists = ("slots", "tables", "leaders", "requests", "excluded", "fixed")
        fields = read_object(text).record(("format", "limits", "weights", *lists), ("idle",))
        if fields["format"].text() != FORMAT:
            refuse(message("this is no {format} file.", format=FORMAT), "format")
        return cls(
            slots=tuple(_slot(item) for item in fields["slots"].items()),
            tables=fields["tables"].texts(),
            limits=_limits(fields["limits"]),
            weights=_weights(fields["weights"]),
            leaders=tuple(_leader(item) for item in fields["leaders"].items()),
            requests=tuple(_request(item) for item in fields["requests"].items()),
            excluded=tuple(item.pair() for item in fields["excluded"].items()),
            fixed=tuple(_fixed(item) for item in fields["fixed"].items()),
            idle=_idle(fields["idle"]) if "idle" in fields else "slots",
        )

    def to_json(self) -> str:
        """Write ``rencontres-problem/1``: the canonical text, whose UTF-8 bytes are hashed."""
        limits, weights = self.limits, self.weights
        return canonical(
            {
                "format": FORMAT,
                "slots": [
                    {"id": s.id, "start": s.start.isoformat(), "minutes": s.minutes, "session": s.session}
                    for s in self.slots
                ],
                "tables": list(self.tables),
                "limits": {"min_meetings": limits.min_meetings, "max_meetings": limits.max_meetings},
                "weights": {
                    "rank_first": weights.rank_first,
                    "rank_step": weights.rank_step,
                    "rank_floor": weights.rank_floor,
                    "mutual": weights.mutual,
                    "gain": list(weights.gain),
                },
                "leaders": [_leader_record(leader) for leader in self.leaders],
                "requests": [_request_record(request) for request in self.requests],
                "excluded": [list(pair) for pair in self.excluded],
                "fixed": [{"pair": list(f.pair), "slot": f.slot, "table": f.table} for f in self.fixed],
                # Left out where it says nothing new: problems written before there was a choice keep their hash.
                **({} if self.idle == "slots" else {"idle": self.idle}),
            }
        )

    @cached_property
    def sha256(self) -> str:
        """The hash of the canonical bytes."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()


def _slot(node: Node) -> Slot:
    fields = node.record(("id", "start", "minutes", "session"))
    start, minutes, session = fields["start"].instant(), fields["minutes"].whole(), fields["session"].whole()
    return Slot(fields["id"].text(), start, minutes, session)


def _idle(node: Node) -> Idle:
    word = node.text()
    if word not in get_args(Idle):
        refuse(message("{name} is not known.", name=word), node.place)
    return cast("Idle", word)


def _limits(node: Node) -> Limits:
    fields = node.record(("min_meetings", "max_meetings"))
    return Limits(fields["min_meetings"].whole(), fields["max_meetings"].whole())


def _weights(node: Node) -> Weights:
    fields = node.record(("rank_first", "rank_step", "rank_floor", "mutual", "gain"))
    first, step, floor = (fields[key].whole() for key in ("rank_first", "rank_step", "rank_floor"))
    return Weights(first, step, floor, fields["mutual"].whole(), tuple(item.whole() for item in fields["gain"].items()))


def _leader(node: Node) -> Leader:
    fields = node.record(("id", "company"), ("unavailable", "max_meetings", "table"))
    own = {key: value for key, value in fields.items() if value.value is not None}
    return Leader(
        id=fields["id"].text(),
        company=fields["company"].text(),
        unavailable=frozenset(own["unavailable"].texts()) if "unavailable" in own else frozenset(),
        max_meetings=own["max_meetings"].whole() if "max_meetings" in own else None,
        table=own["table"].text() if "table" in own else None,
    )


def _leader_record(leader: Leader) -> dict[str, object]:
    record: dict[str, object] = {"id": leader.id, "company": leader.company}
    if leader.unavailable:
        record["unavailable"] = sorted(leader.unavailable)
    if leader.max_meetings is not None:
        record["max_meetings"] = leader.max_meetings
    if leader.table is not None:
        record["table"] = leader.table
    return record


def _request(node: Node) -> Request:
    fields = node.record(("from", "to", "rank"), ("suggested",))
    is_suggested = fields["suggested"].flag() if "suggested" in fields else False
    return Request(fields["from"].text(), fields["to"].text(), fields["rank"].whole(), is_suggested)


def _request_record(request: Request) -> dict[str, object]:
    record: dict[str, object] = {"from": request.asking, "to": request.asked, "rank": request.rank}
    return record | {"suggested": True} if request.is_suggested else record


def _fixed(node: Node) -> Fixed:
    fields = node.record(("pair", "slot"), ("table",))
    table = fields["table"].text() if "table" in fields and fields["table"].value is not None else None
    return Fixed(fields["pair"].pair(), fields["slot"].text(), table)
