"""Never leave a place empty that someone asked for: add what still fits as it stands, the dearest first.

Only needed where the choice could not be placed or proven; on a proven optimum it adds nothing.
"""

from collections import Counter, defaultdict

from tasks.schedule.candidates import Arena
from tasks.schedule.figures import shortfall_of, value_of


def complete(arena: Arena, slots: dict[int, int]) -> dict[int, int]:
    """Return the slots with every candidate added that fits a free slot and table and is worth something."""
    full = _Occupancy(arena)
    for position, slot in slots.items():
        full.take(position, slot)
    filled = dict(slots)
    by_weight = sorted(
        range(len(arena.candidates)), key=lambda position: (-arena.candidates[position].weight, position)
    )
    for position in by_weight:
        if position in filled or not (room := full.slots_for(position)):
            continue
        with_it = [*filled, position]
        if value_of(arena, with_it) > value_of(arena, filled) or shortfall_of(arena, with_it) < shortfall_of(
            arena, filled
        ):
            filled[position] = room[0]
            full.take(position, room[0])
    return filled


class _Occupancy:
    """Who and which table is taken in which slot."""

    def __init__(self, arena: Arena) -> None:
        self._arena = arena
        self._degree = Counter[int]()
        self._busy: dict[tuple[str, int], int] = defaultdict(int)
        self._load = Counter[int]()

    def _places(self, position: int) -> list[tuple[str, int]]:
        candidate = self._arena.candidates[position]
        places = [("leader", candidate.one), ("leader", candidate.other)]
        return places if candidate.table < 0 else [*places, ("table", candidate.table)]

    def take(self, position: int, slot: int) -> None:
        for place in self._places(position):
            self._busy[place] |= 1 << slot
        candidate = self._arena.candidates[position]
        self._degree.update((candidate.one, candidate.other))
        self._load[slot] += 1

    def slots_for(self, position: int) -> list[int]:
        """Return the slots in which a candidate fits as it stands, the least loaded first."""
        candidate = self._arena.candidates[position]
        if any(self._degree[leader] >= self._arena.caps[leader] for leader in (candidate.one, candidate.other)):
            return []
        mask = candidate.slots
        for place in self._places(position):
            mask &= ~self._busy[place]
        tables = len(self._arena.problem.tables)
        free = [at for at in range(self._arena.slot_count) if mask >> at & 1 and self._load[at] < tables]
        return sorted(free, key=lambda at: (self._load[at], at))
