"""A linear program over the unit box, and the bound that any multipliers of its rows prove."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from tasks.schedule.kempe import Reals


@dataclass
class Relaxation:
    """Maximise ``gain`` x where each row, a sum of +x and -x, is at most its ``upper``; every x lies in 0..1."""

    gain: list[int] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    row: list[int] = field(default_factory=list)
    column: list[int] = field(default_factory=list)
    sign: list[int] = field(default_factory=list)

    def add_column(self, gain: int) -> int:
        """Add a column and return its number."""
        self.gain.append(gain)
        return len(self.gain) - 1

    def at_most(self, upper: int, plus: Sequence[int], minus: Sequence[int] = ()) -> None:
        """Add a row, unless it holds by itself."""
        if len(plus) > upper:
            self.row += [len(self.upper)] * (len(plus) + len(minus))
            self.column += [*plus, *minus]
            self.sign += [1] * len(plus) + [-1] * len(minus)
            self.upper.append(upper)

    def covering(self, sums: Sequence[Sequence[int]]) -> list[int]:
        """Return columns whose sum is at least each of the sums, which are at most 1 each."""
        if len(sums) <= 1:
            return [column for columns in sums for column in columns]
        cover = self.add_column(0)
        for columns in sums:
            self.at_most(0, columns, [cover])
        return [cover]

    def most(self, multipliers: Reals) -> float:
        """Return what no solution exceeds, by any multipliers from 0, one a row (weak duality)."""
        left = np.array(self.gain, np.float64)
        np.subtract.at(left, self.column, np.array(self.sign) * multipliers[self.row])
        return float(multipliers @ np.array(self.upper) + np.maximum(left, 0.0).sum())
