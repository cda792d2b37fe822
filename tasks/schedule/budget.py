"""How much work a solve may do. Work (moves, nodes, deterministic time) decides; the clock is only a ceiling."""

import time
from dataclasses import dataclass, field
from typing import Final

from tasks.settings import Effort

_PAIRS: Final = 66
_LEADERS: Final = 180
# However large an event is, an eighteenth of the rounds is what annealing needs to come within 5 % of the bound.
_FLOOR: Final = 1 / 18
_FEWEST: Final = 20


@dataclass(frozen=True, slots=True)
class Rounds:
    """How many rounds the first gap search takes, and the second, where the first ends far above the bound."""

    first: int
    longer: int


@dataclass(frozen=True, slots=True)
class Work:
    """What one effort means.

    ``gap_sweeps`` are rounds over the 66 pairs of twelve slots of up to 180 leaders, ``patience`` how many times as
    many again where these end far above the bound, ``table_moves`` proposals per meeting, ``exact_units`` CP-SAT's
    deterministic seconds per objective where not everything finds a slot, ``nodes`` branch-and-bound nodes of a bound;
    ``cuts`` choices made again because one cannot be placed, ``neighbourhoods`` searched where none can.
    """

    gap_sweeps: int
    patience: int
    table_moves: int
    exact_units: float
    nodes: int
    cuts: int = 12
    neighbourhoods: int = 60

    def rounds_for(self, leaders: int, slots: int) -> Rounds:
        """Return the rounds for an event: each takes longer in a larger one, which needs fewer of them."""
        share = min(1.0, _LEADERS / max(1, leaders))
        first = round(self.gap_sweeps * min(1, _PAIRS / max(1, slots * (slots - 1) // 2)) * max(_FLOOR, share))
        longer = round(first * self.patience * share)
        return Rounds(max(_FEWEST, first), longer if longer > first else 0)


EFFORTS: Final[dict[Effort, Work]] = {
    "quick": Work(gap_sweeps=600, patience=0, table_moves=800, exact_units=1, nodes=1, cuts=4, neighbourhoods=15),
    "normal": Work(gap_sweeps=6000, patience=4, table_moves=6000, exact_units=4, nodes=100),
    "thorough": Work(
        gap_sweeps=18000, patience=8, table_moves=30000, exact_units=40, nodes=1000, cuts=40, neighbourhoods=300
    ),
}


@dataclass
class Stopwatch:
    """Measures the stages and says when the ceiling is reached."""

    limit_seconds: float
    seconds: dict[str, float] = field(default_factory=dict)
    was_cut: bool = False

    def __post_init__(self) -> None:
        self._started = self._lap = self._spoke = time.monotonic()

    def lap(self, stage: str) -> None:
        """Note what has passed since the last lap under ``stage``."""
        now = time.monotonic()
        self.seconds[stage] = round(self.seconds.get(stage, 0) + now - self._lap, 3)
        self._lap = now

    @property
    def left_seconds(self) -> float:
        """What remains of the ceiling, at least a tenth of a second: solvers refuse zero."""
        return max(0.1, self.limit_seconds - (time.monotonic() - self._started))

    def is_over(self) -> bool:
        """Say whether the ceiling is reached, and remember that it cut something short."""
        over = time.monotonic() - self._started > self.limit_seconds
        self.was_cut = self.was_cut or over
        return over

    def is_time_to_speak(self) -> bool:
        """Say whether a second has passed since this last said so, or since the start of the stage."""
        now = time.monotonic()
        is_due = now - max(self._spoke, self._lap) > 1
        self._spoke = now if is_due else self._spoke
        return is_due


@dataclass(frozen=True, slots=True)
class Search:
    """How CP-SAT searches: seed, deterministic seconds per objective, ceiling."""

    seed: int
    units: float
    watch: Stopwatch
