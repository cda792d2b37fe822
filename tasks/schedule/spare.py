"""Which meetings may take each other's place without a change of value: what is not chosen, but as good."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tasks.schedule.candidates import Arena
from tasks.schedule.trades import Deals


@dataclass(frozen=True)
class Market:
    """A choice (positions of candidates) and what its meetings, and those left out, would fetch."""

    arena: Arena
    chosen: tuple[int, ...]

    @cached_property
    def spare(self) -> tuple[int, ...]:
        """The candidates left out that some chosen one could make way for."""
        return tuple(sorted({coming for _, coming in self._trades}))

    def deals(self, positions: tuple[int, ...]) -> Deals:
        """Return the arrays for a board that holds these candidates, in this order."""
        candidates = [self.arena.candidates[position] for position in positions]
        leaders = range(len(self.arena.available))
        gain = list(self.arena.problem.weights.gain)
        involved = {position for trade in self._trades for position in trade}
        return Deals(
            tradable=_ints(at for at, position in enumerate(positions) if position in involved),
            worth=_ints(candidate.weight for candidate in candidates),
            askers=_ints(asker for c in candidates for asker in (*c.askers, -1, -1)[:2]).reshape(-1, 2),
            gain=_ints([*gain, *[0] * (self.arena.slot_count + 1)]),
            own=_ints(self._own[leader] for leader in leaders),
            degree=_ints(self._degree[leader] for leader in leaders),
            target=_ints(self.arena.targets),
            cap=_ints(self.arena.caps),
        )

    @cached_property
    def _degree(self) -> Counter[int]:
        return Counter(leader for position in self.chosen for leader in self._leaders(position))

    @cached_property
    def _own(self) -> Counter[int]:
        return Counter(asker for position in self.chosen for asker in self.arena.candidates[position].askers)

    @cached_property
    def _trades(self) -> frozenset[tuple[int, int]]:
        """Pairs (going, coming) of equal points, as far as gains that both change do not matter."""
        going, by_leader = defaultdict(list), defaultdict(list)
        for position in self.chosen:
            if not self.arena.candidates[position].is_fixed:
                going[self._points(position, -1)].append(position)
                for leader in self._leaders(position):
                    by_leader[leader].append(position)
        left_out = sorted(set(range(len(self.arena.candidates))) - set(self.chosen))
        return frozenset(
            (position, coming)
            for coming in left_out
            for position in self._rivals(coming, going, by_leader)
            if self._points(position, -1) == self._points(coming, 0)
        )

    def _rivals(self, coming: int, going: dict[int, list[int]], by_leader: dict[int, list[int]]) -> Iterator[int]:
        """Yield who could make way: anybody as good, or where a leader has no room one of that leader's meetings."""
        full = [leader for leader in self._leaders(coming) if self._degree[leader] >= self.arena.caps[leader]]
        if full:
            yield from by_leader[full[0]]
        else:
            yield from going.get(self._points(coming, 0), [])

    def _points(self, position: int, more: int) -> int:
        """Return what a meeting brings as the last of its askers' (``more`` -1), or as one more (0)."""
        gain = self.arena.problem.weights.gain
        counts = (self._own[asker] + more for asker in self.arena.candidates[position].askers)
        return self.arena.candidates[position].weight + sum(gain[count] for count in counts if count < len(gain))

    def _leaders(self, position: int) -> tuple[int, int]:
        candidate = self.arena.candidates[position]
        return candidate.one, candidate.other


def _ints(numbers: Iterable[int]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.array(list(numbers), np.int64)
