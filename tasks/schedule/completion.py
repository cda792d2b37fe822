"""Never leave a place empty that someone asked for: add what still fits as it stands, the dearest first.

Only needed where the choice could not be placed or proven; on a proven optimum it adds nothing.
"""

from collections import Counter, defaultdict

from tasks.schedule.candidates import Arena


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
        if position not in filled and full.is_worth_it(position) and (room := full.slots_for(position)):
            filled[position] = room[0]
            full.take(position, room[0])
    return filled


class _Occupancy:
    """Who and which table is taken in which slot."""

    def __init__(self, arena: Arena) -> None:
        self._arena = arena
        self._degree = Counter[int]()
        self._fulfilled = Counter[int]()
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
        self._fulfilled.update(candidate.askers)
        self._load[slot] += 1

    def is_worth_it(self, position: int) -> bool:
        """Say whether a candidate adds value, or somebody lacks a meeting that it gives."""
        candidate, gain = self._arena.candidates[position], self._arena.problem.weights.gain
        gains = any(sum(gain[self._fulfilled[asker] :][:1]) for asker in candidate.askers)
        lacks = (self._degree[who] < self._arena.targets[who] for who in (candidate.one, candidate.other))
        return candidate.weight > 0 or gains or any(lacks)

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
