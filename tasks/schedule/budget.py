"""How much work a solve may do. Work (moves, nodes, deterministic time) decides; the clock is only a ceiling."""

import math
import time
from dataclasses import dataclass, field
from typing import Final

from tasks.settings import Effort

_PAIRS: Final = 66
_LEADERS: Final = 360


@dataclass(frozen=True, slots=True)
class Work:
    """What one effort means.

    ``gap_sweeps`` are rounds over the 66 pairs of twelve slots of up to 360 leaders, ``table_moves`` proposals per
    meeting, ``exact_units`` CP-SAT's deterministic seconds per objective where not everything finds a slot, ``nodes``
    branch-and-bound nodes of a bound.
    """

    gap_sweeps: int
    table_moves: int
    exact_units: float
    nodes: int

    def sweeps_for(self, leaders: int, slots: int) -> int:
        """Return the sweeps for an event: larger ones get more work in all, but fewer rounds."""
        pairs = max(1, slots * (slots - 1) // 2)
        return max(20, round(self.gap_sweeps * min(1, _PAIRS / pairs) * min(1, math.sqrt(_LEADERS / max(1, leaders)))))


EFFORTS: Final[dict[Effort, Work]] = {
    "quick": Work(gap_sweeps=600, table_moves=200, exact_units=1, nodes=1),
    "normal": Work(gap_sweeps=4000, table_moves=800, exact_units=4, nodes=100),
    "thorough": Work(gap_sweeps=30000, table_moves=4000, exact_units=40, nodes=1000),
}


@dataclass
class Stopwatch:
    """Measures the stages and says when the ceiling is reached."""

    limit_seconds: float
    seconds: dict[str, float] = field(default_factory=dict)
    was_cut: bool = False

    def __post_init__(self) -> None:
        self._started = self._lap = time.monotonic()

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
