"""A plan: who meets whom, when and where, what it is worth, and why a request was not met.

The JSON form is ``rencontres-plan/1`` of the contract. ``seconds`` is the only part that two runs do not share.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Final, Literal, TypeAlias, cast, get_args

from tasks.messages import message
from tasks.schedule.interchange import Node, canonical, read_object, refuse
from tasks.schedule.problem import Pair, pair_of

FORMAT: Final = "rencontres-plan/1"

Status: TypeAlias = Literal["optimal", "feasible", "infeasible"]
# What may cut a search short before its work is done.
Stop: TypeAlias = Literal["time"]
Reason: TypeAlias = Literal[
    "own_full",
    "partner_full",
    "no_common_slot",
    "excluded",
    "same_company",
    "no_table",
    "unknown_partner",
    "withdrawn",
    "lower_value",
]


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two leaders at a slot and a table."""

    pair: Pair
    slot: str
    table: str


@dataclass(frozen=True, slots=True)
class Objective:
    """What a plan reaches, in the order of the contract."""

    shortfall: int = 0
    value: int = 0
    gaps: int = 0
    breaks: int = 0
    table_changes: int = 0


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is proven: no plan has less ``shortfall``; none with no more shortfall than this one has more ``value``.

    ``gaps`` holds for the chosen meetings, ``table_changes`` for the chosen slots.
    """

    shortfall: int = 0
    value: int = 0
    gaps: int = 0
    table_changes: int = 0


@dataclass(frozen=True, slots=True)
class Unmet:
    """A request that the plan does not fulfil, and the one reason."""

    asking: str
    asked: str
    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """The smallest set found of things that cannot hold together."""

    rule: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """The answer to a problem, in canonical order."""

    problem_sha256: str
    status: Status
    meetings: tuple[Meeting, ...]
    objective: Objective
    bounds: Bounds
    unmet: tuple[Unmet, ...]
    seed: int
    solver: str
    seconds: dict[str, float] = field(default_factory=dict, compare=False)
    stopped_by: Stop | None = None
    conflict: Conflict | None = None

    def __post_init__(self) -> None:
        meetings = (replace(meeting, pair=pair_of(*meeting.pair)) for meeting in self.meetings)
        object.__setattr__(self, "meetings", tuple(sorted(meetings, key=lambda m: (m.pair, m.slot, m.table))))
        object.__setattr__(self, "unmet", tuple(sorted(self.unmet, key=lambda u: (u.asking, u.asked))))

    @cached_property
    def meeting_by_pair(self) -> dict[Pair, Meeting]:
        """The meetings by their pair."""
        return {meeting.pair: meeting for meeting in self.meetings}

    def without(self, pairs: Iterable[Pair]) -> tuple[Pair, ...]:
        """Return those of some pairs that do not meet."""
        return tuple(pair for pair in pairs if pair_of(*pair) not in self.meeting_by_pair)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Plan":
        """Read ``rencontres-plan/1``. Raises DataError naming the place of the first fault."""
        needed = ("format", "problem_sha256", "status", "meetings", "objective", "bounds", "unmet", "seed", "solver")
        fields = read_object(text).record(needed, ("seconds", "stopped_by", "conflict"))
        if fields["format"].text() != FORMAT:
            refuse(message("this is no {format} file.", format=FORMAT), "format")
        seconds = fields["seconds"].free_record() if "seconds" in fields else {}
        return cls(
            problem_sha256=fields["problem_sha256"].text(),
            status=cast("Status", _one_of(fields["status"], get_args(Status))),
            meetings=tuple(_meeting(item) for item in fields["meetings"].items()),
            objective=Objective(**_numbers(fields["objective"], Objective.__slots__)),
            bounds=Bounds(**_numbers(fields["bounds"], Bounds.__slots__)),
            unmet=tuple(_unmet(item) for item in fields["unmet"].items()),
            seed=fields["seed"].count(),
            solver=fields["solver"].text(),
            seconds={stage: node.seconds() for stage, node in seconds.items()},
            stopped_by=cast("Stop", _one_of(fields["stopped_by"], get_args(Stop))) if "stopped_by" in fields else None,
            conflict=_conflict(fields["conflict"]) if "conflict" in fields else None,
        )

    def _record(self) -> dict[str, object]:
        record: dict[str, object] = {
            "format": FORMAT,
            "problem_sha256": self.problem_sha256,
            "status": self.status,
            "meetings": [{"pair": list(m.pair), "slot": m.slot, "table": m.table} for m in self.meetings],
            "objective": asdict(self.objective),
            "bounds": asdict(self.bounds),
            "unmet": [{"from": u.asking, "to": u.asked, "reason": u.reason, "detail": u.detail} for u in self.unmet],
            "seed": self.seed,
            "solver": self.solver,
        }
        if self.stopped_by is not None:
            record["stopped_by"] = self.stopped_by
        if self.conflict is not None:
            record["conflict"] = {"rule": self.conflict.rule, "items": list(self.conflict.items)}
        return record

    def identity(self) -> str:
        """Return the canonical text without ``seconds``: the same for every run with the same input."""
        return canonical(self._record())

    def to_json(self) -> str:
        """Write ``rencontres-plan/1``."""
        return canonical(self._record() | {"seconds": self.seconds})

    def summary(self) -> dict[str, object]:
        """Return the figures that a machine asks for first."""
        named = ("status", "seed", "solver", "stopped_by", "problem_sha256")
        return {
            **{name: getattr(self, name) for name in named},
            "meetings": len(self.meetings),
            "objective": asdict(self.objective),
            "bounds": asdict(self.bounds),
            "unmet": dict(sorted(Counter(item.reason for item in self.unmet).items())),
            "seconds": self.seconds,
        }


def _one_of(node: Node, words: tuple[str, ...]) -> str:
    word = node.text()
    if word not in words:
        refuse(message("{name} is not known.", name=word), node.place)
    return word


def _numbers(node: Node, names: tuple[str, ...]) -> dict[str, int]:
    return {name: item.whole() for name, item in node.record(names).items()}


def _meeting(node: Node) -> Meeting:
    fields = node.record(("pair", "slot", "table"))
    return Meeting(fields["pair"].pair(), fields["slot"].text(), fields["table"].text())


def _unmet(node: Node) -> Unmet:
    fields = node.record(("from", "to", "reason", "detail"))
    reason = cast("Reason", _one_of(fields["reason"], get_args(Reason)))
    return Unmet(fields["from"].text(), fields["to"].text(), reason, fields["detail"].text())


def _conflict(node: Node) -> Conflict:
    fields = node.record(("rule", "items"))
    return Conflict(fields["rule"].text(), fields["items"].texts())
